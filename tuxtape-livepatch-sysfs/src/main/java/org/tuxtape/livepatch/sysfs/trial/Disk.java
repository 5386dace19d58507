package org.tuxtape.livepatch.sysfs.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The steps of which a change of the store is made, each of which may be the last one that a process does. */
interface Disk {
    Disk REAL = new Disk() {};

    /** Writes a file, new or anew, and has it on the device when it returns. */
    default void write(Path file, InputStream content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")))) {
            content.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /** Puts a file or directory in the place of another name at once. */
    default void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Has the names in a directory on the device when it returns. */
    default void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates a directory that only its owner may write. */
    default void createDirectory(Path directory) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    /** Deletes a file or an empty directory. */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
