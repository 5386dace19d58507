package org.tuxtape.mail.internal.maildir;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tuxtape.core.CancellationToken;

/** The folder itself: {@code new} and {@code cur} below a directory. */
final class Folder {
    private static final List<String> PARTS = List.of("new", "cur");

    private final Path directory;
    private final CancellationToken cancellation;

    Folder(Path directory, CancellationToken cancellation) {
        this.directory = directory;
        this.cancellation = cancellation;
    }

    boolean isMaildir() {
        return PARTS.stream().allMatch(part -> Files.isDirectory(directory.resolve(part)));
    }

    /** Lists the mails in the order of their delivery. */
    List<Mail> mails() throws IOException {
        // A mail moves from new to cur: looking there last, it may be met twice, but not missed.
        Map<String, Mail> mails = new HashMap<>();
        for (String part : PARTS) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(part))) {
                for (Path file : files) {
                    cancellation.throwIfCancelled();
                    String name = file.getFileName().toString();
                    if (!name.startsWith(".")) {
                        mail(file, name)
                                .ifPresent(mail -> mails.put(mail.delivery().unique(), mail));
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        List<Mail> sorted = new ArrayList<>(mails.values());
        sorted.sort((a, b) -> a.delivery().compareTo(b.delivery()));
        return sorted;
    }

    /** Directories are no mails; anything else that is no file either is met again when it is read. */
    private static Optional<Mail> mail(Path file, String name) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return Optional.empty();
            }
            Delivery delivery = Delivery.of(name, attributes.lastModifiedTime().toInstant());
            return Optional.of(new Mail(delivery, file, changed(file, attributes)));
        } catch (NoSuchFileException e) {
            // It was renamed a moment ago, and is found under its new name, or it was taken away.
            return Optional.empty();
        }
    }

    /** Where a file system knows no time of renaming, the one of the last change of the content has to do. */
    private static long changed(Path file, BasicFileAttributes attributes) throws IOException {
        FileTime time;
        try {
            time = (FileTime) Files.getAttribute(file, "unix:ctime");
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            time = attributes.lastModifiedTime();
        }
        return time.to(TimeUnit.MICROSECONDS);
    }

    /** Looks for a mail that is no longer where it was: it may have been read or marked since. */
    Optional<Path> find(Delivery delivery) throws IOException {
        for (String part : PARTS) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(
                    directory.resolve(part),
                    file -> Delivery.unique(file.getFileName().toString()).equals(delivery.unique()))) {
                for (Path file : files) {
                    return Optional.of(file);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return Optional.empty();
    }
}
