package org.tuxtape.archive.internal.fetch;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;

/** Why a file was not read, or a report not taken. */
public final class Refusals {
    private Refusals() {}

    static ArchiveException tooLong(String name, long most) {
        return new ArchiveException(Fault.LENGTH, name, name + " is longer than " + most + " bytes.");
    }

    static ArchiveException unreachable(String name, Throwable cause) {
        return new ArchiveException(Fault.UNREACHABLE, name, name + " cannot be read: " + reason(cause) + ".", cause);
    }

    /** Returns what went wrong in words: what the JDK says of a connection is a class without any, below another. */
    public static String reason(Throwable cause) {
        Throwable found = cause instanceof ExecutionException && cause.getCause() != null ? cause.getCause() : cause;
        for (Throwable at = found; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return "the host's name is not known";
            }
        }
        if (found instanceof HttpConnectTimeoutException || found instanceof ConnectException) {
            return "there is no connection";
        }
        if (found instanceof HttpTimeoutException) {
            return "it takes too long";
        }
        return String.valueOf(found);
    }
}
