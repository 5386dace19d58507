package org.tuxtape.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.pipeline.Approval;
import org.tuxtape.core.pipeline.Composition;
import org.tuxtape.core.pipeline.CumulativeRun;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.Fallback;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.LeftOut;
import org.tuxtape.core.pipeline.Measure;
import org.tuxtape.core.pipeline.PipelineFault;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Stage;
import org.tuxtape.core.pipeline.StageResult;
import org.tuxtape.core.pipeline.StageRun;
import org.tuxtape.core.pipeline.Standing;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Funnel;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Reason;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.core.triage.VexStatus;

/** Runs to be reported, none of which was ever made. */
final class Runs {
    static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private Runs() {}

    static CveId id(int number) {
        return new CveId(2026, 1000 + number);
    }

    /** One kernel, one CVE of each kind, a cumulative patch and a fault. */
    static PipelineReport small() {
        return report(List.of(kernel("6.1.140", everyKind(), Optional.of(cumulative()))), List.of(fault()));
    }

    /** Several kernels, on which the same CVEs go different ways. */
    static PipelineReport fleet() {
        List<CveRun> others = everyKind().stream()
                .map(run -> run.stages().isEmpty()
                        ? run
                        : settled(run.id(), run.finding().cve().title(), State.FIXED))
                .toList();
        return report(
                List.of(
                        kernel("6.1.140", everyKind(), Optional.of(cumulative())),
                        kernel("6.6.90-cloud-amd64", others, Optional.empty()),
                        kernel("6.12.30", everyKind().subList(2, 6), Optional.empty())),
                List.of(fault()));
    }

    /** Nothing but many. */
    static PipelineReport large(int cves, int kernels) {
        List<KernelRun> runs = new ArrayList<>();
        for (int kernel = 0; kernel < kernels; kernel++) {
            List<CveRun> all = new ArrayList<>();
            for (int i = 0; i < cves; i++) {
                String title =
                        "net: subsystem " + i % 97 + ": a reference is dropped twice when device " + i + " goes away";
                int kind = (i + kernel) % 40;
                all.add(
                        kind == 0
                                ? cannotBuild(i, title)
                                : kind == 1
                                        ? patched(i, title)
                                        : settled(id(i), title, kind % 3 == 0 ? State.NOT_AFFECTED : State.FIXED));
            }
            runs.add(kernel("6." + (kernel + 1) + ".100", all, Optional.empty()));
        }
        return report(runs, List.of());
    }

    /** One kernel with one CVE whose every text is the given one. */
    static PipelineReport saying(String text) {
        Verdict verdict = Verdict.of(
                List.of(new Evidence.Version(Optional.of(VexStatus.AFFECTED), Optional.empty(), true, text)));
        Finding finding = new Finding(
                Cve.builder(id(1)).title(text).description(text).build(),
                verdict,
                Optional.of(Priority.of(50, List.of(Reason.of(text, 50, text)))));
        BuildOutcome failed =
                new BuildOutcome.Failed(BuildDiagnosis.of(BuildFailure.COMPILE_ERROR, text, text), BuildReport.none());
        List<StageRun> stages = List.of(
                took(new StageResult.LookedUp(new FixLookup.Missing(text)), 1),
                took(new StageResult.Built(new BuildKey(DIGEST), failed), 2),
                took(new StageResult.Threw(Stage.LOAD, text), 3));
        Fallback fallback = new Fallback(id(1), List.of(new Measure.SetSysctl("kernel." + text, text, text)), text);
        CveRun run = new CveRun(finding, stages, new Standing(State.CANNOT_BUILD, text, text), Optional.of(fallback));
        LeftOut left = new LeftOut(id(1), text, Optional.of(BuildDiagnosis.of(BuildFailure.KILLED, text, text)));
        CumulativeRun patch = new CumulativeRun(
                new LivepatchName("livepatch_all"),
                List.of(id(1)),
                List.of(took(new StageResult.Composed(new Composition(failed, List.of(), List.of(left))), 4)),
                new Standing(State.CANNOT_BUILD, text, text));
        KernelRun kernel = new KernelRun(
                text,
                new KernelBuild(
                        KernelRelease.parse("6.1.140"),
                        KernelVersion.parse("6.1.140"),
                        Optional.of(text),
                        Optional.of(text),
                        Optional.empty()),
                text,
                funnel(1),
                List.of(run),
                Optional.of(patch),
                Duration.ZERO);
        return report(
                List.of(kernel), List.of(new PipelineFault(Stage.READ, Optional.empty(), Optional.empty(), text)));
    }

