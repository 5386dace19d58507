package org.tuxtape.core;

import java.time.Duration;

/**
 * Lets time pass: the other half of a clock. A test gives one that moves its clock on instead of waiting.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits.
     *
     * @param duration how long; above zero
     * @throws InterruptedException if the thread was interrupted before or while it waited
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Returns the sleeper of real programs: the current thread waits in real time.
     *
     * @return a sleeper that may be shared
     */
    static Sleeper ofThreads() {
        return duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    }
}
