package org.tuxtape.core.diff;

import java.util.Objects;

/**
 * The ids by which git knows the content of a file, often abbreviated; of zeros where there is no file.
 *
 * @param before of the content before the change, hexadecimal
 * @param after of the content after it
 * @since 0.1
 */
public record Blobs(String before, String after) {

    /** Rejects {@code null}. */
    public Blobs {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    Blobs reversed() {
        return new Blobs(after, before);
    }
}
