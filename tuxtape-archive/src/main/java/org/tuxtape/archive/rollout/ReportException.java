package org.tuxtape.archive.rollout;

import java.util.Objects;
import org.tuxtape.core.TuxtapeException;

/**
 * Reports cannot be read, or one cannot be sent. Where they were before they still are.
 *
 * @since 0.1
 */
public final class ReportException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. Later major versions may add some. */
    public enum Fault {
        /** There is no such directory. */
        MISSING,
        /** This process may not read or write there. */
        NOT_PERMITTED,
        /** The endpoint could not be reached, or broke off. */
        UNREACHABLE,
        /** The endpoint did not answer in time. */
        TOO_SLOW,
        /** The endpoint answered, and not that it took the report; the message has the status. */
        REFUSED,
        /** Reading or writing failed for another reason, for example a full disk; see the cause. */
        IO
    }

    /** What is wrong. */
    private final Fault fault;

    /** The directory, file or endpoint, as text. */
    private final String place;

    ReportException(Fault fault, String place, String message) {
        super(message);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.place = place;
    }

    ReportException(Fault fault, String place, String message, Throwable cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.place = place;
    }

    /**
     * Tells what is wrong.
     *
     * @return the kind of fault
     */
    public Fault fault() {
        return fault;
    }

    /**
     * Names the directory, file or endpoint.
     *
     * @return its path or address
     */
    public String place() {
        return place;
    }
}
