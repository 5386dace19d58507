package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Funnel;
import org.tuxtape.core.triage.LadderStep;

/**
 * What a run gave for one kernel.
 *
 * @param name what it is called: no other kernel of the run is called so
 * @param kernel the kernel
 * @param provenance what its profile was made from
 * @param funnel how the mass of messages narrowed down to what it has to care about
 * @param cves every CVE that holds, most urgent first: open verdicts by falling score, then the settled ones
 * @param cumulative its cumulative patch; empty if none was asked for, or nothing was there to be put into it
 * @param triage how long its triage took
 * @since 0.1
 */
public record KernelRun(
        String name,
        KernelBuild kernel,
        String provenance,
        Funnel funnel,
        List<CveRun> cves,
        Optional<CumulativeRun> cumulative,
        Duration triage) {

    /** Copies the list. */
    public KernelRun {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(funnel, "funnel");
        Objects.requireNonNull(cumulative, "cumulative");
        Objects.requireNonNull(triage, "triage");
        cves = List.copyOf(cves);
    }

    /**
     * Looks one CVE up.
     *
     * @param id its identifier
     * @return its way; empty if the CVE is not known or was rejected
     */
    public Optional<CveRun> find(CveId id) {
        return cves.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /**
     * Returns the CVEs in a state.
     *
     * @param state the state
     * @return those that stand there, most urgent first
     */
    public List<CveRun> in(Standing.State state) {
        return cves.stream().filter(run -> run.standing().state() == state).toList();
    }

    /**
     * Returns what the kernel may still be open to at the end of the run.
     *
     * @return the CVEs whose state {@linkplain Standing.State#isExposed() is exposed}, most urgent first
     */
    public List<CveRun> exposed() {
        return cves.stream().filter(run -> run.standing().state().isExposed()).toList();
    }

    /**
     * Counts the CVEs by state.
     *
     * @return for each state in which there is any, how many; in the order of {@link Standing.State}
     */
    public SortedMap<Standing.State, Integer> standings() {
        SortedMap<Standing.State, Integer> counts = new TreeMap<>();
        cves.forEach(run -> counts.merge(run.standing().state(), 1, Integer::sum));
        return Sorted.map(counts);
    }

    /**
     * Counts how many came how far by themselves.
     *
     * @return for each stage that any CVE reached, in order, how many passed of how many; {@link Stage#TRIAGE} has those
     *     that were tried of all that hold
     */
    public SortedMap<Stage, Share> passages() {
        EnumMap<Stage, Share> shares = new EnumMap<>(Stage.class);
        for (CveRun run : cves) {
            shares.merge(Stage.TRIAGE, Share.of(!run.stages().isEmpty()), Share::plus);
            run.stages()
                    .forEach(stage ->
                            shares.merge(stage.stage(), Share.of(stage.result().isPassed()), Share::plus));
        }
        return Sorted.map(shares);
    }

    /**
     * Tells what each rung of the ladder added to the verdicts.
     *
     * @return one step per rung that was climbed for any CVE, lowest first
     */
    public List<LadderStep> ladder() {
        return LadderStep.of(findings());
    }

    private List<Finding> findings() {
        return cves.stream().map(CveRun::finding).toList();
    }
}
