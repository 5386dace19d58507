package org.tuxtape.core;

/**
 * Tells a long call that its result is no longer wanted.
 *
 * <p>A request is final: a token that was cancelled stays cancelled. Tokens may be used by any number of threads and
 * calls. Not intended to be implemented by clients.
 *
 * @since 0.1
 */
public sealed interface CancellationToken permits SwitchToken, NeverToken {

    /**
     * Creates a token that can be cancelled.
     *
     * @return a new token, not cancelled
     */
    static CancellationToken create() {
        return new SwitchToken();
    }

    /**
     * Returns the token of calls that nobody means to cancel.
     *
     * @return a token whose {@link #cancel()} is refused
     */
    static CancellationToken never() {
        return NeverToken.INSTANCE;
    }

    /**
     * Asks the calls that hold this token to stop; asking again changes nothing.
     *
     * @throws IllegalStateException if this is the token {@link #never()}
     */
    void cancel();

    /**
     * Tells whether {@link #cancel()} was called.
     *
     * @return {@code true} from the first request on
     */
    boolean isCancelled();

    /**
     * Stops the caller if the token was cancelled.
     *
     * @throws CancelledException if {@link #isCancelled()}
     */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new CancelledException();
        }
    }
}
