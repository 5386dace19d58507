package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.triage.Finding;

/**
 * The way of one CVE for one kernel.
 *
 * @param finding what the triage found: the CVE, the verdict with its evidence, the priority
 * @param stages what it went through behind the triage, in order; none for what the triage settled, and of what is in a
 *     cumulative patch only its own way, see {@link KernelRun#cumulative()} for that of the patch
 * @param standing where it stands at the end, also by the cumulative patch
 * @param fallback what remains if it is {@linkplain Standing.State#isWithoutLivepatch() without a livepatch}; else empty
 * @since 0.1
 */
public record CveRun(Finding finding, List<StageRun> stages, Standing standing, Optional<Fallback> fallback) {

    /** Copies the list. */
    public CveRun {
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(fallback, "fallback");
        stages = List.copyOf(stages);
    }

    /**
     * Names the CVE.
     *
     * @return its id
     */
    public CveId id() {
        return finding.cve().id();
    }

    /**
     * Returns the result of a stage.
     *
     * @param <R> the kind of result
     * @param kind its class
     * @return the result; empty if the CVE did not come that far, or the stage threw
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
     * Returns what was known of the fix.
     *
     * @return the lookup; empty if none was made
     */
    public Optional<FixLookup> fix() {
        return find(StageResult.LookedUp.class).map(StageResult.LookedUp::lookup);
    }

    /**
     * Returns what was to be expected before the build.
     *
     * @return the screening; empty if none was made
     */
    public Optional<Screening> screening() {
        return find(StageResult.Screened.class).map(StageResult.Screened::screening);
    }

    /**
     * Returns how the build of this one fix ended.
     *
     * @return the outcome; empty if it was not built by itself
     */
    public Optional<BuildOutcome> build() {
        return find(StageResult.Built.class).map(StageResult.Built::outcome);
    }

    /**
     * Returns the module of this one fix.
     *
     * @return the module; empty if none was built
     */
    public Optional<LivepatchModule> module() {
        return StageRuns.module(stages);
    }

    /**
     * Returns why no module was built.
     *
     * @return the diagnosis; empty if no build failed
     */
    public Optional<BuildDiagnosis> diagnosis() {
        return build().flatMap(outcome ->
                outcome instanceof BuildOutcome.Failed failed ? Optional.of(failed.diagnosis()) : Optional.empty());
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
