package org.tuxtape.feeds.internal.tree;

import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** Tells the listener how far the reading of one tree has come, not more often than is useful. */
final class Progress {
    private static final long STEPS = 200;
    private static final long STEP = 1 << 18;

    private final Context context;
    private final String task;
    private long step = STEP;
    private long told;
    private boolean ended;

    Progress(Context context, String task) {
        this.context = context;
        this.task = task;
    }

    void started(Walk walk) {
        step = Math.max(1, walk.total().orElse(STEP * STEPS) / STEPS);
        context.tell(new Event.Started(task, walk.total(), walk.unit()));
    }

    void reached(long done) {
        if (done - told >= step) {
            advance(done);
        }
    }

    void completed(long done) {
        if (done > told) {
            advance(done);
        }
        ended(Event.End.COMPLETED);
    }

    /** Only the first end counts. */
    void ended(Event.End end) {
        if (!ended) {
            ended = true;
            context.tell(new Event.Ended(task, end));
        }
    }

    private void advance(long done) {
        told = done;
        context.tell(new Event.Advanced(task, done));
    }
}
