package org.tuxtape.profile.internal;

import java.util.OptionalLong;
import java.util.function.Function;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** A part of a long call, as its listener sees it. Used by the calling thread only. */
final class Task {
    private final Context context;
    private final String name;

    private Task(Context context, String name) {
        this.context = context;
        this.name = name;
    }

    /** Does the work between a {@link Event.Started} and its {@link Event.Ended}. */
    static <T> T run(Context context, String name, OptionalLong total, String unit, Function<Task, T> work) {
        context.cancellation().throwIfCancelled();
        context.tell(new Event.Started(name, total, unit));
        Event.End end = Event.End.FAILED;
        try {
            T result = work.apply(new Task(context, name));
            end = Event.End.COMPLETED;
            return result;
        } catch (CancelledException e) {
            end = Event.End.CANCELLED;
            throw e;
        } finally {
            context.tell(new Event.Ended(name, end));
        }
    }

    /** Does part of the work as a task of its own, of which it is not known how much there is to do. */
    <T> T below(String part, Function<Task, T> work) {
        return run(context, part, OptionalLong.empty(), "files", work);
    }

    void advance(long done) {
        context.tell(new Event.Advanced(name, done));
    }

    void note(String message) {
        context.tell(new Event.Noted(name, message));
    }

    boolean isCancelled() {
        return context.cancellation().isCancelled();
    }

    void throwIfCancelled() {
        context.cancellation().throwIfCancelled();
    }
}
