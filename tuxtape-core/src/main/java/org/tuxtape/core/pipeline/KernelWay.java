package org.tuxtape.core.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.internal.Progress;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Target;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.core.triage.VexStatus;

/** The way for one kernel. Used once, by one thread. */
final class KernelWay {
    private final Workbench bench;
    private final String name;
    private final Selection selection;
    private final Context context;
    private final Stopwatch stopwatch;
    private final KernelTraits traits;
    private final TriageReport triage;
    private final Duration triageTook;
    private final Map<CveId, Candidate> candidates = new LinkedHashMap<>();
    private final Map<CveId, Standing> passedOver = new HashMap<>();
    private final List<CveId> wanted = new ArrayList<>();
    private final List<StageRun> cumulative = new ArrayList<>();
    private final List<PipelineFault> faults = new ArrayList<>();
    private Optional<LivepatchName> cumulativeName = Optional.empty();
    private boolean isCancelled;

    /**
     * Judges the CVEs for the kernel.
     *
     * @throws RuntimeException if that fails, and then there is no way
     */
    KernelWay(
            CveCatalog catalog,
            Workbench bench,
            Selection selection,
            Function<KernelTraits, Prioritizer> ranking,
            Context context) {
        this.bench = bench;
        this.selection = selection;
        this.context = context;
        this.stopwatch = new Stopwatch(context);
        Instant begin = context.clock().instant();
        this.traits = KernelTraits.of(bench.target().profile());
        this.triage =
                Triage.of(catalog).with(ranking.apply(traits)).with(context).against(guarded(bench.target()));
        this.triageTook = stopwatch.since(begin);
        this.name = bench.name().orElseGet(() -> triage.kernel().release().text());
        triage.affected().forEach(this::select);
    }

    /** A source of fixes with a defect leaves open what it was asked for, and no more. */
    private Target guarded(Target target) {
        return target.fixes()
                .map(fixes -> target.with((cve, build, asking) -> {
                    try {
                        return fixes.find(cve, build, asking);
                    } catch (TuxtapeException e) {
                        throw e;
                    } catch (RuntimeException e) {
                        String message = Stopwatch.message(e);
                        faults.add(new PipelineFault(Stage.TRIAGE, bench.name(), Optional.of(cve.id()), message));
                        throw new DefectException(message, e);
                    }
                }))
                .orElse(target);
    }

    private void select(Finding finding) {
        CveId id = finding.cve().id();
        if (!selection.names(id)) {
            passedOver.put(id, new Standing(State.NOT_TRIED, "It is not among those that were asked for.", ""));
        } else if (!selection.hasRoom(candidates.size())) {
            String reason = "It is beyond the limit of " + selection.limit().orElse(0) + ".";
            passedOver.put(id, new Standing(State.NOT_TRIED, reason, "Run it again without the limit."));
        } else {
            candidates.put(id, new Candidate(finding));
        }
    }

    private KernelBuild kernel() {
        return triage.kernel();
    }

    /** Goes the way, up to where the caller wants it to stop. */
    void go() {
        try {
            Progress.of(context, "patch " + name, candidates.size(), "CVEs", progress -> {
                build(progress);
                compose();
                review();
                bench.loading().ifPresent(this::load);
                return candidates.size();
            });
        } catch (CancelledException e) {
            isCancelled = true;
        }
    }

    boolean isCancelled() {
        return isCancelled;
    }

    /** First all are looked at and then all are built: a tool changes the very source that is looked at. */
    private void build(Progress progress) {
        List<Candidate> hopeful = hopeful();
        progress.advance(candidates.size() - hopeful.size());
        if (hopeful.isEmpty() || bench.builders().isEmpty()) {
            return;
        }
        Map<Candidate, Future<StageRun>> builds = new LinkedHashMap<>();
        try (BuildRoom room = new BuildRoom(bench.builders(), stopwatch)) {
            hopeful.forEach(candidate -> builds.put(candidate, room.submit(alone(candidate))));
            collect(builds, room, progress);
        }
    }

    private List<Candidate> hopeful() {
        return bench.target()
                .fixes()
                .map(fixes -> candidates.values().stream()
                        .filter(candidate -> prepare(candidate, fixes))
                        .toList())
                .orElse(List.of());
    }

    /** Of builds that are stopped, too, all that came to an end is taken. */
    private void collect(Map<Candidate, Future<StageRun>> builds, BuildRoom room, Progress progress) {
        boolean stopped = false;
        int done = candidates.size() - builds.size();
        for (Map.Entry<Candidate, Future<StageRun>> build : builds.entrySet()) {
            try {
                build.getKey().add(room.await(build.getValue()));
                progress.advance(++done);
            } catch (CancelledException e) {
                stopped = true;
            }
        }
        if (stopped) {
            throw new CancelledException();
        }
    }

    /** Finds the fix and looks at it, and tells whether it is worth a build. */
    private boolean prepare(Candidate candidate, FixSource fixes) {
        return candidate.add(stopwatch.run(
                        Stage.FIX,
                        () -> new StageResult.LookedUp(
                                fixes.find(candidate.finding().cve(), kernel(), context))))
                && candidate.add(stopwatch.run(
                        Stage.SCREEN,
                        () -> new StageResult.Screened(
                                bench.screen().screen(candidate.fix().orElseThrow(), context))));
    }

