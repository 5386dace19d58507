package org.tuxtape.core;

/**
 * Receives the {@link Event}s of a call.
 *
 * <p>Events of one task arrive one after another, in the thread that does the work; those of different tasks may arrive
 * at once. A listener must return quickly. What it throws is logged and otherwise ignored.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface EventListener {

    /**
     * Takes one event.
     *
     * @param event what happened
     */
    void on(Event event);

    /**
     * Returns the listener that ignores everything.
     *
     * @return a listener without effect
     */
    static EventListener none() {
        return event -> {};
    }
}
