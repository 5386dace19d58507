package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.internal.Sorted;

/**
 * What a run of the pipeline gave.
 *
 * @param begin when it began
 * @param end when it ended
 * @param isCancelled whether its caller asked it to stop; what did not come to its turn is
 *     {@linkplain Standing.State#NOT_TRIED not tried}, and kernels may be missing
 * @param kernels one for each kernel that could be judged, in the order in which they were given
 * @param faults what broke, in the order of stages of each kernel; those of the sources first
 * @since 0.1
 */
public record PipelineReport(
        Instant begin, Instant end, boolean isCancelled, List<KernelRun> kernels, List<PipelineFault> faults) {

    /** Copies the lists, and rejects an end before the begin. */
    public PipelineReport {
        if (end.isBefore(begin)) {
            throw new IllegalArgumentException("A run that began at " + begin + " did not end at " + end + ".");
        }
        kernels = List.copyOf(kernels);
        faults = List.copyOf(faults);
    }

    /**
     * Returns how long the run took.
     *
     * @return from its begin to its end
     */
    public Duration took() {
        return Duration.between(begin, end);
    }

    /**
     * Returns every CVE that holds for any kernel of the run.
     *
     * @return the ids, in order
     */
    public SortedSet<CveId> cves() {
        SortedSet<CveId> ids = new TreeSet<>();
        kernels.forEach(kernel -> kernel.cves().forEach(run -> ids.add(run.id())));
        return Sorted.set(ids);
    }

    /**
     * Counts the CVEs of all kernels by state. A CVE of two kernels counts twice.
     *
     * @return for each state in which there is any, how many; in the order of {@link Standing.State}
     */
    public SortedMap<Standing.State, Integer> standings() {
        SortedMap<Standing.State, Integer> counts = new TreeMap<>();
        kernels.forEach(
                kernel -> kernel.standings().forEach((state, count) -> counts.merge(state, count, Integer::sum)));
        return Sorted.map(counts);
    }

    /**
     * Adds up how many came how far on all kernels.
     *
     * @return as {@link KernelRun#passages()} gives it for one kernel
     */
    public SortedMap<Stage, Share> passages() {
        SortedMap<Stage, Share> shares = new TreeMap<>();
        kernels.forEach(kernel -> kernel.passages().forEach((stage, share) -> shares.merge(stage, share, Share::plus)));
        return Sorted.map(shares);
    }

    /**
     * Returns the standing of a CVE on every kernel.
     *
     * @param id the CVE
     * @return its ways in the order of the kernels; of a kernel that does not know it there is none
     */
    public List<CveRun> find(CveId id) {
        List<CveRun> runs = new ArrayList<>();
        kernels.forEach(kernel -> kernel.find(id).ifPresent(runs::add));
        return List.copyOf(runs);
    }

    /**
     * Returns what does not depend on when the run was begun, and how often: two runs over the same CVEs, fixes and kernels
     * are equal in it, also if one of them was killed and run again. Times are zero, build reports empty, and a transition
     * that was made is as good as one that had been made before.
     *
     * @return a report that is to be compared, not to be read
     */
    public PipelineReport essence() {
        return Essence.of(this);
    }
}
