package org.tuxtape.core.livepatch;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a transition may take, and what happens then. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface TransitionPolicy {

    /**
     * Returns how long the transition may take before the policy acts.
     *
     * @return above zero
     */
    Duration deadline();

    /**
     * At the deadline the transition is reversed and the module removed. The safe choice.
     *
     * @param deadline above zero
     */
    record Reverse(Duration deadline) implements TransitionPolicy {
        /** Rejects a deadline that is not above zero. */
        public Reverse {
            requirePositive(deadline);
        }
    }

    /**
     * At the deadline the call returns, and the transition goes on.
     *
     * @param deadline above zero
     */
    record LeaveRunning(Duration deadline) implements TransitionPolicy {
        /** Rejects a deadline that is not above zero. */
        public LeaveRunning {
            requirePositive(deadline);
        }
    }

    /**
     * At the deadline the transition is forced.
     *
     * @param deadline above zero
     * @param permit who asked for it, and why
     */
    record Force(Duration deadline, ForcePermit permit) implements TransitionPolicy {
        /** Rejects a deadline that is not above zero. */
        public Force {
            requirePositive(deadline);
            Objects.requireNonNull(permit, "permit");
        }
    }

    private static void requirePositive(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("A deadline lies ahead: " + deadline + " does not.");
        }
    }
}
