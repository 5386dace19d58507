package org.tuxtape.core.internal;

import java.util.OptionalLong;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** Tells how far a task is, and when it ends, however it ends. */
public final class Progress {
    private final Context context;
    private final String task;

    private Progress(Context context, String task) {
        this.context = context;
        this.task = task;
    }

    /**
     * Work that tells how far it is.
     *
     * @param <T> what it gives
     */
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param progress told of how far it is
         * @return its result
         */
        T run(Progress progress);
    }

    /**
     * Runs a task: what it throws ends it too.
     *
     * @param <T> what it gives
     * @param context told of it
     * @param task its name
     * @param total how much there is to do
     * @param unit what is counted
     * @param work the work
     * @return its result
     */
    public static <T> T of(Context context, String task, long total, String unit, Work<T> work) {
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

    /**
     * Tells how much is done, unless the caller wants to stop.
     *
     * @param done how much, in the unit of the task; never falls
     * @throws CancelledException if the token asks for it
     */
    public void advance(long done) {
        context.cancellation().throwIfCancelled();
        context.tell(new Event.Advanced(task, done));
    }
}
