package org.tuxtape.mail.notice;

import java.util.Objects;
import org.tuxtape.core.TuxtapeException;

/**
 * Nobody could be told. Unless the fault is {@link Fault#LEDGER}, no notice counts as told, and the next try tells all of
 * them again.
 *
 * @since 0.1
 */
public final class NoticeException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. Later major versions may add faults. */
    public enum Fault {
        /** The server refuses the login. */
        NOT_PERMITTED,
        /** The connection is not protected as it was asked for, or the server's certificate is not trusted. */
        NOT_SECURE,
        /** The server takes mail for none of the addresses, or does not take this mail. */
        REFUSED,
        /** The ledger cannot be read or written. Only if it fails after the mail was taken, that mail comes again. */
        LEDGER,
        /** The server is not there, falls silent or breaks off. It may have taken the mail, which then comes again. */
        IO
    }

    /** What went wrong. */
    private final Fault fault;

    NoticeException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * Tells what went wrong.
     *
     * @return the kind of fault
     */
    public Fault fault() {
        return fault;
    }
}
