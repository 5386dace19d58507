package org.tuxtape.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.tuxtape.core.Context;
import org.tuxtape.core.Sleeper;

/**
 * A clock that moves only when it is told to, or when somebody sleeps by it. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class ManualClock extends Clock implements Sleeper {
    /**
     * When a clock starts that is given no other time: not at zero, where a missing time would look like a real one.
     */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Instant start;
    private final AtomicLong passed;
    private final ZoneId zone;

    private ManualClock(Instant start, AtomicLong passed, ZoneId zone) {
        this.start = Objects.requireNonNull(start, "start");
        this.passed = passed;
        this.zone = Objects.requireNonNull(zone, "zone");
    }

    /**
     * Returns a clock that stands at {@link #START}, in UTC.
     *
     * @return a new clock
     */
    public static ManualClock create() {
        return at(START);
    }

    /**
     * Returns a clock that stands at a given time, in UTC.
     *
     * @param start its time
     * @return a new clock
     */
    public static ManualClock at(Instant start) {
        return new ManualClock(start, new AtomicLong(), ZoneOffset.UTC);
    }

    /**
     * Moves the clock on.
     *
     * @param by how far; zero or more
     * @throws IllegalArgumentException if that is below zero: time does not go back
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time does not go back, so not by " + by + ".");
        }
        passed.addAndGet(by.toNanos());
    }

    /**
     * Returns a context whose time is this clock's: waiting in it moves the clock on, and takes no time.
     *
     * @return the standard context but for that
     */
    public Context context() {
        return Context.standard().with((Clock) this).sleepingBy(this);
    }

    /** Moves the clock on by the duration. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        advance(duration);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(passed.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** Returns a view of this clock for another zone: advancing one advances both. */
    @Override
    public ManualClock withZone(ZoneId other) {
        return new ManualClock(start, passed, other);
    }
}
