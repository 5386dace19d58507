package org.tuxtape.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.pipeline.Loading.Purpose;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Screen;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.pipeline.Workbench;

/** A run that is stopped at any step of any part, in any way, and then run again, gives what an undisturbed one gives. */
class PipelineResumeTest {

    private static Workbench bench(House house, Purpose purpose) {
        return house.composing().loading(house.loading(purpose));
    }

    /** Returns a house in which all is approved, and nothing is built yet. */
    private static House fresh() {
        House house = new House().approved();
        house.store.clear();
        house.builds.set(0);
        return house;
    }

    private static PipelineReport undisturbed(Purpose purpose) {
        House house = fresh();
        PipelineReport report = house.run(bench(house, purpose));
        assertThat(report.isCancelled()).isFalse();
        assertThat(report.faults()).isEmpty();
        return report.essence();
    }

    private static int steps(Purpose purpose) {
        House house = fresh();
        house.seam.clear();
        house.run(bench(house, purpose));
        return house.seam.steps();
    }

    private static void everyStep(Purpose purpose, Function<House, Runnable> fault, boolean isSeenInReport) {
        PipelineReport expected = undisturbed(purpose);
        int steps = steps(purpose);
        assertThat(steps).isGreaterThan(60);
        IntStream.rangeClosed(1, steps).forEach(step -> {
            House house = fresh();
            house.seam.at(step, fault.apply(house));
            try {
                PipelineReport disturbed = house.run(bench(house, purpose));
                assertThat(isSeenInReport).as("step %d: went on", step).isTrue();
                assertThat(disturbed.faults())
                        .as("step %d: the fault is told", step)
                        .isNotEmpty();
            } catch (Seam.Kill killed) {
                assertThat(isSeenInReport).isFalse();
            }
            house.seam.clear();

            PipelineReport again = house.run(bench(house, purpose));

            assertThat(again.essence()).as("after step %d", step).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyStepAndRunAgainItGivesTheSame(Purpose purpose) {
        everyStep(
                purpose,
                house -> () -> {
                    throw new Seam.Kill();
                },
                false);
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatThrowsAtAnyStepIsToldAndRunAgainItGivesTheSame(Purpose purpose) {
        everyStep(
                purpose,
                house -> () -> {
                    throw new IllegalStateException("injected");
                },
                true);
    }

    @ParameterizedTest
    @EnumSource
    void cancelledAtAnyStepItSaysSoLeavesNoTrialBehindAndRunAgainGivesTheSame(Purpose purpose) {
        PipelineReport expected = undisturbed(purpose);
        int steps = steps(purpose);
        IntStream.rangeClosed(1, steps).forEach(step -> {
            House house = fresh();
            CancellationToken token = CancellationToken.create();
            house.seam.at(step, token::cancel);

            PipelineReport disturbed = house.run(house.context().with(token), bench(house, purpose));

            house.seam.clear();
            house.listener.assertWellFormed();
            if (!disturbed.isCancelled()) {
                // The wish came when nothing was left to be done.
                assertThat(disturbed.essence()).as("step %d", step).isEqualTo(expected);
            }
            if (purpose == Purpose.TRIAL) {
                assertThat(house.kernel.loaded()).as("step %d", step).isEmpty();
            }
            assertThat(house.run(bench(house, purpose)).essence())
                    .as("after step %d", step)
                    .isEqualTo(expected);
        });
    }

    @Test
    void aRunThatIsCancelledBeforeItBeginsHasNoKernel() {
        House house = fresh();
        CancellationToken token = CancellationToken.create();
        token.cancel();

        PipelineReport report = house.run(house.context().with(token), house.bench());

        assertThat(report.isCancelled()).isTrue();
        assertThat(report.kernels()).isEmpty();
        assertThat(house.builds).hasValue(0);
    }

    @Test
    void whatDidNotComeToItsTurnIsNotTriedAndWhatDidIsKept() {
        House house = fresh();
        CancellationToken token = CancellationToken.create();
        Workbench bench = house.bench().screening((fix, context) -> {
            token.cancel();
            return Screen.none().screen(fix, context);
        });

        PipelineReport report = house.run(house.context().with(token), bench);

        assertThat(report.isCancelled()).isTrue();
        assertThat(report.kernels()).hasSize(1);
        assertThat(report.standings()).containsKey(State.FIXED).containsEntry(State.NOT_TRIED, 9);
        assertThat(report.kernels().get(0).in(State.NOT_TRIED))
                .allSatisfy(run -> assertThat(run.standing().reason()).contains("cancelled"));
    }

    @Test
    void whatWasBuiltIsNotBuiltAgain() {
        House house = new House();
        house.run(house.composing());
        int built = house.builds.get();

        house.run(house.composing());

        // Of those that give no module nothing is stored.
        assertThat(house.builds.get() - built).isEqualTo(2);
        house.reviewAll(Review.Decision.APPROVED);
        assertThat(house.run(house.composing()).kernels().get(0).in(State.READY))
                .hasSize(3);
    }
}
