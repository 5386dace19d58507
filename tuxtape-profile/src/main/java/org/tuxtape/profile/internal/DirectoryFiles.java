package org.tuxtape.profile.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.core.profile.ProfileException.Fault;

/** The files below a directory. */
record DirectoryFiles(Path place) implements TreeFiles {
    @Override
    public Optional<byte[]> bytes(String path) {
        Path file = place.resolve(path);
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

    @Override
    public boolean exists(String path) {
        return Files.exists(place.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }
}
