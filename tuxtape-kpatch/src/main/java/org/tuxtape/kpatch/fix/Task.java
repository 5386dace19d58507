package org.tuxtape.kpatch.fix;

import java.util.OptionalLong;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** A piece of work that its caller is told of, from its start to its end, whatever that is. */
final class Task {
    private final Context context;
    private final String name;
    private long done;

    /** What a task does. */
    interface Work<T, E extends Exception> {
        T run(Task task) throws E;
    }

    private Task(Context context, String name) {
        this.context = context;
        this.name = name;
    }

    static <T, E extends Exception> T run(Context context, String name, String unit, Work<T, E> work) throws E {
        context.cancellation().throwIfCancelled();
        context.tell(new Event.Started(name, OptionalLong.empty(), unit));
        Event.End end = Event.End.FAILED;
        try {
            context.cancellation().throwIfCancelled();
            T result = work.run(new Task(context, name));
            end = Event.End.COMPLETED;
            return result;
        } catch (CancelledException e) {
            end = Event.End.CANCELLED;
            throw e;
        } finally {
            context.tell(new Event.Ended(name, end));
        }
    }

    CancellationToken cancellation() {
        return context.cancellation();
    }

    /** One more is done. */
    void advance() {
        context.cancellation().throwIfCancelled();
        done++;
        context.tell(new Event.Advanced(name, done));
    }

    void note(String message) {
        context.tell(new Event.Noted(name, message));
    }
}
