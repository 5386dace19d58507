package org.tuxtape.profile.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.core.profile.ProfileException;

/** Reads the files that a tree has at fixed places. */
interface TreeFiles {
    /** How large one of them may be, in bytes. */
    int LARGEST = 64 << 20;

    /** Returns the files of a directory. */
    static TreeFiles in(Path directory) {
        return new DirectoryFiles(directory);
    }

    /** Tells where the tree lies. */
    Path place();

    /**
     * Reads a file.
     *
     * @return its bytes, or empty if there is no such file
     * @throws ProfileException if there is one that cannot be read, or that is larger than 64 MiB
     */
    Optional<byte[]> bytes(String path);

    /** Reads a file, as {@link #bytes} does; what is no UTF-8 becomes the replacement character. */
    default Optional<String> text(String path) {
        return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Tells whether there is a file or a directory at this place. */
    boolean exists(String path);
}
