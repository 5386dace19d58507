package org.tuxtape.mail.internal.connection;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;

/** Notices a wish to stop, a server that falls silent, and one that sends more than anybody asked for. */
public final class Watch {
    private final CancellationToken cancellation;
    private final Duration silence;
    private long allowance = Long.MAX_VALUE;
    private @Nullable IOException objection;

    /** Watches from now on, until something waits for longer than that. */
    public Watch(CancellationToken cancellation, Duration silence) {
        this.cancellation = cancellation;
        this.silence = silence;
    }

    /** Says how many bytes the server may send from now on. */
    public synchronized void allow(long bytes) {
        allowance = bytes;
    }

    synchronized void received(int bytes) throws IOException {
        allowance -= bytes;
        if (allowance < 0) {
            throw objecting(new AllowanceException());
        }
    }

    /** Throws if it is no use to wait any longer. */
    void look(long waitedMillis) throws IOException {
        if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw objecting(new InterruptedIOException("the reading was cancelled"));
        }
        if (waitedMillis >= silence.toMillis()) {
            throw objecting(new SocketException("the server was silent for " + silence.toMillis() + " ms"));
        }
    }

    private synchronized IOException objecting(IOException reason) {
        objection = reason;
        return reason;
    }

    /** Says why something failed, if it was by this watch: the mail library keeps no more than words of it. */
    public synchronized MessagingException reason(MessagingException e) {
        return objection == null ? e : new MessagingException(objection.getMessage(), objection);
    }

    /** The server sent more than was asked for. */
    public static final class AllowanceException extends IOException {
        private static final long serialVersionUID = 1L;

        AllowanceException() {
            super("the server sends more than it was asked for");
        }
    }
}
