package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;

/**
 * The way of one kernel's cumulative patch.
 *
 * @param name what the module is called
 * @param wanted the CVEs whose fixes were to be in, in the order in which they were given
 * @param stages what it went through, in order, from {@link Stage#COMPOSE} on
 * @param standing where the patch as a whole stands at the end
 * @since 0.1
 */
public record CumulativeRun(LivepatchName name, List<CveId> wanted, List<StageRun> stages, Standing standing) {

    /** Copies the lists. */
    public CumulativeRun {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(standing, "standing");
        wanted = List.copyOf(wanted);
        stages = List.copyOf(stages);
    }

    /**
     * Returns the result of a stage.
     *
     * @param <R> the kind of result
     * @param kind its class
     * @return the result; empty if the patch did not come that far, or the stage threw
     */
    public <R extends StageResult> Optional<R> find(Class<R> kind) {
        return StageRuns.find(stages, kind);
    }

    /**
     * Tells whether a stage was gone through and passed.
     *
     * @param stage the stage
     * @return {@code false} also where it was not reached
     */
    public boolean hasPassed(Stage stage) {
        return StageRuns.hasPassed(stages, stage);
    }

    /**
     * Returns what was composed.
     *
     * @return what is in, what is not, and the module; empty if the composer threw
     */
    public Optional<Composition> composition() {
        return find(StageResult.Composed.class).map(StageResult.Composed::composition);
    }

    /**
     * Returns the module.
     *
     * @return the module; empty if none was built
     */
    public Optional<LivepatchModule> module() {
        return composition().flatMap(Composition::module);
    }

    /**
     * Returns what is in.
     *
     * @return the CVEs that the module fixes, in the order in which the fixes are applied
     */
    public List<CveId> included() {
        return composition().map(Composition::included).orElse(List.of());
    }

    /**
     * Returns what is not in, and why.
     *
     * @return the fixes that were left out, in the order in which they would have been applied
     */
    public List<LeftOut> leftOut() {
        return composition().map(Composition::leftOut).orElse(List.of());
    }

    /**
     * Returns how long all of it took.
     *
     * @return the sum of its stages
     */
    public Duration took() {
        return StageRuns.took(stages);
    }
}
