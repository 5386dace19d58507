package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.feeds.internal.record.Content;

/** A tree that lies unpacked in a directory. Links in it are not followed. */
final class DirectoryStore implements Store {
    private final Path root;
    private final Limits limits;
    private final Faults faults;
    private final CancellationToken cancellation;

    DirectoryStore(Path root, Limits limits, Faults faults, CancellationToken cancellation) {
        this.root = root;
        this.limits = limits;
        this.faults = faults;
        this.cancellation = cancellation;
    }

    @Override
    public List<Listed> list() {
        List<Listed> records = new ArrayList<>();
        try {
            Path start = root.toRealPath();
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    cancellation.throwIfCancelled();
                    boolean hidden = !directory.equals(start) && name(directory).startsWith(".");
                    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    cancellation.throwIfCancelled();
                    if (attributes.isRegularFile() && name(file).endsWith(RecordPath.JSON)) {
                        RecordPath.tryParse(text(start.relativize(file)))
                                .ifPresent(path -> records.add(new Listed(path, attributes.size())));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw faults.storage(e);
        }
        return records;
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String text(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    @Override
    public Optional<Content> read(String path) {
        cancellation.throwIfCancelled();
        Path file = root.resolve(path);
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(limits.read(in));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw faults.storage(e);
        }
    }

    @Override
    public void close() {
        // nothing stays open between two files
    }
}
