package org.tuxtape.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.testkit.pipeline.PipelineTest.cve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.pipeline.Approval;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.Loading.Purpose;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Proof;
import org.tuxtape.core.pipeline.ReviewPolicy;
import org.tuxtape.core.pipeline.Stage;
import org.tuxtape.core.pipeline.StageResult;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.triage.VexStatus;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.fake.FakeLivepatchController;

/** The gate, the kernel behind it, and what counts as proof. */
class PipelineLoadingTest {
    private final House house = new House();

    @AfterEach
    void everyTaskKeptToTheGrammar() {
        house.listener.assertWellFormed();
    }

    private Workbench trial() {
        return house.composing().loading(house.loading(Purpose.TRIAL));
    }

    private Workbench keep() {
        return house.composing().loading(house.loading(Purpose.KEEP));
    }

    // --- the gate ---

    @Test
    void whatNobodyHasApprovedIsNotLoaded() {
        PipelineReport report = house.run(trial());

        assertThat(cve(report, House.GOOD).standing().state()).isEqualTo(State.AWAITING_REVIEW);
        assertThat(report.kernels().get(0).cves()).noneMatch(run -> run.hasPassed(Stage.LOAD));
        assertThat(house.kernel.loaded()).isEmpty();
    }

    @Test
    void whatAReviewerHasDeniedIsNotLoadedWhateverThePolicySays() {
        house.run(house.composing());
        house.reviewAll(Review.Decision.DENIED);
        Workbench bench = trial().reviewedBy(module -> house.reviews(module), new ReviewPolicy.Waived("Bob", "a lab"));

        CveRun run = cve(house.run(bench), House.GOOD);

        assertThat(run.standing().state()).isEqualTo(State.DENIED);
        assertThat(run.standing().reason()).isEqualTo("Ada has denied it: I read it.");
        assertThat(run.hasPassed(Stage.LOAD)).isFalse();
    }

    @Test
    void whoWaivesTheReviewIsNamedInTheReport() {
        ReviewPolicy.Waived waiver = new ReviewPolicy.Waived("Bob", "a lab");

        CveRun run = cve(house.run(trial().reviewedBy(house::reviews, waiver)), House.GOOD);

        assertThat(run.find(StageResult.Reviewed.class))
                .contains(new StageResult.Reviewed(new Approval.NotAsked(waiver)));
        assertThat(run.standing().state()).isEqualTo(State.PROVEN);
    }

    @Test
    void theLastReviewCounts() {
        house.approved().reviewAll(Review.Decision.DENIED);

        assertThat(cve(house.run(trial()), House.GOOD).standing().state()).isEqualTo(State.DENIED);
    }

    @Test
    void aReviewOfAnotherContentIsNone() {
        Review review = new Review(Review.Decision.APPROVED, "Ada", "I read it.", ManualClock.START, "0".repeat(64));
        Workbench other = trial().reviewedBy(module -> Reviews.none().with(review), new ReviewPolicy.Required());

        assertThat(cve(house.run(other), House.GOOD).standing().state()).isEqualTo(State.AWAITING_REVIEW);
    }

    @Test
    void withoutAMachineTheWayEndsAtTheReviewedModule() {
        CveRun run = cve(house.approved().run(house.composing()), House.GOOD);

        assertThat(run.standing().state()).isEqualTo(State.READY);
        assertThat(run.standing().reason()).contains("Ada");
    }

    // --- a trial ---

    @Test
    void aTrialIsProvenByTheKernelAndTakenOutAgain() {
        CveRun run = cve(house.approved().run(trial()), House.GOOD);

        assertThat(run.standing().state()).isEqualTo(State.PROVEN);
        assertThat(run.find(StageResult.Proven.class).orElseThrow().proofs())
                .singleElement()
                .satisfies(proof -> {
                    assertThat(proof.status()).isEqualTo(VexStatus.FIXED);
                    assertThat(proof.patched()).containsExactly(Map.entry("vmlinux", Optional.of(true)));
                });
        assertThat(house.kernel.loaded()).isEmpty();
    }

    @Test
    void afterTheModuleIsOutTheVerdictIsAffectedAgain() {
        CveRun run = cve(house.approved().run(trial()), House.GOOD);

        assertThat(run.find(StageResult.Unloaded.class).orElseThrow().proofs())
                .extracting(Proof::status)
                .containsExactly(VexStatus.AFFECTED);
        assertThat(run.standing().status(VexStatus.AFFECTED)).isEqualTo(VexStatus.AFFECTED);
        assertThat(run.standing().reason()).endsWith("the kernel is affected.");
    }

