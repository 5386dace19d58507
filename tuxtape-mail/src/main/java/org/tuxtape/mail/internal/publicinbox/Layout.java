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
        if (isRepository(path)) {
            return single(path, path);
        }
        if (isRepository(path.resolve(".git"))) {
            return single(path, path.resolve(".git"));
        }
        SortedMap<Integer, Path> epochs = new TreeMap<>();
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

    private static SortedMap<Integer, Path> single(Path named, Path repository) {
        SortedMap<Integer, Path> epochs = new TreeMap<>();
        epochs.put(number(named).orElse(0), repository);
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

    static boolean isRepository(Path path) {
        return Files.isDirectory(path.resolve("objects")) && Files.exists(path.resolve("HEAD"));
    }
}
