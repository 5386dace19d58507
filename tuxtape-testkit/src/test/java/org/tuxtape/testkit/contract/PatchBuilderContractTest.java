package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.testkit.contract.PatchBuilderSubject.Ability;
import org.tuxtape.testkit.fake.FakePatchBuilder;

final class PatchBuilderContractTest extends MutantTest<PatchBuilderSubject> {

    static final class Probe extends PatchBuilderContract {
        private static Supplier<PatchBuilderSubject> subject;

        @Override
        protected PatchBuilderSubject subject() {
            return subject.get();
        }
    }

    @Override
    ContractRun run(Supplier<PatchBuilderSubject> subject) {
        Probe.subject = subject;
        return ContractRun.of(Probe.class);
    }

    @Override
    Set<String> rules() {
        return Set.of("PB-1", "PB-2", "PB-3", "PB-4", "PB-5", "PB-6", "EV-1");
    }

    @Override
    List<Mutant<PatchBuilderSubject>> mutants() {
        return PatchBuilderMutants.all();
    }

    @Override
    PatchBuilderSubject correct() {
        return PatchBuilderMutants.correct();
    }

    @Test
    void everyTestRunsForASubjectThatGivesEverything() {
        assertThat(run(this::correct).aborted()).isEmpty();
    }

    @Test
    void whatIsNotGivenAbortsATestThatNamesItsRuleAndTheReason() {
        ContractRun run = run(() -> {
            PatchBuilderSubject subject = PatchBuilderMutants.correct();
            for (Ability ability : Ability.values()) {
                subject.lacks(ability, "There is no " + ability + ".");
            }
            return subject;
        });
        assertThat(run.failed()).isEmpty();
        assertThat(run.aborted())
                .allSatisfy((test, message) -> assertThat(message).contains(test.substring(0, 4) + " is not checked"));
    }

    @ParameterizedTest
    @EnumSource
    void everyAbilityIsMissedBySomeTest(Ability ability) {
        ContractRun run = run(() -> PatchBuilderMutants.correct().lacks(ability, "There is none."));
        assertThat(run.failed()).isEmpty();
        assertThat(run.aborted().values()).isNotEmpty().allMatch(message -> message.endsWith("There is none."));
    }

    @Nested
    @DisplayName("the fake keeps the rules as far as it does anything")
    final class Fake extends PatchBuilderContract {
        private final FakePatchBuilder builder =
                FakePatchBuilder.builder().relaxed().build();

        @Override
        protected PatchBuilderSubject subject() {
            PatchBuilderSubject subject =
                    PatchBuilderSubject.of(() -> builder, Workshop.request("one"), Workshop.request("two"));
            for (Ability ability : Ability.values()) {
                subject.lacks(ability, "The fake writes no file and runs nothing.");
            }
            return subject;
        }
    }
}
