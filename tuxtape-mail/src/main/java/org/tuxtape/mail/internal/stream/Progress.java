package org.tuxtape.mail.internal.stream;

import java.util.OptionalLong;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;

/** Tells the listener how far the reading of one archive has come, not more often than is useful. */
public final class Progress {
    private static final long BYTES_STEP = 1 << 18;
    private static final long MESSAGES_STEP = 1 << 8;

    private final Context context;
    private final String task;
    private final String unit;
    private final long step;
    private long told;
    private boolean ended;

    private Progress(Context context, String task, String unit, long step) {
        this.context = context;
        this.task = task;
        this.unit = unit;
        this.step = step;
    }

    /** Counts bytes of the archive as it is stored. */
    public static Progress inBytes(Context context, String task) {
        return new Progress(context, task, "bytes", BYTES_STEP);
    }

    /** Counts messages. */
    public static Progress inMessages(Context context, String task) {
        return new Progress(context, task, "messages", MESSAGES_STEP);
    }

    public void started(OptionalLong total) {
        context.tell(new Event.Started(task, total, unit));
    }

    /** Takes how much was read so far; less than before if another archive begins is not told. */
    public void reached(long done) {
        if (done - told >= step) {
            advance(done);
        }
    }

    /** Tells of something that does not stop the reading. */
    public void noted(String sentence) {
        context.tell(new Event.Noted(task, sentence));
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
