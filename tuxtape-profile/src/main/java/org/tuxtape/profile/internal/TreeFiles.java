package org.tuxtape.profile.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Reads the files that a tree has at fixed places. */
record TreeFiles(Path root) {
    private static final int LARGEST = 64 << 20;

    /**
     * Reads a file.
     *
     * @return its bytes, or empty if there is no such file
     * @throws ProfileException if there is one that cannot be read, or that is larger than 64 MiB
     */
    Optional<byte[]> bytes(String path) {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Faults.of(file, Fault.LIMIT_EXCEEDED, "is larger than " + (LARGEST >> 20) + " MiB");
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw Faults.of(file, e);
        }
    }

    /** Reads a file, as {@link #bytes} does; what is no UTF-8 becomes the replacement character. */
    Optional<String> text(String path) {
        return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }
}
