package org.tuxtape.kpatch.compose;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.pipeline.Composer;

/**
 * {@link PatchComposer} as a stage of a pipeline: it finds the fixes that break a cumulative patch, and leaves them out.
 *
 * <pre>{@code
 * workbench.composing(IsolatingComposer.with(composer -> composer.against(source::text)))
 * }</pre>
 *
 * @since 0.1
 */
public final class IsolatingComposer implements Composer {
    private final UnaryOperator<PatchComposer> settings;

    private IsolatingComposer(UnaryOperator<PatchComposer> settings) {
        this.settings = settings;
    }

    /**
     * Returns a composer that is set up as the caller wants it.
     *
     * @param settings given {@link PatchComposer#over}, returns the one that is to be used
     * @return the composer
     */
    public static IsolatingComposer with(UnaryOperator<PatchComposer> settings) {
        return new IsolatingComposer(settings);
    }

    @Override
    public org.tuxtape.core.pipeline.Composition compose(BuildRequest wanted, PatchBuilder builder, Context context) {
        CompositionOutcome outcome = settings.apply(PatchComposer.over(builder)).compose(wanted, context);
        Composition composition = outcome.composition();
        return new org.tuxtape.core.pipeline.Composition(
                outcome(outcome),
                composition.fixes().stream().map(Fix::cve).distinct().toList(),
                composition.leftOut().stream().map(IsolatingComposer::leftOut).toList());
    }

    private static BuildOutcome outcome(CompositionOutcome outcome) {
        if (outcome instanceof CompositionOutcome.Built built) {
            return new BuildOutcome.Built(built.module(), built.report());
        }
        if (outcome instanceof CompositionOutcome.Failed failed) {
            return failed.failure();
        }
        return outcome instanceof CompositionOutcome.Cancelled
                ? new BuildOutcome.Cancelled()
                : new BuildOutcome.NoChange("Each fix is left out, for a reason of its own.", BuildReport.none());
    }

    private static org.tuxtape.core.pipeline.LeftOut leftOut(LeftOut left) {
        return new org.tuxtape.core.pipeline.LeftOut(left.fix().cve(), reason(left.reason()), diagnosis(left.reason()));
    }

    private static String reason(LeftOut.Reason reason) {
        if (reason instanceof LeftOut.AlreadyThere there) {
            return there.through().isEmpty()
                    ? "The source has it already."
                    : "It comes with " + cves(there.through()) + ".";
        }
        if (reason instanceof LeftOut.NoChange none) {
            return none.reason();
        }
        if (reason instanceof LeftOut.Conflicts conflicts) {
            return "It does not build with " + cves(conflicts.with()) + ".";
        }
        if (reason instanceof LeftOut.Depends depends) {
            return "It needs " + cves(depends.on()) + ", left out too.";
        }
        return reason instanceof LeftOut.Undecided
                ? "It was not decided when the builds ended."
                : "No build with it came to an end.";
    }

    private static Optional<BuildDiagnosis> diagnosis(LeftOut.Reason reason) {
        Optional<BuildOutcome.Failed> seen = Optional.empty();
        if (reason instanceof LeftOut.Fails fails) {
            seen = Optional.of(fails.seen());
        } else if (reason instanceof LeftOut.Conflicts conflicts) {
            seen = Optional.of(conflicts.seen());
        } else if (reason instanceof LeftOut.Depends depends) {
            seen = Optional.of(depends.seen());
        } else if (reason instanceof LeftOut.Undecided undecided) {
            seen = undecided.seen();
        }
        return seen.map(BuildOutcome.Failed::diagnosis);
    }

    private static String cves(List<Fix> fixes) {
        return fixes.stream().map(fix -> fix.cve().toString()).distinct().collect(Collectors.joining(", "));
    }
}
