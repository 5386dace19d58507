package org.tuxtape.core.cve;

import java.util.Objects;
import org.tuxtape.core.TuxtapeException;

/**
 * An archive cannot be read, or not further. What its stream delivered before stays valid.
 *
 * @since 0.1
 */
public final class SourceException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the archive. */
    public enum Fault {
        /** There is nothing at the place named. */
        MISSING,
        /** It is there, but this process may not read it. */
        NOT_PERMITTED,
        /** It is something else: a directory for a file, another format. */
        WRONG_KIND,
        /** It ends too early. */
        TRUNCATED,
        /** Its bytes contradict themselves, for example by a checksum. */
        CORRUPT,
        /** A limit was passed, for example of expansion or of the size of one message. */
        LIMIT_EXCEEDED,
        /** The cursor does not belong to this archive, or the archive was changed before that place. */
        STALE_CURSOR,
        /** Reading failed for another reason; see the cause. */
        IO
    }

    /** The archive. */
    private final SourceId source;

    /** What is wrong with it. */
    private final Fault fault;

    /**
     * Creates the exception.
     *
     * @param source the archive
     * @param fault what is wrong
     * @param message one sentence that names the archive
     */
    public SourceException(SourceId source, Fault fault, String message) {
        super(message);
        this.source = Objects.requireNonNull(source, "source");
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * Creates the exception.
     *
     * @param source the archive
     * @param fault what is wrong
     * @param message one sentence that names the archive
     * @param cause what was caught
     */
    public SourceException(SourceId source, Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.source = Objects.requireNonNull(source, "source");
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * Names the archive.
     *
     * @return its source
     */
    public SourceId source() {
        return source;
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
