package org.tuxtape.livepatch.sysfs.internal.transition;

import java.util.OptionalLong;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** The events of one change, in the order that a listener may rely on. Nothing is told of a change that never began. */
public final class TaskEvents implements AutoCloseable {
    private final Context context;
    private final String task;
    private long total = Long.MAX_VALUE;
    private long done;
    private boolean started;
    private boolean ended;

    /**
     * Creates the events.
     *
     * @param context who is told
     * @param task what is being done
     */
    public TaskEvents(Context context, String task) {
        this.context = context;
        this.task = task;
    }

    /**
     * Begins, if that is not done yet.
     *
     * @param tasks how many tasks there are; empty if not known
     */
    void start(OptionalLong tasks) {
        if (!started) {
            started = true;
            total = tasks.orElse(total);
            context.tell(new Event.Started(task, tasks, "tasks"));
        }
    }

    /**
     * Tells how many tasks have switched over, if that is more than before.
     *
     * @param tasks how many
     */
    void advance(long tasks) {
        long now = Math.min(tasks, total);
        if (now > done) {
            done = now;
            context.tell(new Event.Advanced(task, now));
        }
    }

    /** Tells that every task has switched over, if their number was known. */
    void finish() {
        if (total != Long.MAX_VALUE) {
            advance(total);
        }
    }

    /**
     * Tells something.
     *
     * @param message one sentence
     */
    public void note(String message) {
        start(OptionalLong.empty());
        context.tell(new Event.Noted(task, message));
    }

    /**
     * Ends, if it has begun.
     *
     * @param end how
     */
    public void end(Event.End end) {
        if (started && !ended) {
            ended = true;
            context.tell(new Event.Ended(task, end));
        }
    }

    /** Ends what was not ended: something was thrown. */
    @Override
    public void close() {
        end(Event.End.FAILED);
    }
}
