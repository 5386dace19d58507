package org.tuxtape.testkit.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.pipeline.Composer;
import org.tuxtape.core.pipeline.Loading;
import org.tuxtape.core.pipeline.Pipeline;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.ReviewPolicy;
import org.tuxtape.core.pipeline.Screen;
import org.tuxtape.core.pipeline.Screening;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.core.triage.Target;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.fake.FakeBuildProfile;
import org.tuxtape.testkit.fake.FakeCveSource;
import org.tuxtape.testkit.fake.FakeFixSource;
import org.tuxtape.testkit.fake.FakeLivepatchController;
import org.tuxtape.testkit.fake.FakePatchBuilder;

/**
 * One CVE for each way that one can go, and the parts that take it there. What outlives a process that is killed is in the
 * fields: the builder's store, the kernel, the reviews.
 */
final class House {
    static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.6.20"));
    static final CveId GOOD = id(1);
    static final CveId IN_A_MODULE = id(2);
    static final CveId WITHOUT_FIX = id(3);
    static final CveId FIXED_ELSEWHERE = id(4);
    static final CveId DOES_NOT_BUILD = id(5);
    static final CveId CHANGES_NOTHING = id(6);
    static final CveId HOPELESS = id(7);
    static final CveId COMPILED_OUT = id(8);
    static final CveId OPEN_QUESTION = id(9);
    static final CveId FIXED = id(10);
    static final CveId NOT_COMPILED = id(11);
    static final CveId GOOD_TOO = id(12);
    static final LivepatchName GOOD_PATCH = new LivepatchName("livepatch_2024_1001");

    private static final String SOCK = "net/core/sock.c";
    private static final String BTRFS = "fs/btrfs/inode.c";
    private static final TransitionPolicy POLICY = new TransitionPolicy.Reverse(Duration.ofMinutes(1));

    final Seam seam = new Seam();
    final ManualClock clock = ManualClock.create();
    final RecordingListener listener = new RecordingListener();
    final Map<BuildKey, BuildOutcome> store = new ConcurrentHashMap<>();
    final AtomicInteger builds = new AtomicInteger();
    final FakeLivepatchController kernel;
    private final Map<String, Reviews> reviews = new HashMap<>();

    House() {
        this(FakeLivepatchController.of(KERNEL.release()).withObject("btrfs").relaxed());
    }

    House(FakeLivepatchController kernel) {
        this.kernel = kernel;
    }

    static CveId id(int number) {
        return new CveId(2024, 1000 + number);
    }

    Context context() {
        return clock.context().with(listener);
    }

    // --- the six parts ---

    static FakeCveSource source() {
        return FakeCveSource.named("announcements")
                .published(affected(GOOD, SOCK))
                .published(affected(IN_A_MODULE, BTRFS))
                .published(affected(WITHOUT_FIX, SOCK))
                .published(affected(FIXED_ELSEWHERE, BTRFS))
                .published(affected(DOES_NOT_BUILD, SOCK))
                .published(affected(CHANGES_NOTHING, SOCK))
                .published(affected(HOPELESS, SOCK))
                .published(affected(COMPILED_OUT, SOCK))
                .published(Cve.builder(OPEN_QUESTION).files(SOCK).build())
                .published(Cve.builder(FIXED)
                        .ranges(AffectedRange.of(change("6.1"), change("6.6.3")))
                        .files(SOCK)
                        .build())
                .published(affected(NOT_COMPILED, "sound/core/pcm.c"))
                .published(affected(GOOD_TOO, SOCK))
                .build();
    }

    static Cve affected(CveId id) {
        return affected(id, SOCK);
    }

    private static Cve affected(CveId id, String file) {
        return Cve.builder(id)
                .title("something went wrong")
                .ranges(AffectedRange.of(change("6.1"), change("6.6.30")))
                .files(file)
                .build();
    }

