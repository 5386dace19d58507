package org.tuxtape.archive.rollout;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times that were read from outside: in a range in which they can be reckoned with. */
final class Times {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private Times() {}

    static Instant require(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("Not a time between 1970 and 9999: " + time + ".");
        }
        return time;
    }

    /** As people read it: to the second. */
    static String shown(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a time: '" + Line.of(text, 100) + "'.", e);
        }
    }

    static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a duration: '" + Line.of(text, 100) + "'.", e);
        }
    }
}
