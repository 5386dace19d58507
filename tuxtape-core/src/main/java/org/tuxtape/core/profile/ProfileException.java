package org.tuxtape.core.profile;

import java.util.Objects;
import org.tuxtape.core.TuxtapeException;

/**
 * No profile can be made from what was given.
 *
 * @since 0.1
 */
public final class ProfileException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the origin. */
    public enum Fault {
        /** There is nothing at the place named. */
        MISSING,
        /** It is there, but this process may not read it. */
        NOT_PERMITTED,
        /** It is something else: a file for a directory, a directory that is no kernel tree. */
        WRONG_KIND,
        /** It is a kernel tree in which nothing was built. */
        NOT_BUILT,
        /** It is there, but its kernel's version cannot be told. */
        NO_VERSION,
        /** It is of the right kind, but cut short or altered. */
        DAMAGED,
        /** A limit was passed, for example of the size of one file. */
        LIMIT_EXCEEDED,
        /** Reading failed for another reason; see the cause. */
        IO
    }

    /** What was read. */
    private final String origin;

    /** What is wrong with it. */
    private final Fault fault;

    /**
     * Creates the exception.
     *
     * @param origin the path or name of what was read
     * @param fault what is wrong
     * @param message one sentence that names the origin
     */
    public ProfileException(String origin, Fault fault, String message) {
        super(message);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * Creates the exception.
     *
     * @param origin the path or name of what was read
     * @param fault what is wrong
     * @param message one sentence that names the origin
     * @param cause what was caught
     */
    public ProfileException(String origin, Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * Names what was read.
     *
     * @return a path or another name
     */
    public String origin() {
        return origin;
    }

    /**
     * Tells what is wrong.
     *
     * @return the kind of fault
     */
    public Fault fault() {
        return fault;
    }
}
