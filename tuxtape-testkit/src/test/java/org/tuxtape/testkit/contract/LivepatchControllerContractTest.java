package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Ability;

final class LivepatchControllerContractTest extends MutantTest<LivepatchControllerSubject> {

    static final class Probe extends LivepatchControllerContract {
        private static Supplier<LivepatchControllerSubject> subject;

        @Override
        protected LivepatchControllerSubject subject() {
            return subject.get();
        }
    }

    @Override
    ContractRun run(Supplier<LivepatchControllerSubject> subject) {
        Probe.subject = subject;
        return ContractRun.of(Probe.class);
    }

    @Override
    Set<String> rules() {
        return Set.of("LC-1", "LC-2", "LC-3", "LC-4", "LC-5", "LC-6", "LC-7", "EV-1");
    }

    @Override
    List<Mutant<LivepatchControllerSubject>> mutants() {
        return LivepatchControllerMutants.all();
    }

    @Override
    LivepatchControllerSubject correct() {
        return LivepatchControllerMutants.correct();
    }

    @Test
    void everyTestRunsForASubjectThatGivesEverything() {
        assertThat(run(this::correct).aborted()).isEmpty();
    }

    @Test
    void whatIsNotGivenAbortsATestThatNamesItsRuleAndTheReason() {
        ContractRun run = run(() -> {
            LivepatchControllerSubject subject = LivepatchControllerMutants.correct();
            for (Ability ability : Ability.values()) {
                subject.lacks(ability, "There is no " + ability + ".");
            }
            return subject;
        });
        assertThat(run.failed()).isEmpty();
        assertThat(run.aborted())
                .allSatisfy((test, message) -> assertThat(message).contains(test.substring(0, 4) + " is not checked"));
        for (Ability ability : Ability.values()) {
            assertThat(run.aborted().values()).anyMatch(message -> message.endsWith("There is no " + ability + "."));
        }
    }
}
