package org.tuxtape.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.pipeline.Composition;
import org.tuxtape.core.pipeline.CumulativeRun;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.LeftOut;
import org.tuxtape.core.pipeline.Loading;
import org.tuxtape.core.pipeline.Pipeline;
import org.tuxtape.core.pipeline.PipelineFault;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Screening;
import org.tuxtape.core.pipeline.Selection;
import org.tuxtape.core.pipeline.Share;
import org.tuxtape.core.pipeline.Stage;
import org.tuxtape.core.pipeline.StageRun;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.triage.Target;

/** Where each CVE stands after a run, and what shows it. */
class PipelineTest {
    private final House house = new House();

    @AfterEach
    void everyTaskKeptToTheGrammar() {
        house.listener.assertWellFormed();
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(
                        House.GOOD, State.AWAITING_REVIEW, List.of(Stage.FIX, Stage.SCREEN, Stage.BUILD, Stage.REVIEW)),
                Arguments.of(House.WITHOUT_FIX, State.NO_FIX, List.of(Stage.FIX)),
                Arguments.of(House.FIXED_ELSEWHERE, State.NEEDS_BACKPORT, List.of(Stage.FIX)),
                Arguments.of(House.HOPELESS, State.CANNOT_BUILD, List.of(Stage.FIX, Stage.SCREEN)),
                Arguments.of(House.COMPILED_OUT, State.NO_EFFECT, List.of(Stage.FIX, Stage.SCREEN)),
                Arguments.of(House.DOES_NOT_BUILD, State.CANNOT_BUILD, List.of(Stage.FIX, Stage.SCREEN, Stage.BUILD)),
                Arguments.of(House.CHANGES_NOTHING, State.NO_EFFECT, List.of(Stage.FIX, Stage.SCREEN, Stage.BUILD)),
                Arguments.of(House.OPEN_QUESTION, State.UNDECIDED, List.of()),
                Arguments.of(House.FIXED, State.FIXED, List.of()),
                Arguments.of(House.NOT_COMPILED, State.NOT_AFFECTED, List.of()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachGoesAsFarAsItCan(CveId cve, State state, List<Stage> stages) {
        CveRun run = cve(house.run(house.bench()), cve);

        assertThat(run.standing().state()).isEqualTo(state);
        assertThat(run.standing().reason()).isNotBlank();
        assertThat(run.stages()).extracting(StageRun::stage).isEqualTo(stages);
        assertThat(run.fallback().isPresent()).isEqualTo(state.isWithoutLivepatch());
    }

    @Test
    void whatEachStageFoundIsInTheReport() {
        PipelineReport report = house.run(house.bench());

        assertThat(cve(report, House.FIXED_ELSEWHERE).fix()).get().isInstanceOf(FixLookup.NeedsBackport.class);
        assertThat(cve(report, House.HOPELESS).screening())
                .get()
                .extracting(Screening::reasons)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .extracting("code", "remedy")
                .containsExactly("A_RULE", "Leave it.");
        assertThat(cve(report, House.HOPELESS).standing().reason()).isEqualTo("net/core/sock.c:7: It cannot be.");
        assertThat(cve(report, House.DOES_NOT_BUILD).diagnosis())
                .get()
                .extracting("failure", "remedy")
                .containsExactly(BuildFailure.DATA_CHANGE, "Use a shadow.");
        assertThat(cve(report, House.DOES_NOT_BUILD).standing().remedy()).isEqualTo("Use a shadow.");
        assertThat(cve(report, House.GOOD).module())
                .get()
                .extracting(module -> module.manifest().name())
                .isEqualTo(House.GOOD_PATCH);
        assertThat(cve(report, House.CHANGES_NOTHING).build()).get().isInstanceOf(BuildOutcome.NoChange.class);
    }

    @Test
    void theMostUrgentComesFirstAndTheTotalsAddUp() {
        KernelRun kernel = house.run(house.bench()).kernels().get(0);

        assertThat(kernel.cves()).hasSize(12);
        assertThat(kernel.standings())
                .containsAllEntriesOf(Map.of(State.AWAITING_REVIEW, 3, State.CANNOT_BUILD, 2, State.NO_EFFECT, 2));
        assertThat(kernel.standings().values().stream().mapToInt(i -> i).sum()).isEqualTo(12);
        assertThat(kernel.passages())
                .containsEntry(Stage.TRIAGE, new Share(9, 12))
                .containsEntry(Stage.FIX, new Share(7, 9))
                .containsEntry(Stage.SCREEN, new Share(5, 7))
                .containsEntry(Stage.BUILD, new Share(3, 5))
                .containsEntry(Stage.REVIEW, new Share(0, 3))
                .doesNotContainKey(Stage.LOAD);
        assertThat(kernel.funnel().cves()).isEqualTo(12);
        assertThat(kernel.in(State.NO_FIX)).extracting(CveRun::id).containsExactly(House.WITHOUT_FIX);
        assertThat(kernel.exposed()).extracting(CveRun::id).doesNotContain(House.FIXED, House.COMPILED_OUT);
    }

    @Test
    void withoutFixesNoneIsLookedForAndWithoutABuilderNoneIsBuilt() {
        Workbench judged = Workbench.of(Target.of(House.profile(House.KERNEL)));
        Workbench found = Workbench.of(house.bench().target());

        CveRun triaged = cve(house.run(judged), House.GOOD);
        CveRun looked = cve(house.run(found), House.GOOD);

        assertThat(triaged.standing().state()).isEqualTo(State.NOT_TRIED);
        assertThat(triaged.stages()).isEmpty();
        assertThat(looked.standing().state()).isEqualTo(State.NOT_TRIED);
        assertThat(looked.standing().reason()).contains("a builder");
        assertThat(house.builds).hasValue(0);
    }

    @Test
    void whatWasNotAskedForIsReportedAndNotTried() {
        Selection one = Selection.all().only(Set.of(House.GOOD));
        PipelineReport report = Pipeline.of(House.source()).taking(one).run(List.of(house.bench()), house.context());

        assertThat(cve(report, House.GOOD).standing().state()).isEqualTo(State.AWAITING_REVIEW);
        assertThat(cve(report, House.GOOD_TOO).standing().state()).isEqualTo(State.NOT_TRIED);
        assertThat(house.builds).hasValue(1);
    }

    @Test
    void aLimitTakesTheMostUrgent() {
        KernelRun all = house.run(house.bench()).kernels().get(0);
        KernelRun three = Pipeline.of(House.source())
                .taking(Selection.all().limit(3))
                .run(List.of(house.bench()), house.context())
                .kernels()
                .get(0);

        List<CveId> tried = three.cves().stream()
                .filter(run -> !run.stages().isEmpty())
                .map(CveRun::id)
                .toList();
        assertThat(tried).isEqualTo(all.cves().stream().map(CveRun::id).limit(3).toList());
        assertThat(three.cves())
                .extracting(CveRun::id)
                .isEqualTo(all.cves().stream().map(CveRun::id).toList());
    }

    @Test
    void aCumulativePatchHoldsWhatBuildsAlone() {
        PipelineReport report = house.run(house.composing());
        CumulativeRun patch = report.kernels().get(0).cumulative().orElseThrow();

        assertThat(patch.included()).containsExactlyInAnyOrder(House.GOOD, House.IN_A_MODULE, House.GOOD_TOO);
        assertThat(patch.wanted()).isEqualTo(patch.included());
        assertThat(patch.leftOut()).isEmpty();
        assertThat(patch.standing().state()).isEqualTo(State.AWAITING_REVIEW);
        assertThat(patch.module()).isPresent();
    }

    @Test
    void whatTheComposerLeavesOutKeepsItsOwnWayAndSaysWhy() {
        Workbench picky = house.bench().composing((wanted, builder, context) -> {
            BuildOutcome outcome = builder.build(wanted, context);
            return new Composition(
                    outcome,
                    List.of(House.GOOD, House.IN_A_MODULE),
                    List.of(new LeftOut(House.GOOD_TOO, "It does not get along.", Optional.empty())));
        });

        CveRun left = cve(house.run(picky), House.GOOD_TOO);

        assertThat(left.standing().state()).isEqualTo(State.AWAITING_REVIEW);
        assertThat(left.standing().reason()).endsWith("It is not in the cumulative patch: It does not get along.");
    }

    @Test
    void otherFixesGiveTheCumulativePatchAnotherName() {
        Selection fewer = Selection.all().only(Set.of(House.GOOD, House.GOOD_TOO));
        CumulativeRun all =
                house.run(house.composing()).kernels().get(0).cumulative().orElseThrow();
        CumulativeRun some = Pipeline.of(House.source())
                .taking(fewer)
                .run(List.of(house.composing()), house.context())
                .kernels()
                .get(0)
                .cumulative()
                .orElseThrow();

        assertThat(some.name()).isNotEqualTo(all.name());
        assertThat(house.run(house.composing()).kernels().get(0).cumulative())
                .get()
                .extracting(CumulativeRun::name)
                .isEqualTo(all.name());
    }

    @Test
    void withoutAComposerThereIsNothingToKeep() {
        Workbench bench = house.bench().loading(house.loading(Loading.Purpose.KEEP));

        assertThatIllegalArgumentException().isThrownBy(() -> house.run(bench)).withMessageContaining("composes");
    }

    @Test
    void aPartThatThrowsCostsOneCveItsWayAndNoOther() {
        Workbench broken = house.bench().screening((fix, context) -> {
            if (fix.cve().equals(House.GOOD)) {
                throw new IllegalStateException("the tree is gone");
            }
            return new Screening(Screening.Outlook.LIKELY, List.of());
        });

        PipelineReport report = house.run(broken);

        assertThat(cve(report, House.GOOD).standing().state()).isEqualTo(State.FAULT);
        assertThat(cve(report, House.GOOD_TOO).standing().state()).isEqualTo(State.AWAITING_REVIEW);
        assertThat(report.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.stage()).isEqualTo(Stage.SCREEN);
            assertThat(fault.cve()).contains(House.GOOD);
            assertThat(fault.kernel()).contains("6.6.20");
            assertThat(fault.message()).contains("the tree is gone");
        });
    }

