package org.tuxtape.archive.rollout;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A part of the fleet that gets a patch at the same time.
 *
 * @param name 1 to 32 letters, digits, {@code .}, {@code _} and {@code -}, the first one a letter or digit
 * @param membership which nodes are in it, unless they are in an earlier one
 * @param soak how long a patch stays in this ring at least before it may go to the next; zero or more, at most 366
 *     days. It counts from the promotion, so it has to cover the time until the nodes have come by and tried the patch
 * @param stop what speaks against going on
 * @since 0.1
 */
public record Ring(String name, Membership membership, Duration soak, StopConditions stop) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Rejects what does not have the shapes above. */
    public Ring {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a ring: '" + Line.of(name, 100) + "'.");
        }
        Objects.requireNonNull(membership, "membership");
        requireSpan(soak);
        Objects.requireNonNull(stop, "stop");
    }

    static void requireSpan(Duration span) {
        if (span.isNegative() || span.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Not between nothing and " + LONGEST.toDays() + " days: " + span + ".");
        }
    }
}