    private static PipelineReport report(List<KernelRun> kernels, List<PipelineFault> faults) {
        return new PipelineReport(BEGIN, BEGIN.plusSeconds(4523), false, kernels, faults);
    }

    private static PipelineFault fault() {
        return new PipelineFault(Stage.BUILD, Optional.of("6.1.140"), Optional.of(id(9)), "The disk is full.");
    }

    private static KernelRun kernel(String release, List<CveRun> runs, Optional<CumulativeRun> cumulative) {
        KernelBuild kernel = new KernelBuild(
                KernelRelease.parse(release),
                KernelRelease.parse(release).version(),
                Optional.of("x86_64"),
                Optional.of("gcc 12.2.0"),
                Optional.of(DIGEST));
        return new KernelRun(
                release,
                kernel,
                "the Kbuild tree /usr/src/linux-" + release,
                funnel(runs.size()),
                runs,
                cumulative,
                Duration.ofMillis(2340));
    }

    private static Funnel funnel(int cves) {
        return new Funnel(
                cves + 5,
                2,
                3,
                cves,
                cves * 2 / 3,
                cves / 6,
                cves / 2,
                cves / 9,
                cves / 4,
                0,
                new TreeMap<>(Map.of(
                        KernelObject.VMLINUX,
                        cves / 2,
                        KernelObject.module("fs/btrfs/btrfs"),
                        cves / 5,
                        KernelObject.module("net/sctp/sctp"),
                        cves / 7)));
    }

    static List<CveRun> everyKind() {
        return List.of(
                patched(1, "net: sock: a socket is freed while a reader still holds it"),
                cannotBuild(2, "lib: a counter overflows when two threads add to it"),
                run(
                        3,
                        "fs/btrfs: a scrub may follow a missing extent tree",
                        47,
                        new Standing(
                                State.AWAITING_REVIEW,
                                "Nobody has decided about livepatch_2026_1003.ko.",
                                "Review it."),
                        List.of(found(3), built(3), took(new StageResult.Reviewed(new Approval.Awaiting()), 0)),
                        Optional.empty()),
                run(
                        4,
                        "sctp: a chunk is read past its end",
                        71,
                        new Standing(
                                State.TURNED_DOWN,
                                "The transition did not end before its deadline.",
                                "Stop what blocks it, and load it again."),
                        List.of(
                                found(4),
                                built(4),
                                approved(),
                                took(new StageResult.Loaded(new TransitionOutcome.Reversed(List.of())), 60_000)),
                        Optional.of(new Fallback(
                                id(4),
                                List.of(new Measure.DenyModule(
                                        KernelObject.module("net/sctp/sctp"),
                                        "install sctp /bin/false",
                                        Optional.of(false),
                                        "net/sctp/sm_make_chunk.c is compiled into net/sctp/sctp alone.")),
                                "Anybody who can open a socket can reach it."))),
                run(
                        5,
                        "mm: a page is mapped twice",
                        55,
                        new Standing(State.NEEDS_BACKPORT, "There is a fix for 6.12 only.", "Adapt the fix by hand."),
                        List.of(took(
                                new StageResult.LookedUp(
                                        new FixLookup.NeedsBackport(fix(5), "There is a fix for 6.12 only.")),
                                12)),
                        Optional.of(new Fallback(id(5), List.of(), "Any user can map pages."))),
                run(
                        6,
                        "drivers: a timer fires after its device went",
                        22,
                        new Standing(State.NO_EFFECT, "The fix changes nothing that is compiled into this kernel.", ""),
                        List.of(found(6)),
                        Optional.empty()),
                undecided(7, "tracing: an event may be read before it is written"),
                settled(id(8), "sound: a stream is closed twice", State.NOT_AFFECTED),
                run(
                        9,
                        "ipv6: a route is used after it was freed",
                        83,
                        new Standing(
                                State.FAULT,
                                "The stage build failed: The disk is full.",
                                "Mend what is broken, and run it again."),
                        List.of(found(9), took(new StageResult.Threw(Stage.BUILD, "The disk is full."), 800)),
                        Optional.empty()),
                settled(id(10), "ext4: an inode is written after an error", State.FIXED));
    }

