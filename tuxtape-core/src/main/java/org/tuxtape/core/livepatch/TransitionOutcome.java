package org.tuxtape.core.livepatch;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a change of the running kernel ended. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface TransitionOutcome {

    /**
     * Every task has switched over.
     *
     * @param took from the request to the end of the transition
     * @param forced whether the policy had to force it
     */
    record Completed(Duration took, boolean forced) implements TransitionOutcome {
        /** Rejects {@code null}. */
        public Completed {
            Objects.requireNonNull(took, "took");
        }
    }

    /** The kernel already was as asked; nothing was done. */
    record AlreadySo() implements TransitionOutcome {}

    /**
     * The deadline passed, and everything is as it was before the call.
     *
     * @param blocking the tasks that had not switched over
     */
    record Reversed(List<BlockingTask> blocking) implements TransitionOutcome {
        /** Copies the list. */
        public Reversed {
            blocking = List.copyOf(blocking);
        }
    }

    /**
     * The deadline passed, and the transition goes on.
     *
     * @param blocking the tasks that have not switched over
     */
    record StillRunning(List<BlockingTask> blocking) implements TransitionOutcome {
        /** Copies the list. */
        public StillRunning {
            blocking = List.copyOf(blocking);
        }
    }

    /**
     * The kernel refused, and nothing was changed.
     *
     * @param obstacle the error number and what it means here
     */
    record Refused(LoadPlan.Obstacle obstacle) implements TransitionOutcome {
        /** Rejects {@code null}. */
        public Refused {
            Objects.requireNonNull(obstacle, "obstacle");
        }
    }

    /**
     * The caller asked to stop; the transition was reversed, and everything is as it was before the call.
     *
     * @param blocking the tasks that had not switched over
     */
    record Cancelled(List<BlockingTask> blocking) implements TransitionOutcome {
        /** Copies the list. */
        public Cancelled {
            blocking = List.copyOf(blocking);
        }
    }
}