    @Test
    void aSourceOfFixesThatThrowsWhereCvesAreJudgedLeavesOneCveOpenAndNoOther() {
        FixSource defective = (cve, kernel, context) -> {
            if (cve.id().equals(House.GOOD)) {
                throw new IllegalStateException("an index is out of bounds");
            }
            return new FixLookup.Missing("Not here.");
        };

        PipelineReport report = house.run(Workbench.of(house.bench().target().with(defective)));

        assertThat(cve(report, House.GOOD).standing().state()).isEqualTo(State.FAULT);
        assertThat(cve(report, House.GOOD_TOO).standing().state()).isEqualTo(State.NO_FIX);
        assertThat(report.faults()).extracting(PipelineFault::stage).containsExactly(Stage.TRIAGE, Stage.FIX);
        assertThat(report.faults()).extracting(PipelineFault::cve).containsOnly(Optional.of(House.GOOD));
    }

    @Test
    void everyCveHasAReasonAndEveryOpenOneARemedy() {
        PipelineReport report = house.run(house.composing());

        assertThat(report.kernels().get(0).cves()).allSatisfy(run -> {
            assertThat(run.standing().reason()).isNotBlank();
            if (run.standing().state().isExposed()) {
                assertThat(run.standing().remedy()).isNotBlank();
            }
        });
        assertThat(report.cves().stream().map(CveId::toString).collect(Collectors.toSet()))
                .hasSize(12);
    }

    static CveRun cve(PipelineReport report, CveId id) {
        return report.kernels().get(0).find(id).orElseThrow();
    }
}