    private static CveRun patched(int number, String title) {
        return run(
                number,
                title,
                64,
                new Standing(
                        State.PATCHED,
                        "livepatch_2026_" + (1000 + number) + " is in force, and vmlinux reports patched 1.",
                        ""),
                List.of(
                        found(number),
                        built(number),
                        approved(),
                        took(
                                new StageResult.Loaded(
                                        new TransitionOutcome.Completed(Duration.ofMillis(1800), false, List.of())),
                                1900)),
                Optional.empty());
    }

    private static CveRun cannotBuild(int number, String title) {
        BuildDiagnosis diagnosis = new BuildDiagnosis(
                BuildFailure.NOT_TRACEABLE,
                Optional.of(new SourcePlace(SourcePath.parse("lib/percpu_counter.c"), OptionalInt.of(88))),
                Optional.of(KernelObject.VMLINUX),
                Optional.of("percpu_counter_add_batch"),
                "lib/percpu_counter.o: function percpu_counter_add_batch has no fentry/mcount call, unable to patch",
                "Patch its callers instead.");
        return run(
                number,
                title,
                88,
                new Standing(State.CANNOT_BUILD, "A function has no hook of ftrace.", "Patch its callers instead."),
                List.of(
                        found(number),
                        took(
                                new StageResult.Built(
                                        new BuildKey(DIGEST), new BuildOutcome.Failed(diagnosis, BuildReport.none())),
                                184_000)),
                Optional.of(new Fallback(
                        id(number),
                        List.of(
                                new Measure.SetSysctl(
                                        "user.max_user_namespaces",
                                        "0",
                                        "The way to it begins with a namespace of one's own."),
                                new Measure.BootInto(
                                        KernelVersion.parse("6.1.152"),
                                        true,
                                        Optional.of(commit(number)),
                                        "The record names it as the first of the branch.")),
                        "Any user who may create a user namespace can reach it.")));
    }

    private static CveRun run(
            int number,
            String title,
            int score,
            Standing standing,
            List<StageRun> stages,
            Optional<Fallback> fallback) {
        Verdict verdict = Verdict.of(List.of(
                new Evidence.Version(
                        Optional.of(VexStatus.AFFECTED),
                        Optional.empty(),
                        true,
                        "Introduced in 5.11; this branch is fixed in 6.1.152, and the kernel has a vendor's suffix."),
                new Evidence.Files(new TreeMap<>(), "lib/percpu_counter.c is compiled into vmlinux.")));
        Priority priority = Priority.of(
                score,
                List.of(
                        Reason.of("weakness", score - 25, "Use after free, since its text says so."),
                        Reason.of("attack-surface", 15, "Reachable by any user."),
                        Reason.of("exposure", 10, "Built into the kernel image."),
                        Reason.of("cvss", "No rating is known.")));
        return new CveRun(
                new Finding(Cve.builder(id(number)).title(title).build(), verdict, Optional.of(priority)),
                stages,
                standing,
                fallback);
    }

    private static CveRun undecided(int number, String title) {
        Verdict verdict = Verdict.of(
                List.of(new Evidence.Version(Optional.empty(), Optional.empty(), false, "No version is known.")));
        return new CveRun(
                new Finding(
                        Cve.builder(id(number)).title(title).build(),
                        verdict,
                        Optional.of(Priority.unknown("weakness", "Nothing is known."))),
                List.of(),
                new Standing(
                        State.UNDECIDED,
                        "No version is known.",
                        "Look at it; with the kernel's source more can be told."),
                Optional.empty());
    }

