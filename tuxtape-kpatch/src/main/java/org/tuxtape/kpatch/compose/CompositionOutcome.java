package org.tuxtape.kpatch.compose;

import java.util.Objects;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.LivepatchModule;

/**
 * How composing a cumulative patch ended. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface CompositionOutcome {

    /**
     * Returns what is in and what is not, as far as it is decided.
     *
     * @return the composition
     */
    Composition composition();

    /**
     * Returns what it took.
     *
     * @return how often the builder was called, those calls among them that a store answered
     */
    int builds();

    /**
     * There is a module with all that is in.
     *
     * @param composition what is in, and what is not
     * @param module the module
     * @param report how its build came about
     * @param builds how often the builder was called
     */
    record Built(Composition composition, LivepatchModule module, BuildReport report, int builds)
            implements CompositionOutcome {
        /** Rejects {@code null}. */
        public Built {
            Objects.requireNonNull(composition, "composition");
            Objects.requireNonNull(module, "module");
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * Nothing is in: each fix is left out, for a reason of its own.
     *
     * @param composition what is not in
     * @param builds how often the builder was called
     */
    record Empty(Composition composition, int builds) implements CompositionOutcome {
        /** Rejects {@code null}. */
        public Empty {
            Objects.requireNonNull(composition, "composition");
        }
    }

    /**
     * A build failed for a cause that lies in no fix, such as a tool that is not there or a full disk. What was in so far
     * is in the composition, from which a later call goes on.
     *
     * @param composition what was decided before
     * @param failure the build that failed
     * @param builds how often the builder was called
     */
    record Failed(Composition composition, BuildOutcome.Failed failure, int builds) implements CompositionOutcome {
        /** Rejects {@code null}. */
        public Failed {
            Objects.requireNonNull(composition, "composition");
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * The caller asked to stop. What was in so far is in the composition, from which a later call goes on.
     *
     * @param composition what was decided before
     * @param builds how often the builder was called
     */
    record Cancelled(Composition composition, int builds) implements CompositionOutcome {
        /** Rejects {@code null}. */
        public Cancelled {
            Objects.requireNonNull(composition, "composition");
        }
    }
}
