package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLine;
import org.tuxtape.core.kernel.KernelVersion;

/** The files of an {@link OverlayFixSource}. */
final class OverlayDirectory {
    private static final int MOST_ENTRIES = 1000;
    private static final Pattern AUTHOR = Pattern.compile("^(?:From|Author):[ \\t]*(\\S.{0,500})$", Pattern.MULTILINE);

    private final Path directory;
    private final Task task;

    OverlayDirectory(Path directory, Task task) {
        this.directory = directory;
        this.task = task;
    }

    /** Returns the entry that serves a kernel best. */
    Optional<AdaptedFix> find(CveId cve, KernelVersion kernel) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        Path entries = directory.resolve(cve.toString());
        if (!Files.isDirectory(entries, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Optional<KernelVersion> branch = branches(entries).stream()
                .map(version -> new FixLine(version, false, List.of()))
                .filter(line -> line.serves(kernel))
                .min(FixLine.nearestTo(kernel))
                .map(FixLine::branch);
        return branch.isEmpty() ? Optional.empty() : Optional.of(read(entries, branch.get()));
    }

    private static List<KernelVersion> branches(Path entries) throws IOException {
        List<KernelVersion> branches = new ArrayList<>();
        for (Path entry : list(entries)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                KernelVersion.tryParse(String.valueOf(entry.getFileName()))
                        .filter(version -> version.equals(version.branch()))
                        .ifPresent(branches::add);
            }
        }
        return branches;
    }

    private static List<Path> list(Path entries) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(entries)) {
            for (Path entry : stream) {
                found.add(entry);
                if (found.size() > MOST_ENTRIES) {
                    throw new LimitException("has more than " + MOST_ENTRIES + " files in " + entries);
                }
            }
        }
        return found.stream().sorted().toList();
    }

    private AdaptedFix read(Path entries, KernelVersion branch) throws IOException {
        List<FixCommit> commits = new ArrayList<>();
        Set<String> authors = new LinkedHashSet<>();
        for (Path file : list(entries.resolve(branch.toString()))) {
            String name = String.valueOf(file.getFileName());
            boolean patch = name.endsWith(".patch") || name.endsWith(".diff");
            if (patch && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Diff diff = diff(file);
                authors.add(author(diff, file));
                commits.add(PatchText.fixCommit(Optional.empty(), diff));
                task.advance();
            }
        }
        if (commits.isEmpty()) {
            throw new UnusableCommitException("has no patch for " + branch);
        }
        return new AdaptedFix(branch, String.join(", ", authors), commits);
    }

    private static Diff diff(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return PatchText.parse(in.readNBytes(Diff.LONGEST + 1), Diff.LONGEST);
        } catch (UnusableCommitException e) {
            UnusableCommitException named =
                    new UnusableCommitException("has a patch " + file + " that " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static String author(Diff diff, Path file) throws IOException {
        Matcher author = AUTHOR.matcher(diff.header());
        if (!author.find()) {
            throw new UnusableCommitException("has a patch " + file + " that names no author in a line From:");
        }
        return PatchText.readable(author.group(1).strip());
    }
}
