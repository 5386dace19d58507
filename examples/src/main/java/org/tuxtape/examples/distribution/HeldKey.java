package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tuxtape.archive.trust.ArchiveKey;
import org.tuxtape.archive.trust.KeyFile;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.examples.Unusable;

/** A key in a file: the private one, or only its public half. */
record HeldKey(ArchiveKey key, Optional<Signer> signer) {
    private static final int MOST_BYTES = 16 << 10;

    static List<HeldKey> read(List<Path> files) {
        return files.stream().map(HeldKey::read).toList();
    }

    static List<Signer> signers(List<HeldKey> keys) {
        return keys.stream().flatMap(key -> key.signer().stream()).toList();
    }

    private static HeldKey read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
            if (!text.contains("PRIVATE KEY")) {
                return new HeldKey(ArchiveKey.parse(text), Optional.empty());
            }
        } catch (IOException e) {
            throw new Unusable("The key " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw new Unusable(file + " holds no key: " + e.getMessage(), e);
        }
        KeyFile held = KeyFile.read(file);
        return new HeldKey(held.key(), Optional.of(held));
    }
}
