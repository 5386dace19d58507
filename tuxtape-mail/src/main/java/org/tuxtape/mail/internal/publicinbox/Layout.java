package org.tuxtape.mail.internal.publicinbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.git.GitLayout;
import org.tuxtape.mail.internal.stream.StorageFaults;

/** Where the epochs of an archive lie. */
final class Layout {
    private static final Pattern EPOCH = Pattern.compile("(\\d{1,9})\\.git");

    private Layout() {}

    /** Finds the repositories by the numbers of their epochs: one that is given alone, or all of an archive. */
    static SortedMap<Integer, Path> epochs(SourceId id, Path path) {
        if (!Files.exists(path)) {
            throw new SourceException(id, Fault.MISSING, "There is no archive " + id + ".");
        }
        SortedMap<Integer, Path> epochs = new TreeMap<>();
        if (GitLayout.isRepository(path)) {
            epochs.put(number(path).orElse(0), path);
            return epochs;
        }
        try {
            for (Path directory : new Path[] {path.resolve("git"), path}) {
                if (epochs.isEmpty() && Files.isDirectory(directory)) {
                    collect(directory, epochs);
                }
            }
        } catch (IOException e) {
            throw StorageFaults.of(id, e);
        }
        if (epochs.isEmpty()) {
            String message = id + " is no archive of public-inbox: it holds no git/0.git, and is no repository itself.";
            throw new SourceException(id, Fault.WRONG_KIND, message);
        }
        return epochs;
    }

    private static void collect(Path directory, SortedMap<Integer, Path> epochs) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.git")) {
            for (Path file : files) {
                number(file).ifPresent(number -> epochs.put(number, file));
            }
        }
    }

    private static Optional<Integer> number(Path repository) {
        Path last = repository.getFileName();
        Matcher matcher = EPOCH.matcher(last == null ? "" : last.toString());
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }
}
