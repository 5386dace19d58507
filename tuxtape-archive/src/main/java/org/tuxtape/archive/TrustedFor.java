package org.tuxtape.archive;

import java.time.Duration;

/**
 * For how long after its expiry a bundle may still be used on a node without a network, since nothing newer can reach it.
 * It is never silent: the view says that it {@linkplain ArchiveView#standing() stands by this grace alone}, and so does the
 * log.
 *
 * @param afterExpiry how long, from zero to ten years
 * @since 0.1
 */
public record TrustedFor(Duration afterExpiry) {
    private static final Duration LONGEST = Duration.ofDays(3660);

    /** Rejects what is below zero or above ten years. */
    public TrustedFor {
        if (afterExpiry.isNegative() || afterExpiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Not for how long something may be trusted: " + afterExpiry + ".");
        }
    }

    /**
     * Returns no grace: what has expired has expired.
     *
     * @return zero
     */
    public static TrustedFor nothingMore() {
        return new TrustedFor(Duration.ZERO);
    }
}
