package org.tuxtape.core;

/**
 * Broken infrastructure: an archive that cannot be read, a tree that is none, a call that was cancelled.
 *
 * <p>Expected outcomes are results, not exceptions, and errors of the caller are the JDK's own
 * {@link IllegalArgumentException}, {@link IllegalStateException} and {@link NullPointerException}. The message is one
 * sentence that names what was read; the typed fields of the subclasses serve programs.
 *
 * @since 0.1
 */
public abstract class TuxtapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one sentence that names the thing that failed
     */
    protected TuxtapeException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message one sentence that names the thing that failed
     * @param cause what was caught
     */
    protected TuxtapeException(String message, Throwable cause) {
        super(message, cause);
    }
}
