package org.tuxtape.kpatch.internal.diagnosis;

import java.util.Objects;
import org.tuxtape.core.livepatch.BuildDiagnosis;

/** What came of a build, as far as the tool's own words tell. */
public sealed interface ToolVerdict {

    /** The tool says that there is a module. */
    record Built() implements ToolVerdict {}

    /**
     * The tool says that the fix changes nothing: evidence that it does not apply to this build, and no failure.
     *
     * @param reason one sentence
     */
    record NoChange(String reason) implements ToolVerdict {
        /** Rejects {@code null}. */
        public NoChange {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * There is no module.
     *
     * @param diagnosis why
     */
    record Failed(BuildDiagnosis diagnosis) implements ToolVerdict {
        /** Rejects {@code null}. */
        public Failed {
            Objects.requireNonNull(diagnosis, "diagnosis");
        }
    }

    /** The caller asked to stop before the tool had ended. */
    record Cancelled() implements ToolVerdict {}
}
