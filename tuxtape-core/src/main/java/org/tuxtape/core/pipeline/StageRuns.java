package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.LivepatchModule;

/** Questions to the stages that something went through. */
final class StageRuns {
    private StageRuns() {}

    static <R extends StageResult> Optional<R> find(List<StageRun> stages, Class<R> kind) {
        return stages.stream()
                .map(StageRun::result)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    static boolean hasPassed(List<StageRun> stages, Stage stage) {
        return stages.stream()
                .anyMatch(run -> run.stage() == stage && run.result().isPassed());
    }

    static Duration took(List<StageRun> stages) {
        return stages.stream().map(StageRun::took).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns the module that was built or composed. */
    static Optional<LivepatchModule> module(List<StageRun> stages) {
        return find(stages, StageResult.Built.class)
                .map(StageResult.Built::outcome)
                .or(() -> find(stages, StageResult.Composed.class)
                        .map(composed -> composed.composition().outcome()))
                .flatMap(outcome ->
                        outcome instanceof BuildOutcome.Built built ? Optional.of(built.module()) : Optional.empty());
    }

    static Stream<StageResult.Threw> faults(List<StageRun> stages) {
        return stages.stream()
                .map(StageRun::result)
                .filter(StageResult.Threw.class::isInstance)
                .map(StageResult.Threw.class::cast);
    }
}
