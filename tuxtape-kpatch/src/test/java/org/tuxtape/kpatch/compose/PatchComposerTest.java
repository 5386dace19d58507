package org.tuxtape.kpatch.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tuxtape.kpatch.compose.SimulatedBuilder.fix;
import static org.tuxtape.kpatch.compose.SimulatedBuilder.fixes;
import static org.tuxtape.kpatch.compose.SimulatedBuilder.numbers;
import static org.tuxtape.kpatch.compose.SimulatedBuilder.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.kpatch.compose.CompositionPolicy.Depth;
import org.tuxtape.kpatch.compose.Included.Effect;
import org.tuxtape.kpatch.compose.SimulatedBuilder.Pointing;
import org.tuxtape.testkit.RecordingListener;

class PatchComposerTest {
    private final Context context = Context.standard();

    @Test
    void fixesThatAllBuildTakeOneBuild() {
        CompositionOutcome outcome =
                PatchComposer.over(SimulatedBuilder.withBad()).compose(request(fixes(17)), context);

        assertThat(outcome).isInstanceOf(CompositionOutcome.Built.class);
        assertThat(outcome.builds()).isEqualTo(1);
        assertThat(outcome.composition().fixes()).isEqualTo(fixes(17));
        assertThat(outcome.composition().leftOut()).isEmpty();
    }

