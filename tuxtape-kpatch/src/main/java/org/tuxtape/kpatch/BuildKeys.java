package org.tuxtape.kpatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.livepatch.BuildKey;

/** Makes a key of named parts. Each part has its length before it, so that no two lists of parts run into each other. */
final class BuildKeys {
    private final MessageDigest digest = Digests.sha256();

    BuildKeys with(String name, Object value) {
        add(name);
        add(value.toString());
        return this;
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    BuildKey key() {
        return new BuildKey(Digests.hex(digest));
    }
}
