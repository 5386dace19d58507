package org.tuxtape.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.triage.Finding;

/** A CVE on its way. Used by one thread. */
final class Candidate {
    private final Finding finding;
    private final List<StageRun> stages = new ArrayList<>();

    Candidate(Finding finding) {
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }

    List<StageRun> stages() {
        return stages;
    }

    /** Notes a stage, and tells whether the way goes on. */
    boolean add(StageRun run) {
        return note(stages, run);
    }

    /**
     * Notes a stage, and tells whether the way goes on.
     *
     * @throws CancelledException if the stage was ended by its caller
     */
    static boolean note(List<StageRun> stages, StageRun run) {
        stages.add(run);
        if (run.isCancelled()) {
            throw new CancelledException();
        }
        return run.result().isPassed();
    }

    Optional<Fix> fix() {
        return StageRuns.find(stages, StageResult.LookedUp.class)
                .flatMap(found ->
                        found.lookup() instanceof FixLookup.Found own ? Optional.of(own.fix()) : Optional.empty());
    }

    Optional<LivepatchModule> module() {
        return StageRuns.module(stages);
    }
}
