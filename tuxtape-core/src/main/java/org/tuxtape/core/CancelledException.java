package org.tuxtape.core;

/**
 * The call ended early because its {@link CancellationToken} asked for it. Nothing is broken, and what was delivered
 * before stays valid.
 *
 * @since 0.1
 */
public final class CancelledException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public CancelledException() {
        super("Cancelled on request.");
    }
}
