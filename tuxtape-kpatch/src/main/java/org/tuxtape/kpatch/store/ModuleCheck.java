package org.tuxtape.kpatch.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;

/** Compares a module with what its manifest says of it. What is wrong is said in one sentence. */
final class ModuleCheck {
    private ModuleCheck() {}

    /** Reads a module, which has to be a regular file: a pipe would never end, and a link may lead anywhere. */
    static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is missing, or no regular file");
        }
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = content.readNBytes(ModuleFile.LARGEST + 1);
            if (bytes.length > ModuleFile.LARGEST) {
                throw new IOException(file + " is larger than " + (ModuleFile.LARGEST >> 20) + " MiB");
            }
            return bytes;
        }
    }

    /** Compares the digest. */
    static Optional<String> otherDigest(byte[] module, Manifest manifest) {
        String found = Digests.of(module);
        return found.equals(manifest.sha256())
                ? Optional.empty()
                : Optional.of("The module has the SHA-256 " + found + ", not that of its manifest.");
    }

    /** Compares everything: the digest, and what the module says of itself. */
    static Optional<String> otherContent(byte[] module, Manifest manifest) {
        return otherDigest(module, manifest).or(() -> {
            try {
                return ModuleFile.parse(ByteBuffer.wrap(module)).contradiction(manifest);
            } catch (IllegalArgumentException e) {
                return Optional.of("The module cannot be read: " + e.getMessage());
            }
        });
    }
}
