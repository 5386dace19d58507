package org.tuxtape.core.triage;

import java.util.OptionalLong;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** Tells how far a triage is, and when it ends, however it ends. */
final class Progress {
    private final Context context;
    private final String task;

    private Progress(Context context, String task) {
        this.context = context;
        this.task = task;
    }

    /** Work that tells how far it is. */
    interface Work<T> {
        T run(Progress progress);
    }

    static <T> T of(Context context, String task, long total, String unit, Work<T> work) {
        Event.End end = Event.End.FAILED;
        context.tell(new Event.Started(task, OptionalLong.of(total), unit));
        try {
            T result = work.run(new Progress(context, task));
            end = Event.End.COMPLETED;
            return result;
        } catch (CancelledException cancelled) {
            end = Event.End.CANCELLED;
            throw cancelled;
        } finally {
            context.tell(new Event.Ended(task, end));
        }
    }

    void advance(long done) {
        context.cancellation().throwIfCancelled();
        context.tell(new Event.Advanced(task, done));
    }
}
