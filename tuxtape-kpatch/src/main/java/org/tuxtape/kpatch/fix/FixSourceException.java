package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.TuxtapeException;

/**
 * The store that fixes are read from cannot be read.
 *
 * @since 0.1
 */
public final class FixSourceException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the store. */
    public enum Fault {
        /** There is nothing at the place named. */
        MISSING,
        /** It is there, but this process may not read it. */
        NOT_PERMITTED,
        /** It is something else: a file that is no archive, a directory that is no repository. */
        WRONG_KIND,
        /** It is damaged, or was not written by the rules of its kind. */
        DAMAGED,
        /** A limit was passed, for example of what an archive may expand to. */
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
    public FixSourceException(String origin, Fault fault, String message) {
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
    public FixSourceException(String origin, Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /** Names what reading met; an interrupt counts as the wish to stop. */
    static TuxtapeException of(Object origin, IOException cause) {
        String name = origin.toString();
        if (cause instanceof ClosedByInterruptException) {
            return new CancelledException();
        }
        if (cause instanceof DamagedException) {
            return new FixSourceException(
                    name, Fault.DAMAGED, name + " is damaged: it has " + cause.getMessage() + ".", cause);
        }
        if (cause instanceof LimitException) {
            return new FixSourceException(name, Fault.LIMIT_EXCEEDED, name + " " + cause.getMessage() + ".", cause);
        }
        if (cause instanceof NoSuchFileException) {
            return new FixSourceException(
                    name, Fault.MISSING, name + " is missing, or is not what it should be.", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new FixSourceException(name, Fault.NOT_PERMITTED, name + " may not be read.", cause);
        }
        if (cause instanceof NotDirectoryException) {
            return new FixSourceException(name, Fault.WRONG_KIND, name + " is no directory.", cause);
        }
        return new FixSourceException(name, Fault.IO, name + " cannot be read: " + cause.getMessage(), cause);
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
