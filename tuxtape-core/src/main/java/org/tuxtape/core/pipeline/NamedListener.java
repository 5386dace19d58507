package org.tuxtape.core.pipeline;

import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;

/** Hands events on with the name of a kernel in that of the task: kernels that run at once do the same things. */
record NamedListener(EventListener listener, String kernel) implements EventListener {

    @Override
    public void on(Event event) {
        listener.on(named(event));
    }

    private Event named(Event event) {
        String task = kernel + ": " + event.task();
        if (event instanceof Event.Started started) {
            return new Event.Started(task, started.total(), started.unit());
        }
        if (event instanceof Event.Advanced advanced) {
            return new Event.Advanced(task, advanced.done());
        }
        if (event instanceof Event.Noted noted) {
            return new Event.Noted(task, noted.message());
        }
        if (event instanceof Event.Logged logged) {
            return new Event.Logged(task, logged.line());
        }
        return new Event.Ended(task, ((Event.Ended) event).end());
    }
}