    @Test
    void theCumulativePatchIsTriedLast() {
        PipelineReport report = house.approved().run(trial());

        assertThat(report.kernels().get(0).cumulative().orElseThrow().find(StageResult.Proven.class))
                .get()
                .extracting(StageResult.Proven::proofs)
                .satisfies(proofs -> assertThat(proofs).hasSize(3).allMatch(Proof::isFixed));
        assertThat(report.kernels().get(0).cumulative().orElseThrow().standing().state())
                .isEqualTo(State.PROVEN);
    }

    @Test
    void aTrialTakesNothingOfOthersOutOfForce() {
        house.approved();
        LivepatchModule others = House.module("livepatch_of_another");
        house.kernel.load(others, house.loading(Purpose.TRIAL).transition(), house.context());

        CveRun run = cve(house.run(trial()), House.GOOD);

        assertThat(run.standing().state()).isEqualTo(State.TURNED_DOWN);
        assertThat(run.standing().reason()).contains("livepatch_of_another");
        assertThat(house.kernel.loaded())
                .extracting(Livepatch::name)
                .containsExactly(others.manifest().name());
    }

    @Test
    void whatTheKernelRefusesIsTurnedDownAndTheOthersGoOn() {
        house.approved();
        house.kernel.refuse(House.GOOD_PATCH, "ENOMEM");

        PipelineReport report = house.run(house.bench().loading(house.loading(Purpose.TRIAL)));

        assertThat(cve(report, House.GOOD).standing().state()).isEqualTo(State.TURNED_DOWN);
        assertThat(cve(report, House.GOOD).standing().reason()).startsWith("ENOMEM");
        assertThat(cve(report, House.GOOD).fallback()).isPresent();
        assertThat(cve(report, House.GOOD_TOO).standing().state()).isEqualTo(State.PROVEN);
    }

    @Test
    void tasksThatDoNotSwitchOverTurnItDownAndAreNamed() {
        house.approved();
        house.kernel.stall(
                House.GOOD_PATCH,
                new BlockingTask(7, 7, "sleeper", BlockingTask.Kind.USER, 'S', List.of(), Optional.empty()));

        CveRun run = cve(house.run(house.bench().loading(house.loading(Purpose.TRIAL))), House.GOOD);

        assertThat(run.standing().state()).isEqualTo(State.TURNED_DOWN);
        assertThat(run.standing().reason()).contains("sleeper");
        assertThat(run.find(StageResult.Loaded.class).orElseThrow().outcome())
                .isInstanceOf(TransitionOutcome.Reversed.class);
    }

    // --- what counts as proof ---

    @Test
    void withoutPatchedOneNothingIsFixed() {
        House bare =
                new House(FakeLivepatchController.of(House.KERNEL.release()).relaxed());
        PipelineReport report = bare.approved().run(bare.bench().loading(bare.loading(Purpose.TRIAL)));

        CveRun waiting = cve(report, House.IN_A_MODULE);
        assertThat(waiting.standing().state()).isEqualTo(State.UNPROVEN);
        assertThat(waiting.standing().reason()).contains("btrfs");
        assertThat(waiting.standing().status(VexStatus.AFFECTED)).isEqualTo(VexStatus.AFFECTED);
        assertThat(cve(report, House.GOOD).standing().state()).isEqualTo(State.PROVEN);
        Proof proof =
                waiting.find(StageResult.Proven.class).orElseThrow().proofs().get(0);
        assertThat(proof.protection().state()).isEqualTo(CveProtection.State.WAITING_FOR_OBJECT);
        assertThat(proof.status()).isEqualTo(VexStatus.AFFECTED);
        assertThat(proof.patched()).containsEntry("btrfs", Optional.of(false));
    }

    // --- to stay ---

    @Test
    void whatIsKeptIsTheCumulativePatchAlone() {
        PipelineReport report = house.approved().run(keep());

        assertThat(house.kernel.loaded())
                .extracting(Livepatch::name)
                .containsExactly(
                        report.kernels().get(0).cumulative().orElseThrow().name());
        assertThat(cve(report, House.GOOD).standing().state()).isEqualTo(State.PATCHED);
        assertThat(cve(report, House.GOOD).standing().status(VexStatus.AFFECTED))
                .isEqualTo(VexStatus.FIXED);
        assertThat(cve(report, House.GOOD).hasPassed(Stage.LOAD)).isFalse();
    }

    @Test
    void runAgainItIsInForceAlready() {
        PipelineReport first = house.approved().run(keep());
        PipelineReport again = house.run(keep());

        assertThat(again.essence()).isEqualTo(first.essence());
        assertThat(again.kernels().get(0).cumulative().orElseThrow().find(StageResult.Loaded.class))
                .contains(new StageResult.Loaded(new TransitionOutcome.AlreadySo()));
        assertThat(house.store.values()).hasSize(4).allMatch(BuildOutcome.Built.class::isInstance);
    }
}
