package org.tuxtape.report.internal.rows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Standing.State;

/**
 * One CVE on all kernels.
 *
 * @param id the CVE
 * @param runs its way on each kernel, in the order of the report; empty where the kernel's triage does not know it
 */
public record CveRow(CveId id, List<Optional<CveRun>> runs) {
    private static final Set<State> SETTLED = EnumSet.of(State.NOT_AFFECTED, State.FIXED);
    private static final Comparator<CveRow> ORDER = Comparator.comparing((CveRow row) -> row.isSettled())
            .thenComparing(row -> -row.score().orElse(-1))
            .thenComparing(CveRow::id, Comparator.reverseOrder());

    /** Copies the list. */
    public CveRow {
        runs = List.copyOf(runs);
    }

    /** Turns a report around; what the triage settled on every kernel stands last, the most urgent first. */
    public static List<CveRow> of(PipelineReport report) {
        int count = report.kernels().size();
        Map<CveId, List<Optional<CveRun>>> rows = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            KernelRun kernel = report.kernels().get(i);
            for (CveRun run : kernel.cves()) {
                rows.computeIfAbsent(run.id(), id -> unknown(count)).set(i, Optional.of(run));
            }
        }
        return rows.entrySet().stream()
                .map(row -> new CveRow(row.getKey(), row.getValue()))
                .sorted(ORDER)
                .toList();
    }

    private static List<Optional<CveRun>> unknown(int count) {
        return new ArrayList<>(
                Stream.generate(Optional::<CveRun>empty).limit(count).toList());
    }

    /** Returns the title of the CVE. */
    public String title() {
        return known().findFirst().map(run -> run.finding().cve().title()).orElse("");
    }

    /** Returns the highest score on any kernel. */
    public OptionalDouble score() {
        return known().flatMap(run -> run.finding().priority().stream())
                .flatMapToDouble(priority -> priority.score().stream())
                .max();
    }

    /** Returns whether no kernel has the code, or every one has the fix in its source. */
    public boolean isSettled() {
        return known().allMatch(CveRow::isSettled);
    }

    /** Returns whether one kernel does not have the code, or has the fix in its source. */
    public static boolean isSettled(CveRun run) {
        return SETTLED.contains(run.standing().state()) && run.stages().isEmpty();
    }

    /** Returns the ways that differ, each with the kernels that share it, by their place in the report. */
    public Map<CveRun, List<Integer>> ways() {
        Map<CveRun, List<Integer>> ways = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            int place = i;
            runs.get(i)
                    .ifPresent(run ->
                            ways.computeIfAbsent(run, any -> new ArrayList<>()).add(place));
        }
        return ways;
    }

    private Stream<CveRun> known() {
        return runs.stream().flatMap(Optional::stream);
    }
}
