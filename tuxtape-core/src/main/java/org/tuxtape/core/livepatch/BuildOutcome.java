package org.tuxtape.core.livepatch;

import java.util.Objects;

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
     * @param report how it came about
     */
    record Built(LivepatchModule module, BuildReport report) implements BuildOutcome {
        /** Rejects {@code null}. */
        public Built {
            Objects.requireNonNull(module, "module");
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * The tool saw no change in what it compiled: the fix does not apply to this build. That is evidence, not a failure.
     *
     * @param reason one sentence
     * @param report how it came about
     */
    record NoChange(String reason, BuildReport report) implements BuildOutcome {
        /** Rejects {@code null}. */
        public NoChange {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * There is no module, and the cause is named as far as it is known.
     *
     * @param diagnosis the cause
     * @param report how it came about
     */
    record Failed(BuildDiagnosis diagnosis, BuildReport report) implements BuildOutcome {
        /** Rejects {@code null}. */
        public Failed {
            Objects.requireNonNull(diagnosis, "diagnosis");
            Objects.requireNonNull(report, "report");
        }
    }

    /** The caller asked to stop. Everything is as it was before the call. */
    record Cancelled() implements BuildOutcome {}
}
