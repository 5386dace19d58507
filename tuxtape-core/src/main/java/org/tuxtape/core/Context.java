package org.tuxtape.core;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every long call takes from its caller: when to stop, whom to tell, and what time it is.
 *
 * @param cancellation asked at least once a second
 * @param listener told what is being done; called through {@link #tell}
 * @param clock the only source of time
 * @param sleeper the only way to wait; called through {@link #pause}
 * @since 0.1
 */
public record Context(CancellationToken cancellation, EventListener listener, Clock clock, Sleeper sleeper) {
    private static final Duration LONGEST_NAP = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(Context.class);

    /** Rejects {@code null}. */
    public Context {
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(sleeper, "sleeper");
    }

    /**
     * Returns the context of a caller with no wishes: never cancelled, no listener, waiting in real time. Its clock starts
     * at the system's time, in UTC, and then runs steadily, so that setting the system's clock moves no deadline; a caller
     * that runs for long takes a new context for each call.
     *
     * @return the default context
     */
    public static Context standard() {
        return new Context(CancellationToken.never(), EventListener.none(), SteadyClock.fromNow(), Sleeper.ofThreads());
    }

    /**
     * Replaces the cancellation token.
     *
     * @param token the new one
     * @return a context that differs in it
     */
    public Context with(CancellationToken token) {
        return new Context(token, listener, clock, sleeper);
    }

    /**
     * Replaces the listener.
     *
     * @param newListener the new one
     * @return a context that differs in it
     */
    public Context with(EventListener newListener) {
        return new Context(cancellation, newListener, clock, sleeper);
    }

    /**
     * Replaces the clock. A clock that does not run by itself wants a {@linkplain #sleepingBy sleeper} that moves it.
     *
     * @param newClock the new one
     * @return a context that differs in it
     */
    public Context with(Clock newClock) {
        return new Context(cancellation, listener, newClock, sleeper);
    }

    /**
     * Replaces the sleeper.
     *
     * @param newSleeper the new one
     * @return a context that differs in it
     */
    public Context sleepingBy(Sleeper newSleeper) {
        return new Context(cancellation, listener, clock, newSleeper);
    }

    /**
     * Waits, unless the caller wants to stop. An interrupt counts as such a wish, and the thread stays interrupted.
     *
     * @param duration how long; not at all if it is zero or below
     * @throws CancelledException at most 100 ms after the wish
     */
    public void pause(Duration duration) {
        Duration left = duration;
        while (!left.isNegative() && !left.isZero()) {
            cancellation.throwIfCancelled();
            Duration nap = left.compareTo(LONGEST_NAP) < 0 ? left : LONGEST_NAP;
            try {
                sleeper.sleep(nap);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
            left = left.minus(nap);
        }
        cancellation.throwIfCancelled();
    }

    /**
     * Hands an event to the listener. A listener that throws is logged and does not disturb the caller.
     *
     * @param event what happened
     */
    public void tell(Event event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.warn("Listener {} failed on {}", listener.getClass().getName(), event, e);
        }
    }
}
