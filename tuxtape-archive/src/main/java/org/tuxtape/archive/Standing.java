package org.tuxtape.archive;

import java.time.Instant;
import java.util.Objects;

/**
 * Why a view may be trusted at its time. Later major versions may add reasons.
 *
 * @since 0.1
 */
public sealed interface Standing {

    /**
     * Nothing has expired.
     *
     * @param until when the first of its metadata will
     */
    record Fresh(Instant until) implements Standing {
        /** Rejects {@code null}. */
        public Fresh {
            Objects.requireNonNull(until, "until");
        }
    }

    /**
     * It has expired, and the caller allowed that, see {@link TrustedFor}.
     *
     * @param expired when the first of its metadata did
     * @param until when the grace ends
     */
    record ByGrace(Instant expired, Instant until) implements Standing {
        /** Rejects {@code null}. */
        public ByGrace {
            Objects.requireNonNull(expired, "expired");
            Objects.requireNonNull(until, "until");
        }
    }
}
