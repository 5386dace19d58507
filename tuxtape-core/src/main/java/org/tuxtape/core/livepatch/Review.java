package org.tuxtape.core.livepatch;

import java.time.Instant;
import java.util.Objects;
import org.tuxtape.core.internal.OneLine;

/**
 * What a person decided about a livepatch before it may be loaded or published. It is bound to the content of the module,
 * so that it says nothing about another build of the same fixes.
 *
 * @param decision whether it may go on
 * @param reviewer who answers for it, not blank
 * @param reason why, not blank
 * @param at when
 * @param sha256 digest of the {@code .ko}, 64 lower-case hexadecimal digits
 * @since 0.1
 */
public record Review(Decision decision, String reviewer, String reason, Instant at, String sha256) {

    /** Puts each text on one line, and rejects one that is blank and a digest that is none. */
    public Review {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(at, "at");
        reviewer = OneLine.of(reviewer).strip();
        reason = OneLine.of(reason).strip();
        if (reviewer.isEmpty() || reason.isEmpty()) {
            throw new IllegalArgumentException("A review names who decided and why.");
        }
        Manifest.requireDigest(sha256);
    }

    /** Whether a livepatch may go on. */
    public enum Decision {
        /** It may. */
        APPROVED,
        /** It may not. */
        DENIED
    }
}
