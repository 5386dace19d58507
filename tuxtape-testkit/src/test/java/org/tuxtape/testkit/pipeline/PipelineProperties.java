package org.tuxtape.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.pipeline.Composer;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.Loading;
import org.tuxtape.core.pipeline.Pipeline;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.ReviewPolicy;
import org.tuxtape.core.pipeline.Screening;
import org.tuxtape.core.pipeline.Screening.Outlook;
import org.tuxtape.core.pipeline.Stage;
import org.tuxtape.core.pipeline.StageResult;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.triage.Target;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.fake.FakeCveSource;
import org.tuxtape.testkit.fake.FakeLivepatchController;
import org.tuxtape.testkit.fake.FakePatchBuilder;

/** Any number of CVEs whose parts answer at random: what a run gives depends on the answers alone. */
class PipelineProperties {
    private static final TransitionPolicy POLICY = new TransitionPolicy.Reverse(Duration.ofMinutes(1));
    private static final ReviewPolicy WAIVED = new ReviewPolicy.Waived("a test", "to see it run");

    /** Answers at random, but the same to the same question. */
    private record Oracle(long seed) implements PatchBuilder {
        private int draw(String question, CveId cve, int bound) {
            return new Random(seed ^ (31L * question.hashCode() + cve.hashCode())).nextInt(bound);
        }

        FixLookup lookup(Cve cve) {
            Fix fix = House.fix(cve.id(), "6.6");
            return switch (draw("fix", cve.id(), 6)) {
                case 0 -> new FixLookup.Missing("Drawn.");
                case 1 -> new FixLookup.NeedsBackport(fix, "Drawn.");
                default -> new FixLookup.Found(fix);
            };
        }

        Screening screen(Fix fix) {
            Outlook[] all = Outlook.values();
            return new Screening(all[draw("screen", fix.cve(), all.length)], List.of());
        }

        @Override
        public BuildKey key(BuildRequest request) {
            return FakePatchBuilder.builder().build().key(request);
        }

        @Override
        public BuildOutcome build(BuildRequest request, Context context) {
            int answer = request.fixes().size() > 1
                    ? 3
                    : draw("build", request.fixes().get(0).cve(), 5);
            return switch (answer) {
                case 0 -> new BuildOutcome.NoChange("Drawn.", BuildReport.none());
                case 1 ->
                    new BuildOutcome.Failed(
                            BuildDiagnosis.of(BuildFailure.UNCLASSIFIED, "", "Look."), BuildReport.none());
                case 2 -> throw new IllegalStateException("drawn");
                default -> FakePatchBuilder.builder().relaxed().build().build(request, context);
            };
        }
    }

    private static PipelineReport run(
            long seed, int cves, boolean shuffled, int buildsAtOnce, int kernels, int kernelsAtOnce) {
        Oracle oracle = new Oracle(seed);
        List<Cve> all = new ArrayList<>();
        for (int i = 0; i < cves; i++) {
            all.add(House.affected(House.id(100 + i)));
        }
        if (shuffled) {
            Collections.shuffle(all, new Random(seed));
        }
        FakeCveSource.Builder source = FakeCveSource.named("drawn");
        all.forEach(source::published);
        List<Workbench> benches = new ArrayList<>();
        for (int i = 0; i < kernels; i++) {
            KernelBuild kernel = KernelBuild.of(KernelVersion.parse("6.6." + (20 + i)));
            benches.add(Workbench.of(Target.of(House.profile(kernel)).with((cve, build, context) -> oracle.lookup(cve)))
                    .screening((fix, context) -> oracle.screen(fix))
                    .building(oracle, buildsAtOnce)
                    .composing(Composer.allTogether())
                    .reviewedBy(module -> Reviews.none(), WAIVED)
                    .loading(new Loading(
                            FakeLivepatchController.of(kernel.release()).relaxed(), POLICY, Loading.Purpose.TRIAL)));
        }
        RecordingListener listener = new RecordingListener();
        PipelineReport report = Pipeline.of(source.build())
                .kernelsAtOnce(kernelsAtOnce)
                .run(benches, ManualClock.create().context().with(listener));
        listener.assertWellFormed();
        return report;
    }

    @Property(tries = 60)
    void theReportDependsOnTheAnswersAlone(
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int cves,
            @ForAll @IntRange(min = 1, max = 4) int buildsAtOnce,
            @ForAll @IntRange(min = 1, max = 3) int kernels,
            @ForAll @IntRange(min = 1, max = 3) int kernelsAtOnce) {
        PipelineReport one = run(seed, cves, false, 1, kernels, 1);
        PipelineReport other = run(seed, cves, true, buildsAtOnce, kernels, kernelsAtOnce);

        assertThat(other.essence()).isEqualTo(one.essence());
    }

    @Property(tries = 60)
    void noneIsProvenWithoutHavingPassedEachStageBefore(@ForAll long seed, @ForAll @IntRange(max = 12) int cves) {
        PipelineReport report = run(seed, cves, false, 2, 1, 1);

        for (CveRun run : report.kernels().get(0).cves()) {
            boolean isProven = run.standing().state() == State.PROVEN;
            boolean hasPassed =
                    List.of(Stage.FIX, Stage.SCREEN, Stage.BUILD, Stage.REVIEW, Stage.LOAD, Stage.PROVE).stream()
                            .allMatch(run::hasPassed);
            assertThat(isProven).as("%s", run.standing()).isEqualTo(hasPassed);
            assertThat(run.find(StageResult.Threw.class).isPresent())
                    .isEqualTo(run.standing().state() == State.FAULT);
            assertThat(run.fallback().isPresent())
                    .isEqualTo(run.standing().state().isWithoutLivepatch());
            for (int i = 0; i + 1 < run.stages().size(); i++) {
                assertThat(run.stages().get(i).result().isPassed()).isTrue();
            }
        }
        assertThat(report.kernels().get(0).standings().values().stream()
                        .mapToInt(i -> i)
                        .sum())
                .isEqualTo(cves);
    }
}
