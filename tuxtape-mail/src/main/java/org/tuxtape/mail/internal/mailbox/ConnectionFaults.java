package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.NoSuchProviderException;
import javax.net.ssl.SSLException;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.connection.Reasons;
import org.tuxtape.mail.internal.connection.Watch;

/** Tells in one sentence what is wrong with a server, and whether it may pass. */
final class ConnectionFaults {
    private ConnectionFaults() {}

    static TuxtapeException of(SourceId id, Exception e, CancellationToken cancellation) {
        if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
            return new CancelledException();
        }
        if (e instanceof NoSuchProviderException) {
            throw new IllegalStateException(
                    "No implementation of Jakarta Mail is there; org.eclipse.angus:angus-mail is one.", e);
        }
        if (e instanceof AuthenticationFailedException) {
            return new SourceException(id, Fault.NOT_PERMITTED, "The server refuses the login to " + id + ".", e);
        }
        if (e instanceof FolderNotFoundException) {
            return new SourceException(id, Fault.MISSING, "There is no folder " + id + ".", e);
        }
        if (Reasons.has(e, Watch.AllowanceException.class)) {
            String message = "The server of " + id + " sends more than it was asked for.";
            return new SourceException(id, Fault.LIMIT_EXCEEDED, message, e);
        }
        if (Reasons.has(e, SSLException.class)) {
            String message = "The connection to " + id + " is not secure: " + Reasons.of(e) + ".";
            return new SourceException(id, Fault.IO, message, e);
        }
        return new SourceException(id, Fault.IO, "Reading " + id + " failed: " + Reasons.of(e) + ".", e);
    }

    /** Whether it is worth trying again. */
    static boolean mayPass(Exception e, CancellationToken cancellation) {
        return !cancellation.isCancelled()
                && !Thread.currentThread().isInterrupted()
                && !(e instanceof AuthenticationFailedException)
                && !(e instanceof FolderNotFoundException)
                && !Reasons.has(e, Watch.AllowanceException.class);
    }
}
