package org.tuxtape.kpatch.compose;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What composing a cumulative patch may cost.
 *
 * @param mostBuilds how often the builder may be called, at least 1; empty for 10 and 4 for each fix
 * @param depth what builds are spent on
 * @since 0.1
 */
public record CompositionPolicy(OptionalInt mostBuilds, Depth depth) {
    private static final int BUILDS = 10;
    private static final int BUILDS_PER_FIX = 4;

    /** What builds are spent on. */
    public enum Depth {
        /** To find what is in. */
        ISOLATE,
        /**
         * To find what is in; then with which of the others a fix that is left out conflicts; and, where the source is
         * given, whether a fix of which nothing is seen in the module changes anything at all.
         */
        EXPLAIN
    }

    /** Rejects a bound below 1. */
    public CompositionPolicy {
        Objects.requireNonNull(depth, "depth");
        if (mostBuilds.isPresent() && mostBuilds.getAsInt() < 1) {
            throw new IllegalArgumentException("Without a build nothing can be composed.");
        }
    }

    /**
     * Returns the policy of a caller with no wishes.
     *
     * @return the usual bound, and everything explained
     */
    public static CompositionPolicy standard() {
        return new CompositionPolicy(OptionalInt.empty(), Depth.EXPLAIN);
    }

    /**
     * Returns the bound for a number of fixes.
     *
     * @param fixes how many are to be composed
     * @return how often the builder may be called
     */
    public int mostBuilds(int fixes) {
        return mostBuilds.orElse(BUILDS + BUILDS_PER_FIX * fixes);
    }
}
