package org.tuxtape.core.cve;

import java.util.Objects;

/**
 * Something in a message that was understood only in part. Nothing of it is dropped in silence: what was understood is
 * in the {@link Cve}, and the remark says what was not.
 *
 * @param reason one sentence
 * @param excerpt the line it is about
 * @since 0.1
 */
public record Remark(String reason, Excerpt excerpt) {

    /** Rejects {@code null}. */
    public Remark {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(excerpt, "excerpt");
    }
}
