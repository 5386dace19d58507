package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.TransitionOutcome;

/** What of a report does not depend on when, and how often, the run was begun. */
final class Essence {
    private Essence() {}

    static PipelineReport of(PipelineReport report) {
        return new PipelineReport(
                Instant.EPOCH,
                Instant.EPOCH,
                report.isCancelled(),
                report.kernels().stream().map(Essence::of).toList(),
                report.faults());
    }

    private static KernelRun of(KernelRun run) {
        return new KernelRun(
                run.name(),
                run.kernel(),
                run.provenance(),
                run.funnel(),
                run.cves().stream().map(Essence::of).toList(),
                run.cumulative()
                        .map(patch ->
                                new CumulativeRun(patch.name(), patch.wanted(), of(patch.stages()), patch.standing())),
                Duration.ZERO);
    }

    private static CveRun of(CveRun run) {
        return new CveRun(run.finding(), of(run.stages()), run.standing(), run.fallback());
    }

    private static List<StageRun> of(List<StageRun> stages) {
        return stages.stream()
                .map(run -> new StageRun(of(run.result()), Duration.ZERO))
                .toList();
    }

    private static StageResult of(StageResult result) {
        if (result instanceof StageResult.Built built) {
            return new StageResult.Built(built.key(), of(built.outcome()));
        }
        if (result instanceof StageResult.Composed composed) {
            Composition composition = composed.composition();
            return new StageResult.Composed(
                    new Composition(of(composition.outcome()), composition.included(), composition.leftOut()));
        }
        if (result instanceof StageResult.Loaded loaded) {
            return new StageResult.Loaded(of(loaded.outcome()));
        }
        if (result instanceof StageResult.Unloaded unloaded) {
            Optional<TransitionOutcome> removed = unloaded.removed().map(Essence::of);
            return new StageResult.Unloaded(of(unloaded.disabled()), removed, unloaded.proofs());
        }
        return result;
    }

    private static BuildOutcome of(BuildOutcome outcome) {
        if (outcome instanceof BuildOutcome.Built built) {
            return new BuildOutcome.Built(built.module(), BuildReport.none());
        }
        if (outcome instanceof BuildOutcome.NoChange none) {
            return new BuildOutcome.NoChange(none.reason(), BuildReport.none());
        }
        if (outcome instanceof BuildOutcome.Failed failed) {
            return new BuildOutcome.Failed(failed.diagnosis(), BuildReport.none());
        }
        return outcome;
    }

    private static TransitionOutcome of(TransitionOutcome outcome) {
        return outcome instanceof TransitionOutcome.Completed || outcome instanceof TransitionOutcome.AlreadySo
                ? new TransitionOutcome.AlreadySo()
                : outcome;
    }
}