    @Test
    void twoBadOnesOfSeventeenAreFoundWithFourBuildsAndNamedWithClassAndRemedy() {
        SimulatedBuilder builder = SimulatedBuilder.withBad(4, 11);

        CompositionOutcome outcome = PatchComposer.over(builder).compose(request(fixes(17)), context);

        assertThat(outcome.composition().included()).hasSize(15);
        assertThat(outcome.composition().leftOut()).extracting(LeftOut::fix).containsExactly(fix(4), fix(11));
        assertThat(outcome.composition().leftOut())
                .allSatisfy(fix -> assertThat(seen(fix))
                        .matches(diagnosis -> diagnosis.failure() == BuildFailure.DATA_CHANGE
                                && diagnosis.remedy().equals("Leave it out.")));
        assertThat(outcome.builds()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Pointing.class)
    void theBadOnesAreFoundWhateverTheFailuresSay(Pointing pointing) {
        SimulatedBuilder builder = SimulatedBuilder.withBad(4, 11).saying(pointing);

        CompositionOutcome outcome = PatchComposer.over(builder).compose(request(fixes(17)), context);

        assertThat(leftOut(outcome)).containsExactly(4, 11);
    }

    @Test
    void ofTwoThatConflictOneIsInAndTheOtherNamesIt() {
        SimulatedBuilder builder =
                SimulatedBuilder.of(Set.of(), Set.of(Set.of(2, 6)), Map.of(), Set.of(), Pointing.RIGHT);

        CompositionOutcome outcome = PatchComposer.over(builder).compose(request(fixes(9)), context);

        assertThat(outcome.composition().leftOut()).singleElement().satisfies(fix -> {
            assertThat(fix.fix()).isEqualTo(fix(6));
            assertThat(((LeftOut.Conflicts) fix.reason()).with()).containsExactly(fix(2));
        });
    }

    @Test
    void withoutExplainingNoBuildIsSpentOnConflicts() {
        SimulatedBuilder builder =
                SimulatedBuilder.of(Set.of(), Set.of(Set.of(2, 6)), Map.of(), Set.of(), Pointing.RIGHT);

        CompositionOutcome outcome = PatchComposer.over(builder)
                .with(new CompositionPolicy(OptionalInt.empty(), Depth.ISOLATE))
                .compose(request(fixes(9)), context);

        assertThat(outcome.builds()).isEqualTo(2);
        assertThat(outcome.composition().leftOut().get(0).reason()).isInstanceOf(LeftOut.Fails.class);
    }

    @Test
    void whatTheTreeHoldsIsNotBuilt() {
        SimulatedBuilder builder = SimulatedBuilder.withBad();

        CompositionOutcome outcome = PatchComposer.over(builder)
                .against(path -> Optional.of(SimulatedBuilder.text(path, path.equals(file(1)) ? 1 : 0)))
                .compose(request(fixes(3)), context);

        assertThat(outcome.composition().leftOut())
                .containsExactly(new LeftOut(fix(1), new LeftOut.AlreadyThere(List.of())));
        assertThat(builder.requests()).containsExactly(Set.of(0, 2));
    }

    @Test
    void ifTheTreeHoldsAllThereIsNothingToBuild() {
        CompositionOutcome outcome = PatchComposer.over(SimulatedBuilder.withBad())
                .against(path -> Optional.of(SimulatedBuilder.text(path, 1)))
                .compose(request(fixes(3)), context);

        assertThat(outcome).isInstanceOf(CompositionOutcome.Empty.class);
        assertThat(outcome.builds()).isZero();
    }

    @Test
    void aFixThatBuildsUponAnotherOfTheSameLinesIsInWithIt() {
        List<Fix> chain = List.of(fix(0, 0, 0), fix(1, 0, 1), fix(2, 0, 2));

        CompositionOutcome outcome = PatchComposer.over(SimulatedBuilder.withBad())
                .against(SimulatedBuilder::text)
                .compose(request(chain), context);

        assertThat(outcome.composition().fixes()).isEqualTo(chain);
    }

    @Test
    void aFixThatBuildsUponOneThatIsLeftOutNamesIt() {
        List<Fix> chain = List.of(fix(0, 0, 0), fix(1, 1, 0), fix(2, 0, 1));
        SimulatedBuilder builder = SimulatedBuilder.of(Set.of(0), Set.of(), Map.of(2, 0), Set.of(), Pointing.RIGHT);

        CompositionOutcome outcome =
                PatchComposer.over(builder).against(SimulatedBuilder::text).compose(request(chain), context);

        assertThat(outcome.composition().fixes()).containsExactly(chain.get(1));
        assertThat(outcome.composition().leftOut().get(0).reason()).isInstanceOf(LeftOut.Fails.class);
        assertThat(((LeftOut.Depends) outcome.composition().leftOut().get(1).reason()).on())
                .containsExactly(chain.get(0));
    }

    @Test
    void aFixThatAnotherBringsAlongIsThereThroughIt() {
        List<Fix> twins = List.of(fix(0, 5, 0), fix(1, 5, 0));
        SimulatedBuilder builder =
                SimulatedBuilder.of(Set.of(), Set.of(Set.of(0, 1)), Map.of(), Set.of(), Pointing.RIGHT);

        CompositionOutcome outcome =
                PatchComposer.over(builder).against(SimulatedBuilder::text).compose(request(twins), context);

        assertThat(outcome.composition().leftOut())
                .containsExactly(new LeftOut(twins.get(1), new LeftOut.AlreadyThere(List.of(twins.get(0)))));
    }

    @Test
    void whatChangesNothingIsToldApartFromWhatIsSeen() {
        SimulatedBuilder builder = SimulatedBuilder.of(Set.of(), Set.of(), Map.of(), Set.of(3, 5), Pointing.RIGHT);

        CompositionOutcome outcome =
                PatchComposer.over(builder).against(SimulatedBuilder::text).compose(request(fixes(8)), context);

        assertThat(outcome.composition().leftOut())
                .containsExactly(
                        new LeftOut(fix(3), new LeftOut.NoChange("no functional changes found")),
                        new LeftOut(fix(5), new LeftOut.NoChange("no functional changes found")));
        assertThat(outcome.composition().included())
                .extracting(Included::effect)
                .containsOnly(Effect.SEEN);
        assertThat(builder.requests()).containsExactly(numbers(fixes(8)), Set.of(3, 5), Set.of(0, 1, 2, 4, 6, 7));
    }

    @Test
    void whatChangesNothingStaysInIfAnotherNeedsIt() {
        SimulatedBuilder builder = SimulatedBuilder.of(Set.of(), Set.of(), Map.of(2, 1), Set.of(1), Pointing.RIGHT);

        CompositionOutcome outcome =
                PatchComposer.over(builder).against(SimulatedBuilder::text).compose(request(fixes(3)), context);

        assertThat(outcome.composition().included())
                .extracting(Included::effect)
                .containsExactly(Effect.SEEN, Effect.NONE, Effect.SEEN);
    }

    @Test
    void fixesThatOnlyTogetherChangeSomethingStayIn() {
        SimulatedBuilder builder = SimulatedBuilder.withBad();
        PatchBuilder onlyTogether = new PatchBuilder() {
            @Override
            public BuildKey key(BuildRequest request) {
                return builder.key(request);
            }

            @Override
            public BuildOutcome build(BuildRequest request, Context given) {
                return request.fixes().size() == 1
                        ? new BuildOutcome.NoChange("no functional changes found", BuildReport.none())
                        : builder.build(request, given);
            }
        };

        CompositionOutcome outcome = PatchComposer.over(onlyTogether)
                .against(SimulatedBuilder::text)
                .compose(request(List.of(fix(0, 7, 0), fix(1, 8, 0))), context);

        assertThat(outcome).isInstanceOf(CompositionOutcome.Built.class);
        assertThat(outcome.composition().included())
                .extracting(Included::effect)
                .containsOnly(Effect.NONE);
    }

    @Test
    void withoutTheSourceNothingIsSaidOfTheEffectOfOneAmongMany() {
        SimulatedBuilder builder = SimulatedBuilder.of(Set.of(), Set.of(), Map.of(), Set.of(1), Pointing.RIGHT);

        CompositionOutcome outcome = PatchComposer.over(builder).compose(request(fixes(3)), context);

        assertThat(outcome.composition().included())
                .extracting(Included::effect)
                .containsOnly(Effect.UNKNOWN);
        assertThat(outcome.builds()).isEqualTo(1);
    }

    @Test
    void ifNothingChangesAnythingThatIsTheReasonOfEach() {
        SimulatedBuilder builder = SimulatedBuilder.of(Set.of(), Set.of(), Map.of(), Set.of(0, 1), Pointing.RIGHT);

        CompositionOutcome outcome = PatchComposer.over(builder).compose(request(fixes(2)), context);

        assertThat(outcome).isInstanceOf(CompositionOutcome.Empty.class);
        assertThat(outcome.composition().leftOut())
                .extracting(LeftOut::reason)
                .containsOnly(new LeftOut.NoChange("no functional changes found"));
    }

    @Test
    void aFixThatIsNoDiffIsLeftToTheBuilder() {
        Fix garbled = new Fix(
                fix(1).cve(),
                fix(1).branch(),
                List.of(new FixCommit(Optional.empty(), "garbled", "--- a/f1.c\n+++ b/f1.c\n@@ -1 +1 @@\n")));

        CompositionOutcome outcome = PatchComposer.over(SimulatedBuilder.withBad(1))
                .against(SimulatedBuilder::text)
                .compose(request(List.of(fix(0), garbled)), context);

        assertThat(outcome.composition().fixes()).containsExactly(fix(0));
    }

    @Test
    void fixesAreAppliedInTheOrderAskedForHoweverTheyAreGiven() {
        List<Fix> shuffled = new ArrayList<>(fixes(9));
        Collections.reverse(shuffled);
        shuffled.add(fix(3));

        CompositionOutcome outcome = PatchComposer.over(SimulatedBuilder.withBad(2))
                .inOrder((one, other) -> one.cve().compareTo(other.cve()))
                .compose(request(shuffled), context);

        assertThat(outcome.composition().fixes())
                .hasSize(8)
                .isSortedAccordingTo((one, other) -> one.cve().compareTo(other.cve()));
    }

    @Test
    void aFailureOfThePlaceEndsItAndKeepsWhatWasDecided() {
        PatchBuilder full = new Failing(2, BuildFailure.NO_SPACE, SimulatedBuilder.withBad(1));

        CompositionOutcome outcome = PatchComposer.over(full).compose(request(fixes(4)), context);

        assertThat(((CompositionOutcome.Failed) outcome).failure().diagnosis().failure())
                .isEqualTo(BuildFailure.NO_SPACE);
        assertThat(outcome.builds()).isEqualTo(2);
        assertThat(outcome.composition().leftOut())
                .extracting(LeftOut::reason)
                .hasOnlyElementsOfType(LeftOut.Undecided.class);
    }

    @Test
    void tooLargeAModuleIsNoFixsFault() {
        PatchBuilder small = new Failing(1, BuildFailure.TOO_LARGE, SimulatedBuilder.withBad());

        CompositionOutcome outcome = PatchComposer.over(small).compose(request(fixes(40)), context);

        assertThat(((CompositionOutcome.Failed) outcome).failure().diagnosis().failure())
                .isEqualTo(BuildFailure.TOO_LARGE);
        assertThat(outcome.builds()).isEqualTo(1);
    }

    @Test
    void whereTheBoundComesFirstTheRestIsUndecided() {
        CompositionOutcome outcome = PatchComposer.over(SimulatedBuilder.withBad(4, 11))
                .with(new CompositionPolicy(OptionalInt.of(3), Depth.EXPLAIN))
                .compose(request(fixes(17)), context);

        assertThat(outcome).isInstanceOf(CompositionOutcome.Built.class);
        assertThat(outcome.composition().included()).hasSize(15);
        assertThat(outcome.composition().isDecided()).isFalse();
    }

    @Test
    void oneMoreTakesOneBuildAndWhatFailedIsNotTriedAgain() {
        Composition before = PatchComposer.over(SimulatedBuilder.withBad(1))
                .compose(request(fixes(5)), context)
                .composition();
        SimulatedBuilder builder = SimulatedBuilder.withBad(1);

        CompositionOutcome outcome =
                PatchComposer.over(builder).compose(before.adding(List.of(fix(7))), before, context);

        assertThat(builder.requests()).containsExactly(Set.of(0, 2, 3, 4, 7));
        assertThat(outcome.composition().leftOut()).isEqualTo(before.leftOut());
    }

    @Test
    void oneLessLetsInWhatItKeptOut() {
        SimulatedBuilder builder =
                SimulatedBuilder.of(Set.of(), Set.of(Set.of(0, 3)), Map.of(), Set.of(), Pointing.RIGHT);
        Composition before =
                PatchComposer.over(builder).compose(request(fixes(5)), context).composition();

        CompositionOutcome outcome = PatchComposer.over(builder.saying(Pointing.RIGHT))
                .compose(before.dropping(Set.of(fix(0).cve())), before, context);

        assertThat(numbers(outcome.composition().fixes())).containsExactly(1, 2, 3, 4);
        assertThat(outcome.builds()).isEqualTo(2);
    }

    @Test
    void itTellsOfEveryBuildAndEnds() {
        RecordingListener listener = new RecordingListener();

        PatchComposer.over(SimulatedBuilder.withBad(1)).compose(request(fixes(3)), context.with(listener));

        listener.assertWellFormed();
        assertThat(listener.events())
                .startsWith(new Event.Started("compose all", OptionalLong.empty(), "builds"))
                .contains(new Event.Advanced("compose all", 2))
                .endsWith(new Event.Ended("compose all", Event.End.COMPLETED));
    }

    @Test
    void aBuilderThatThrowsEndsTheTask() {
        RecordingListener listener = new RecordingListener();
        PatchBuilder broken = new Throwing(new BrokenStore());

        assertThatThrownBy(() -> PatchComposer.over(broken).compose(request(fixes(3)), context.with(listener)))
                .isInstanceOf(BrokenStore.class);

        listener.assertWellFormed();
        assertThat(listener.events()).endsWith(new Event.Ended("compose all", Event.End.FAILED));
    }

    @Test
    void aBuilderThatThrowsThatItWasCancelledIsCancelled() {
        RecordingListener listener = new RecordingListener();

        CompositionOutcome outcome = PatchComposer.over(new Throwing(new CancelledException()))
                .compose(request(fixes(3)), context.with(listener));

        assertThat(outcome).isInstanceOf(CompositionOutcome.Cancelled.class);
        assertThat(listener.events()).endsWith(new Event.Ended("compose all", Event.End.CANCELLED));
    }

    private static SourcePath file(int number) {
        return SourcePath.parse("f" + number + ".c");
    }

    private static BuildDiagnosis seen(LeftOut fix) {
        return ((LeftOut.Fails) fix.reason()).seen().diagnosis();
    }

    private static Set<Integer> leftOut(CompositionOutcome outcome) {
        return numbers(
                outcome.composition().leftOut().stream().map(LeftOut::fix).toList());
    }

    /** From the n-th build on every build fails for a cause that lies in no fix. */
    private record Failing(int from, BuildFailure failure, SimulatedBuilder builder) implements PatchBuilder {
        @Override
        public BuildKey key(BuildRequest request) {
            return builder.key(request);
        }

        @Override
        public BuildOutcome build(BuildRequest request, Context context) {
            BuildOutcome outcome = builder.build(request, context);
            return builder.requests().size() < from
                    ? outcome
                    : new BuildOutcome.Failed(BuildDiagnosis.of(failure, "", "Make room."), BuildReport.none());
        }
    }

    /** Its infrastructure is broken. */
    private record Throwing(RuntimeException failure) implements PatchBuilder {
        @Override
        public BuildKey key(BuildRequest request) {
            throw failure;
        }

        @Override
        public BuildOutcome build(BuildRequest request, Context context) {
            throw failure;
        }
    }

    private static final class BrokenStore extends TuxtapeException {
        private static final long serialVersionUID = 1L;

        BrokenStore() {
            super("The store is broken.");
        }
    }
}
