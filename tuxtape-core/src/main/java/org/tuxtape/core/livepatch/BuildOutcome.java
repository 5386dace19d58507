package org.tuxtape.core.livepatch;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.KernelObject;

/**
 * How a build ended. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface BuildOutcome {

    /**
     * There is a module.
     *
     * @param module the module
     */
    record Built(LivepatchModule module) implements BuildOutcome {
        /** Rejects {@code null}. */
        public Built {
            Objects.requireNonNull(module, "module");
        }
    }

    /**
     * The tool saw no change in what it compiled: the fix does not apply to this build. That is evidence, not a failure.
     *
     * @param reason one sentence
     */
    record NoChange(String reason) implements BuildOutcome {
        /** Rejects {@code null}. */
        public NoChange {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * There is no module, and the cause is named as far as it is known.
     *
     * @param failure its class
     * @param object the object it is about
     * @param function the function or symbol it is about
     * @param excerpt the lines of the log that show it, possibly empty
     * @param remedy what a person can do, one sentence
     */
    record Failed(
            BuildFailure failure,
            Optional<KernelObject> object,
            Optional<String> function,
            String excerpt,
            String remedy)
            implements BuildOutcome {
        /** Rejects {@code null}. */
        public Failed {
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(function, "function");
            Objects.requireNonNull(excerpt, "excerpt");
            Objects.requireNonNull(remedy, "remedy");
        }
    }

    /** The caller asked to stop. Everything is as it was before the call. */
    record Cancelled() implements BuildOutcome {}
}
