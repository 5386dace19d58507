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
     * @param remarks what a person should know of the way it went, one sentence each
     */
    record Completed(Duration took, boolean forced, List<String> remarks) implements TransitionOutcome {
        /** Copies the list. */
        public Completed {
            Objects.requireNonNull(took, "took");
            remarks = List.copyOf(remarks);
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
     * The call has returned, and a transition goes on: the policy wanted it so, or not even its reversal came to an end.
     *
     * @param direction where it is going
     * @param blocking the tasks that have not switched over
     */
    record StillRunning(TransitionDirection direction, List<BlockingTask> blocking) implements TransitionOutcome {
        /** Copies the list. */
        public StillRunning {
            Objects.requireNonNull(direction, "direction");
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
