package org.tuxtape.core;

import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every long call takes from its caller: when to stop, whom to tell, and what time it is.
 *
 * @param cancellation asked at least once a second
 * @param listener told what is being done; called through {@link #tell}
 * @param clock the only source of time
 * @since 0.1
 */
public record Context(CancellationToken cancellation, EventListener listener, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Context.class);

    /** Rejects {@code null}. */
    public Context {
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * Returns the context of a caller with no wishes: never cancelled, no listener, the system's clock in UTC.
     *
     * @return the default context
     */
    public static Context standard() {
        return new Context(CancellationToken.never(), EventListener.none(), Clock.systemUTC());
    }

    /**
     * Replaces the cancellation token.
     *
     * @param token the new one
     * @return a context that differs in it
     */
    public Context with(CancellationToken token) {
        return new Context(token, listener, clock);
    }

    /**
     * Replaces the listener.
     *
     * @param newListener the new one
     * @return a context that differs in it
     */
    public Context with(EventListener newListener) {
        return new Context(cancellation, newListener, clock);
    }

    /**
     * Replaces the clock.
     *
     * @param newClock the new one
     * @return a context that differs in it
     */
    public Context with(Clock newClock) {
        return new Context(cancellation, listener, newClock);
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
