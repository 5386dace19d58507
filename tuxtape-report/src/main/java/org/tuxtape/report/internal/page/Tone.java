package org.tuxtape.report.internal.page;

import java.util.Locale;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.pipeline.Approval;
import org.tuxtape.core.pipeline.StageResult;
import org.tuxtape.core.pipeline.Standing.State;

/** How a state is coloured and marked. It is always named too. */
enum Tone {
    /** The hole is closed. */
    GOOD,
    /** It was never there. */
    QUIET,
    /** It can be closed as soon as somebody decides to. */
    READY,
    /** Nobody knows yet. */
    OPEN,
    /** Somebody has to act. */
    BAD;

    static Tone of(State state) {
        return switch (state) {
            case FIXED, PATCHED -> GOOD;
            case NOT_AFFECTED, NO_EFFECT -> QUIET;
            case PROVEN, READY, AWAITING_REVIEW -> READY;
            case UNDECIDED, NOT_TRIED -> OPEN;
            case DENIED, UNPROVEN, TURNED_DOWN, CANNOT_BUILD, NEEDS_BACKPORT, NO_FIX, FAULT -> BAD;
        };
    }

    /** Where nobody has decided yet, and where there is nothing to do, nothing went wrong. */
    static Tone of(StageResult result) {
        if (result.isPassed()) {
            return GOOD;
        }
        if (result instanceof StageResult.Reviewed reviewed && reviewed.approval() instanceof Approval.Awaiting) {
            return READY;
        }
        return result instanceof StageResult.Built built && built.outcome() instanceof BuildOutcome.NoChange
                ? QUIET
                : BAD;
    }

    /** Returns the class of elements that have this tone. */
    String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
