package org.tuxtape.mail.internal.stream;

import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;

/** Hands mails on as its caller asks for them, and tells the listener how the reading goes and how it ends. */
public final class MailStream implements CveStream {
    private final Mails mails;
    private final CancellationToken cancellation;
    private final Progress progress;
    private @Nullable CveEvent next;
    private boolean ended;

    private MailStream(Mails mails, CancellationToken cancellation, Progress progress) {
        this.mails = mails;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /**
     * Opens a stream whose task has started.
     *
     * @param opening finds the place to begin; if it throws, the task ends
     */
    public static MailStream open(Context context, Progress progress, Supplier<? extends Mails> opening) {
        try {
            return new MailStream(opening.get(), context.cancellation(), progress);
        } catch (RuntimeException e) {
            progress.ended(end(e));
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            try {
                cancellation.throwIfCancelled();
                next = mails.next();
            } catch (RuntimeException e) {
                progress.ended(end(e));
                close();
                throw e;
            }
            if (next == null) {
                progress.completed(mails.done());
                close();
            } else {
                progress.reached(mails.done());
            }
        }
        return next != null;
    }

    @Override
    public CveEvent next() {
        CveEvent event = hasNext() ? next : null;
        if (event == null) {
            throw new NoSuchElementException("The archive has ended.");
        }
        next = null;
        return event;
    }

    @Override
    public void close() {
        next = null;
        ended = true;
        progress.ended(Event.End.CANCELLED);
        mails.close();
    }

    private static Event.End end(RuntimeException e) {
        return e instanceof CancelledException ? Event.End.CANCELLED : Event.End.FAILED;
    }
}
