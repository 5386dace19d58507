package org.tuxtape.core.triage;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One reason of a {@link Priority}.
 *
 * @param factor a short stable name of what was looked at, for example {@code cvss}
 * @param points what it adds to the score, in points of the final score; empty if it adds none
 * @param text one sentence
 * @since 0.1
 */
public record Reason(String factor, OptionalDouble points, String text) {

    /** Rejects {@code null}. */
    public Reason {
        Objects.requireNonNull(factor, "factor");
        Objects.requireNonNull(points, "points");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Returns a reason that adds to the score.
     *
     * @param factor what was looked at
     * @param points what it adds
     * @param text one sentence
     * @return the reason
     */
    public static Reason of(String factor, double points, String text) {
        return new Reason(factor, OptionalDouble.of(points), text);
    }

    /**
     * Returns a reason that adds nothing.
     *
     * @param factor what was looked at
     * @param text one sentence
     * @return the reason
     */
    public static Reason of(String factor, String text) {
        return new Reason(factor, OptionalDouble.empty(), text);
    }

    Reason scaled(double share) {
        return points.isPresent() ? of(factor, points.getAsDouble() * share, text) : this;
    }
}
