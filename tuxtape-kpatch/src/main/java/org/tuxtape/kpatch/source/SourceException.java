package org.tuxtape.kpatch.source;

import java.util.Objects;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A file of a source tree is there and cannot be read.
 *
 * @since 0.1
 */
public final class SourceException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file. */
    public enum Fault {
        /** It is longer than the limit. */
        LIMIT_EXCEEDED,
        /** This process may not read it. */
        NOT_PERMITTED,
        /** Reading failed for another reason; see the cause. */
        IO
    }

    /** Which file. */
    private final String path;

    /** What is wrong with it. */
    private final Fault fault;

    /**
     * Creates the exception.
     *
     * @param path which file
     * @param fault what is wrong
     * @param message one sentence that names the file
     */
    public SourceException(SourcePath path, Fault fault, String message) {
        super(message);
        this.path = path.text();
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * Creates the exception.
     *
     * @param path which file
     * @param fault what is wrong
     * @param message one sentence that names the file
     * @param cause what was caught
     */
    public SourceException(SourcePath path, Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.path = path.text();
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * Names the file.
     *
     * @return its path in the tree
     */
    public SourcePath path() {
        return SourcePath.parse(path);
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
