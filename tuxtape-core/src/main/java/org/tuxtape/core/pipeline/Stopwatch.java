package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.internal.OneLine;

/** Takes the time of stages, and makes a result of what they throw. Usable by several threads. */
record Stopwatch(Context context) {
    private static final Logger LOG = LoggerFactory.getLogger(Stopwatch.class);

    /**
     * Goes through a stage, unless the caller wants to stop.
     *
     * @throws CancelledException if the token asks for it, or the stage says so
     */
    StageRun run(Stage stage, Supplier<StageResult> work) {
        context.cancellation().throwIfCancelled();
        return finish(stage, work);
    }

    /** Goes through a stage that has to be gone through even if the caller wants to stop. */
    StageRun finish(Stage stage, Supplier<StageResult> work) {
        Instant begin = context.clock().instant();
        StageResult result = attempt(stage, work);
        return new StageRun(result, since(begin));
    }

    /**
     * Does what a stage needs and what is of no CVE, unless the caller wants to stop. Returns what it threw.
     *
     * @throws CancelledException if the token asks for it, or the work says so
     */
    Optional<StageResult.Threw> prepare(Stage stage, Runnable work) {
        context.cancellation().throwIfCancelled();
        try {
            work.run();
            return Optional.empty();
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.of(threw(stage, e));
        }
    }

    /** Returns the time since then; a clock that was set back counts as one that stood still. */
    Duration since(Instant begin) {
        Duration took = Duration.between(begin, context.clock().instant());
        return took.isNegative() ? Duration.ZERO : took;
    }

    private static StageResult attempt(Stage stage, Supplier<StageResult> work) {
        try {
            return work.get();
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            return threw(stage, e);
        }
    }

    private static StageResult.Threw threw(Stage stage, RuntimeException thrown) {
        LOG.warn("The stage {} failed", stage, thrown);
        return new StageResult.Threw(stage, message(thrown));
    }

    static String message(RuntimeException thrown) {
        return OneLine.of(
                thrown instanceof TuxtapeException && thrown.getMessage() != null
                        ? thrown.getMessage()
                        : thrown.toString());
    }
}
