package org.tuxtape.archive.rollout;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a patch has come.
 *
 * @param patch the patch
 * @param ring the name of the ring that it has reached; the earlier ones have it too
 * @param since when it reached that ring
 * @param started when it was first promoted to any ring, not after {@code since}
 * @param by who or what promoted it, one line
 * @param why the reason, one line
 * @since 0.1
 */
public record Promotion(PatchRef patch, String ring, Instant since, Instant started, String by, String why) {

    /** Makes one line of what people say, and rejects a promotion that came before it began. */
    public Promotion {
        Objects.requireNonNull(patch, "patch");
        Objects.requireNonNull(ring, "ring");
        Times.require(since);
        Times.require(started);
        if (started.isAfter(since)) {
            throw new IllegalArgumentException(patch + " reached " + ring + " before it was promoted at all.");
        }
        by = Line.required(by, "who promoted " + patch);
        why = Line.required(why, "why " + patch + " was promoted");
    }
}