    private static Change change(String version) {
        return Change.of(KernelVersion.parse(version));
    }

    static FakeBuildProfile profile(KernelBuild kernel) {
        return FakeBuildProfile.of(kernel)
                .compiled(SOCK, "vmlinux")
                .compiled(BTRFS, "fs/btrfs/btrfs")
                .absent("sound/core/pcm.c")
                .build();
    }

    private static FakeFixSource fixes() {
        FakeFixSource.Builder fixes = FakeFixSource.builder().missing(WITHOUT_FIX);
        for (CveId id : List.of(GOOD, IN_A_MODULE, DOES_NOT_BUILD, CHANGES_NOTHING, HOPELESS, COMPILED_OUT, GOOD_TOO)) {
            fixes.fix(fix(id, "6.6"));
        }
        return fixes.fix(fix(FIXED_ELSEWHERE, "6.7")).relaxed().build();
    }

    static Fix fix(CveId id, String branch) {
        String commit = String.format("%040x", id.number());
        return new Fix(
                id,
                KernelVersion.parse(branch),
                List.of(new FixCommit(Optional.of(CommitId.parse(commit)), "a fix", "a diff for " + id)));
    }

    private static Screening screen(Fix fix) {
        Map<CveId, Screening.Outlook> outlooks =
                Map.of(HOPELESS, Screening.Outlook.IMPOSSIBLE, COMPILED_OUT, Screening.Outlook.NO_EFFECT);
        Screening.Outlook outlook = outlooks.getOrDefault(fix.cve(), Screening.Outlook.LIKELY);
        return outlook.isHopeful()
                ? new Screening(outlook, List.of())
                : new Screening(
                        outlook,
                        List.of(new Screening.Finding(
                                "A_RULE",
                                outlook,
                                Optional.of(new SourcePlace(SourcePath.parse(SOCK), OptionalInt.of(7))),
                                Optional.empty(),
                                "It cannot be.",
                                "Leave it.")));
    }

    /** Builds each but two, and keeps what it has built. */
    private final class Builder implements PatchBuilder {
        private final FakePatchBuilder keys = FakePatchBuilder.builder().build();

        @Override
        public BuildKey key(BuildRequest request) {
            return keys.key(request);
        }

        @Override
        public BuildOutcome build(BuildRequest request, Context context) {
            BuildKey key = key(request);
            BuildOutcome stored = store.get(key);
            if (stored != null) {
                return stored;
            }
            builds.incrementAndGet();
            BuildOutcome outcome = fake(request).build(request, context);
            if (outcome instanceof BuildOutcome.Built) {
                store.put(key, outcome);
            }
            return outcome;
        }

        private FakePatchBuilder fake(BuildRequest request) {
            LivepatchName name = request.name();
            List<CveId> cves = request.fixes().stream().map(Fix::cve).toList();
            FakePatchBuilder.Builder builder = FakePatchBuilder.builder();
            if (cves.contains(DOES_NOT_BUILD)) {
                return builder.outcome(
                                name,
                                new BuildOutcome.Failed(
                                        BuildDiagnosis.of(BuildFailure.DATA_CHANGE, "a table grew", "Use a shadow."),
                                        BuildReport.none()))
                        .build();
            }
            if (cves.contains(CHANGES_NOTHING)) {
                return builder.outcome(name, new BuildOutcome.NoChange("No object changed.", BuildReport.none()))
                        .build();
            }
            return builder.builds(name, cves.stream().map(House::function).toArray(PatchedFunction[]::new))
                    .build();
        }
    }

    private static PatchedFunction function(CveId id) {
        KernelObject object = id.equals(IN_A_MODULE) ? KernelObject.module("fs/btrfs/btrfs") : KernelObject.VMLINUX;
        return new PatchedFunction(object, "function_" + id.number(), 1);
    }

    /** The kernel as the seam sees it. */
    private final class Controller implements LivepatchController {
        @Override
        public List<Livepatch> loaded() {
            return seam.through(kernel::loaded);
        }

