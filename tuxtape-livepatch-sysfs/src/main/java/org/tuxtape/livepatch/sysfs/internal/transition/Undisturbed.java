package org.tuxtape.livepatch.sysfs.internal.transition;

import java.time.Duration;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

/**
 * Waits on the way back, which has to be gone to its end even if the caller wants to stop. An interrupt shortens one wait
 * and is handed on at the end.
 */
public final class Undisturbed implements AutoCloseable {
    private final Context context;
    private boolean interrupted;

    /**
     * Creates the waits.
     *
     * @param context the caller's
     */
    public Undisturbed(Context context) {
        this.context = context.with(CancellationToken.never());
        this.interrupted = Thread.interrupted();
    }

    /**
     * Waits.
     *
     * @param duration how long at most
     */
    public void pause(Duration duration) {
        try {
            context.pause(duration);
        } catch (CancelledException e) {
            interrupted |= Thread.interrupted();
        }
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
