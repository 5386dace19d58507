package org.tuxtape.core.diff;

import java.util.Objects;
import org.tuxtape.core.TuxtapeException;

/**
 * A text is no diff that can be relied on.
 *
 * @since 0.1
 */
public final class DiffException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the text. */
    public enum Fault {
        /** It is longer than the limit. */
        LIMIT_EXCEEDED,
        /** It holds a char that is no byte: it was not decoded as ISO 8859-1. */
        NOT_BYTES,
        /** It is a diff of another kind: with context marks, or of a merge. */
        UNSUPPORTED,
        /** The lines before the first hunk of a file contradict themselves or each other. */
        MALFORMED_HEADER,
        /** The lines of a hunk are not those that its first line announces. */
        MALFORMED_HUNK,
        /** It ends within a file's header or hunk. */
        TRUNCATED
    }

    /** What is wrong. */
    private final Fault fault;

    /** Where. */
    private final int line;

    /**
     * Creates the exception.
     *
     * @param fault what is wrong
     * @param line the line of the text, from 1; 0 where the text as a whole is meant
     * @param message one sentence without the line
     */
    public DiffException(Fault fault, int line, String message) {
        super(line == 0 ? message : "Line " + line + " of the diff: " + message);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.line = line;
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
     * Tells where.
     *
     * @return the line of the text, from 1; 0 where the text as a whole is meant
     */
    public int line() {
        return line;
    }
}
