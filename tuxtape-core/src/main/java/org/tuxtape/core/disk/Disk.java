package org.tuxtape.core.disk;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The steps of which a change on the disk is made, each of which may be the last one that a process does. An interrupt
 * breaks none of them off.
 */
public interface Disk {
    /** The real one. */
    Disk REAL = new Disk() {};

    /**
     * Writes a file, whatever stood there, and has it on the device when it returns. A link is replaced, not followed.
     *
     * @param file its directory must exist
     * @param content read to its end, not closed
     * @throws IOException if the content cannot be read or the file not be written; a part of it may stand there then
     */
    default void write(Path file, InputStream content) throws IOException {
        delete(file);
        Files.createFile(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            content.transferTo(out);
            out.getFD().sync();
        }
    }

    /**
     * Writes a text in the place of another one: at once and whole, or not at all.
     *
     * @param file need not exist; its directory must
     * @param text written in UTF-8
     * @throws IOException if it cannot be written; what stood there stands there then
     */
    default void replace(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        write(unfinished, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        rename(unfinished, file);
        sync(file.toAbsolutePath().getParent());
    }

    /**
     * Puts a file or directory in the place of another name at once.
     *
     * @param from what is moved
     * @param to where, on the same device; a file or an empty directory may stand there
     * @throws IOException if it cannot be moved; both are as they were then
     */
    default void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Has the names in a directory on the device when it returns.
     *
     * @param directory {@code null} is nothing to be done
     * @throws IOException if there is none, or the device fails
     */
    default void sync(@Nullable Path directory) throws IOException {
        boolean interrupted = false;
        while (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
                break;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Creates a directory, and those above it, where they are not there.
     *
     * @param directory may exist
     * @throws IOException if something else stands there, or it cannot be created
     */
    default void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    /**
     * Deletes a file or an empty directory; one that is not there is fine.
     *
     * @param file a link is deleted, not followed
     * @throws IOException if it cannot be deleted, or is a directory with something in it
     */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Deletes whatever stands at a path, with all that is below it; symbolic links are deleted, not followed.
     *
     * @param path need not exist
     * @throws IOException if something cannot be deleted; other things may be gone then
     */
    default void deleteAll(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