        @Override
        public LoadPlan plan(LivepatchModule module) {
            return seam.through(() -> kernel.plan(module));
        }

        @Override
        public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
            return seam.through(() -> kernel.load(module, policy, context));
        }

        @Override
        public TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
            return seam.through(() -> kernel.disable(name, policy, context));
        }

        @Override
        public TransitionOutcome unload(LivepatchName name, Context context) {
            return seam.through(() -> kernel.unload(name, context));
        }
    }

    PatchBuilder builder() {
        Builder real = new Builder();
        return new PatchBuilder() {
            @Override
            public BuildKey key(BuildRequest request) {
                return seam.through(() -> real.key(request));
            }

            @Override
            public BuildOutcome build(BuildRequest request, Context context) {
                return seam.through(() -> real.build(request, context));
            }
        };
    }

    private FixSource seamedFixes() {
        FakeFixSource real = fixes();
        return new FixSource() {
            @Override
            public FixLookup find(Cve cve, KernelBuild build, Context context) {
                return seam.through(() -> real.find(cve, build, context));
            }
        };
    }

    // --- wired ---

    Workbench bench() {
        return bench(KERNEL);
    }

    Workbench bench(KernelBuild build) {
        Screen screen = (fix, context) -> seam.through(() -> screen(fix));
        return Workbench.of(Target.of(profile(build)).with(seamedFixes()))
                .screening(screen)
                .building(builder())
                .reviewedBy(this::reviews, new ReviewPolicy.Required());
    }

    Workbench composing() {
        return bench().composing((wanted, builder, context) ->
                seam.through(() -> Composer.allTogether().compose(wanted, builder, context)));
    }

    Loading loading(Loading.Purpose purpose) {
        return new Loading(new Controller(), POLICY, purpose);
    }

    Reviews reviews(LivepatchModule module) {
        return seam.through(() -> reviews.getOrDefault(module.manifest().sha256(), Reviews.none()));
    }

    PipelineReport run(Workbench... kernels) {
        return run(context(), kernels);
    }

    PipelineReport run(Context context, Workbench... kernels) {
        try (FakeCveSource source = source()) {
            return Pipeline.of(seamed(source)).run(List.of(kernels), context);
        }
    }

    private CveSource seamed(CveSource real) {
        return new CveSource() {
            @Override
            public SourceId id() {
                return real.id();
            }

            @Override
            public CveStream open(Cursor after, Context context) {
                seam.through(() -> after);
                return real.open(after, context);
            }
        };
    }

    /** Writes down what a reviewer decides about every module that is in the store. */
    void reviewAll(Review.Decision decision) {
        List<BuildOutcome> built = new ArrayList<>(store.values());
        built.forEach(outcome -> review(((BuildOutcome.Built) outcome).module(), decision));
    }

    void review(LivepatchModule module, Review.Decision decision) {
        String sha256 = module.manifest().sha256();
        reviews.merge(
                sha256,
                Reviews.none().with(new Review(decision, "Ada", "I read it.", ManualClock.START, sha256)),
                (before, now) -> before.with(now.all().get(0)));
    }

    /** Builds and approves all that the bench would load. */
    House approved() {
        run(composing());
        reviewAll(Review.Decision.APPROVED);
        return this;
    }

    /** Returns a module that nobody here has built. */
    static LivepatchModule module(String name) {
        BuildRequest request =
                new BuildRequest(new LivepatchName(name), KERNEL, List.of(fix(id(99), "6.6")), Replacement.REPLACE_ALL);
        PatchedFunction function = new PatchedFunction(KernelObject.VMLINUX, "of_another", 1);
        BuildOutcome outcome = FakePatchBuilder.builder()
                .builds(request.name(), function)
                .build()
                .build(request, Context.standard());
        return ((BuildOutcome.Built) outcome).module();
    }
}