    private BuildRequest alone(Candidate candidate) {
        Fix fix = candidate.fix().orElseThrow();
        return new BuildRequest(PatchNames.of(fix.cve()), kernel(), List.of(fix), bench.replacement());
    }

    private void compose() {
        List<Fix> built = candidates.values().stream()
                .filter(candidate -> candidate.module().isPresent())
                .flatMap(candidate -> candidate.fix().stream())
                .toList();
        if (bench.composer().isEmpty() || built.isEmpty()) {
            return;
        }
        LivepatchName name = PatchNames.of(built);
        cumulativeName = Optional.of(name);
        built.forEach(fix -> wanted.add(fix.cve()));
        BuildRequest request = new BuildRequest(name, kernel(), built, bench.replacement());
        Candidate.note(
                cumulative,
                stopwatch.run(
                        Stage.COMPOSE,
                        () -> new StageResult.Composed(bench.composer()
                                .get()
                                .compose(request, bench.builders().get(0), context))));
    }

    private void review() {
        ways().forEach(stages -> StageRuns.module(stages)
                .ifPresent(module -> Candidate.note(
                        stages,
                        stopwatch.run(
                                Stage.REVIEW,
                                () -> new StageResult.Reviewed(bench.gate().ask(module))))));
    }

    /** The ways of the single patches, then that of the cumulative one. */
    private Stream<List<StageRun>> ways() {
        return Stream.concat(candidates.values().stream().map(Candidate::stages), Stream.of(cumulative));
    }

    private void load(Loading loading) {
        Machine machine = new Machine(loading, this::before, stopwatch);
        boolean isTrial = loading.purpose() == Loading.Purpose.TRIAL;
        List<List<StageRun>> ready = (isTrial ? ways() : Stream.of(cumulative))
                .filter(stages -> StageRuns.hasPassed(stages, Stage.REVIEW))
                .toList();
        if (isTrial && !swept(machine)) {
            return;
        }
        for (List<StageRun> stages : ready) {
            machine.bring(StageRuns.module(stages).orElseThrow(), run -> Candidate.note(stages, run));
        }
    }

    /** Takes out what a run that was killed has left, and tells whether that could be looked for. */
    private boolean swept(Machine machine) {
        List<LivepatchModule> own =
                ways().flatMap(stages -> StageRuns.module(stages).stream()).toList();
        Optional<StageResult.Threw> threw = stopwatch.prepare(Stage.LOAD, () -> machine.sweep(own));
        threw.ifPresent(it -> faults.add(fault(it, Optional.empty())));
        return threw.isEmpty();
    }

    private VexStatus before(CveId cve) {
        return triage.find(cve).map(finding -> finding.verdict().status()).orElse(VexStatus.UNDER_INVESTIGATION);
    }

    /** Returns what was found so far. */
    KernelRun report() {
        return new KernelRun(
                name,
                triage.kernel(),
                triage.provenance(),
                triage.funnel(),
                triage.findings().stream().map(this::report).toList(),
                cumulativeName.map(name -> new CumulativeRun(name, wanted, cumulative, Standings.of(cumulative))),
                triageTook);
    }

    private CveRun report(Finding finding) {
        CveId id = finding.cve().id();
        Candidate candidate = candidates.get(id);
        List<StageRun> stages = candidate == null ? List.of() : candidate.stages();
        Standing standing = Standings.settled(finding)
                .or(() -> Optional.ofNullable(passedOver.get(id)))
                .orElseGet(() -> standing(id, stages));
        Optional<Fallback> fallback = standing.state().isWithoutLivepatch()
                ? Optional.of(Fallback.of(finding, kernel(), traits))
                : Optional.empty();
        return new CveRun(finding, stages, standing, fallback);
    }

    private Standing standing(CveId id, List<StageRun> stages) {
        if (bench.target().fixes().isEmpty()) {
            return new Standing(State.NOT_TRIED, "No source of fixes was given, so none was looked for.", "Give one.");
        }
        Standing own = own(id, stages);
        Optional<Composition> composition =
                StageRuns.find(cumulative, StageResult.Composed.class).map(StageResult.Composed::composition);
        if (composition.filter(patch -> patch.included().contains(id)).isPresent()) {
            return Standings.more(own, Standings.of(cumulative, id));
        }
        return composition
                .flatMap(patch -> patch.leftOut().stream()
                        .filter(left -> left.cve().equals(id))
                        .findFirst())
                .map(left -> new Standing(
                        own.state(),
                        own.reason() + " It is not in the cumulative patch: " + left.reason(),
                        own.remedy()))
                .orElse(own);
    }

    private Standing own(CveId id, List<StageRun> stages) {
        Standing own = Standings.of(stages, id);
        return isCancelled && own.state() == State.NOT_TRIED ? Standings.CANCELLED : own;
    }

    /** Returns what broke: in the triage and the kernel as a whole, then of each CVE in the order of the findings. */
    List<PipelineFault> faults() {
        List<PipelineFault> all = new ArrayList<>(faults);
        candidates.forEach((id, candidate) ->
                StageRuns.faults(candidate.stages()).forEach(threw -> all.add(fault(threw, Optional.of(id)))));
        StageRuns.faults(cumulative).forEach(threw -> all.add(fault(threw, Optional.empty())));
        return all;
    }

    private PipelineFault fault(StageResult.Threw threw, Optional<CveId> cve) {
        return new PipelineFault(threw.stage(), Optional.of(name), cve, threw.message());
    }
}