    private static CveRun settled(CveId id, String title, State state) {
        VexStatus status = state == State.FIXED ? VexStatus.FIXED : VexStatus.NOT_AFFECTED;
        String reason = state == State.FIXED
                ? "Introduced in 4.19 (commit 0f3d1c2b4a59); this branch is fixed in 6.1.120 (commit 8a7b6c5d4e3f)."
                : "Introduced in 6.13 (commit 0f3d1c2b4a59), which this branch does not have.";
        Verdict verdict =
                Verdict.of(List.of(new Evidence.Version(Optional.of(status), Optional.empty(), false, reason)));
        return new CveRun(
                new Finding(Cve.builder(id).title(title).build(), verdict, Optional.empty()),
                List.of(),
                new Standing(state, reason, ""),
                Optional.empty());
    }

    private static CumulativeRun cumulative() {
        LeftOut left = new LeftOut(
                id(2),
                "It does not build by itself.",
                Optional.of(BuildDiagnosis.of(BuildFailure.NOT_TRACEABLE, "", "Patch its callers instead.")));
        Composition composition = new Composition(
                new BuildOutcome.Built(module("livepatch_all", 1, 3, 4), BuildReport.none()),
                List.of(id(1), id(3), id(4)),
                List.of(left));
        return new CumulativeRun(
                new LivepatchName("livepatch_all"),
                List.of(id(1), id(2), id(3), id(4)),
                List.of(
                        took(new StageResult.Composed(composition), 411_000),
                        took(new StageResult.Reviewed(new Approval.Awaiting()), 0)),
                new Standing(State.AWAITING_REVIEW, "Nobody has decided about livepatch_all.ko.", "Review it."));
    }

    private static StageRun found(int number) {
        return took(new StageResult.LookedUp(new FixLookup.Found(fix(number))), 35);
    }

    private static Fix fix(int number) {
        return new Fix(
                id(number),
                KernelVersion.parse("6.1"),
                List.of(new FixCommit(Optional.of(commit(number)), "Hold the socket while it is read", "")));
    }

    private static CommitId commit(int number) {
        return CommitId.parse(String.format("%040x", 0xabcdef00L + number));
    }

    private static StageRun built(int number) {
        return took(
                new StageResult.Built(
                        new BuildKey(DIGEST),
                        new BuildOutcome.Built(
                                module("livepatch_2026_" + (1000 + number), number), BuildReport.none())),
                96_500);
    }

    private static StageRun approved() {
        return took(
                new StageResult.Reviewed(new Approval.Approved(
                        new Review(Review.Decision.APPROVED, "Ada", "read and tried", BEGIN, DIGEST))),
                0);
    }

    private static LivepatchModule module(String name, int... numbers) {
        TreeMap<CveId, Manifest.FixedBy> fixes = new TreeMap<>();
        IntStream.of(numbers)
                .forEach(number -> fixes.put(
                        id(number),
                        new Manifest.FixedBy(List.of(commit(number)), new TreeSet<>(List.of(KernelObject.VMLINUX)))));
        Manifest manifest = new Manifest(
                new LivepatchName(name),
                DIGEST,
                KernelRelease.parse("6.1.140"),
                "6.1.140 SMP mod_unload",
                "kpatch-build 0.9.10",
                Optional.of(new BuildKey(DIGEST)),
                Replacement.REPLACE_ALL,
                fixes,
                new TreeSet<>(List.of(new PatchedFunction(KernelObject.VMLINUX, "sock_release", 1))));
        return new LivepatchModule(Path.of("/srv/patches").resolve(name + ".ko"), manifest);
    }

    private static StageRun took(StageResult result, long millis) {
        return new StageRun(result, Duration.ofMillis(millis));
    }
}
