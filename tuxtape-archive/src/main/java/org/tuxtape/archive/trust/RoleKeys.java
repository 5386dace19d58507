package org.tuxtape.archive.trust;

import java.util.HashSet;
import java.util.List;

/**
 * The keys of a role, and how many of them have to sign.
 *
 * @param keys 1 to 32 different keys
 * @param threshold at least 1, at most as many as there are keys
 * @since 0.1
 */
public record RoleKeys(List<ArchiveKey> keys, int threshold) {
    private static final int MOST = 32;

    /** Copies the list, and rejects a key that occurs twice and a threshold that could not be met. */
    public RoleKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MOST || new HashSet<>(keys).size() != keys.size()) {
            throw new IllegalArgumentException("A role has 1 to " + MOST + " different keys, not " + keys + ".");
        }
        if (threshold < 1 || threshold > keys.size()) {
            throw new IllegalArgumentException(
                    "Of " + keys.size() + " keys, " + threshold + " cannot be what has to sign.");
        }
    }

    /**
     * Returns a role of one key.
     *
     * @param key the key
     * @return the key, with the threshold 1
     */
    public static RoleKeys of(ArchiveKey key) {
        return new RoleKeys(List.of(key), 1);
    }
}
