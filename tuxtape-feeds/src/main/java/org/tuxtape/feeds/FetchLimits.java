package org.tuxtape.feeds;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a {@link FeedFetcher} takes, and how long it goes on.
 *
 * @param largest the most bytes of a feed as it is sent, 1 or more
 * @param attempts how often it asks in all, 1 to 100
 * @param firstPause the pause after the first attempt that failed, above zero; each further one is twice as long
 * @param longestPause the most that it waits, also if the server asks for more; not below the first pause
 * @param deadline the most that one attempt may take, above zero
 * @since 0.1
 */
public record FetchLimits(long largest, int attempts, Duration firstPause, Duration longestPause, Duration deadline) {
    private static final FetchLimits DEFAULTS =
            new FetchLimits(256L << 20, 4, Duration.ofSeconds(2), Duration.ofMinutes(2), Duration.ofMinutes(10));
    private static final int MOST_ATTEMPTS = 100;

    /** Rejects what is out of range. */
    public FetchLimits {
        Objects.requireNonNull(firstPause, "firstPause");
        Objects.requireNonNull(longestPause, "longestPause");
        Objects.requireNonNull(deadline, "deadline");
        if (largest < 1
                || attempts < 1
                || attempts > MOST_ATTEMPTS
                || firstPause.isNegative()
                || firstPause.isZero()
                || longestPause.compareTo(firstPause) < 0
                || deadline.isNegative()
                || deadline.isZero()) {
            throw new IllegalArgumentException("Bytes, attempts and times are above zero, and pauses grow.");
        }
    }

    /**
     * Returns limits that suit the public feeds: 256 MiB, four attempts with pauses of 2 seconds to 2 minutes, ten minutes
     * for each.
     *
     * @return the default limits
     */
    public static FetchLimits defaults() {
        return DEFAULTS;
    }

    /** The pause after an attempt, counted from 1; what the server asks for in seconds counts, up to the longest. */
    Duration pause(int attempt, long asked) {
        Duration grown = firstPause;
        for (int i = 1; i < attempt && grown.compareTo(longestPause) < 0; i++) {
            grown = grown.multipliedBy(2);
        }
        Duration wanted =
                asked > grown.toSeconds() ? Duration.ofSeconds(Math.min(asked, longestPause.toSeconds())) : grown;
        return wanted.compareTo(longestPause) > 0 ? longestPause : wanted;
    }
}
