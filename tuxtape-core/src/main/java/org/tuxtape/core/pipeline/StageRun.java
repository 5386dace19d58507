package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.util.Objects;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome;

/**
 * A stage that was gone through.
 *
 * @param result what it found
 * @param took how long it took; zero or more
 * @since 0.1
 */
public record StageRun(StageResult result, Duration took) {

    /** Rejects a time below zero. */
    public StageRun {
        Objects.requireNonNull(result, "result");
        if (took.isNegative()) {
            throw new IllegalArgumentException("A stage took " + took + ".");
        }
    }

    /**
     * Tells which stage it was.
     *
     * @return the stage of the result
     */
    public Stage stage() {
        return result.stage();
    }

    /** Tells whether the stage ended since its caller asked it to. */
    boolean isCancelled() {
        return (result instanceof StageResult.Built built && built.outcome() instanceof BuildOutcome.Cancelled)
                || (result instanceof StageResult.Composed composed
                        && composed.composition().outcome() instanceof BuildOutcome.Cancelled)
                || (result instanceof StageResult.Loaded loaded
                        && loaded.outcome() instanceof TransitionOutcome.Cancelled);
    }
}
