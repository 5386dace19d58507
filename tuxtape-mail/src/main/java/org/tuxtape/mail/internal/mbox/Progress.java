package org.tuxtape.mail.internal.mbox;

import java.util.OptionalLong;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** Tells the listener how far the reading of one archive has come, not more often than is useful. */
final class Progress {
    private static final long STEP = 1 << 18;

    private final Context context;
    private final String task;
    private long told;
    private boolean ended;

    Progress(Context context, String task) {
        this.context = context;
        this.task = task;
    }

    void started(OptionalLong bytes) {
        context.tell(new Event.Started(task, bytes, "bytes"));
    }

    /** Takes how many bytes of the stored archive were read. */
    void reached(long bytes) {
        if (bytes - told >= STEP) {
            advance(bytes);
        }
    }

    void completed(long bytes) {
        if (bytes > told) {
            advance(bytes);
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

    private void advance(long bytes) {
        told = bytes;
        context.tell(new Event.Advanced(task, bytes));
    }
}
