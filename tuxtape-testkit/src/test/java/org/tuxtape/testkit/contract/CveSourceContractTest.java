package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.tuxtape.testkit.fake.FakeCveSource;

final class CveSourceContractTest extends MutantTest<CveSourceSubject> {

    static final class Probe extends CveSourceContract {
        private static Supplier<CveSourceSubject> subject;

        @Override
        protected CveSourceSubject subject() {
            return subject.get();
        }
    }

    @Override
    ContractRun run(Supplier<CveSourceSubject> subject) {
        Probe.subject = subject;
        return ContractRun.of(Probe.class);
    }

    @Override
    Set<String> rules() {
        return Set.of("CS-1", "CS-2", "CS-3", "CS-4", "CS-5", "CS-6", "EV-1");
    }

    @Override
    List<Mutant<CveSourceSubject>> mutants() {
        return CveSourceMutants.all();
    }

    @Override
    CveSourceSubject correct() {
        return CveSourceMutants.subject(UnaryOperator.identity());
    }

    @Test
    void everyTestRunsForASubjectThatGivesEverything() {
        assertThat(run(this::correct).aborted()).isEmpty();
    }

    @Test
    void whatIsNotGivenAbortsATestThatNamesItsRuleAndTheReason() {
        ContractRun run = run(() -> CveSourceSubject.of(CveSourceMutants.archive()::build)
                .published("CVE-2024-0001")
                .rejected("CVE-2023-0002")
                .published("CVE-2024-0003")
                .noMissingArchive("It is always there.")
                .noOpenHandles("Nobody counts them."));
        assertThat(run.aborted())
                .hasSize(6)
                .allSatisfy((test, message) -> assertThat(message).contains(test.substring(0, 4) + " is not checked"));
        assertThat(run.aborted().values())
                .anyMatch(message -> message.endsWith("archive: It is always there."))
                .anyMatch(message -> message.endsWith("holds: Nobody counts them."))
                .anyMatch(message -> message.endsWith("archive: The subject gives no truncatedArchive."));
    }

    @Test
    void aSourceWithoutEventsIsNotCheckedForLaziness() {
        ContractRun run = run(() -> CveSourceMutants.subject(source -> Bent.silent(source)));
        assertThat(run.failed()).isEmpty();
        assertThat(run.aborted()).containsOnlyKeys("CS-1 the archive is read while elements are asked for");
    }

    @Test
    void aSubjectOfTooFewMessagesIsAMistakeOfTheImplementer() {
        ContractRun run = run(() -> CveSourceSubject.of(FakeCveSource.named("empty")::build));
        assertThat(run.failed().values()).anyMatch(message -> message.contains("The subject names 0 messages"));
    }
}
