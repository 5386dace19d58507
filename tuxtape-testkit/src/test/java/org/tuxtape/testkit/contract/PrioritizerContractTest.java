package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Priority;

final class PrioritizerContractTest extends MutantTest<Prioritizer> {
    private static final Prioritizer CORRECT = Prioritizers.standard();

    static final class Probe extends PrioritizerContract {
        private static Supplier<Prioritizer> subject;
        private static Optional<String> why = Optional.empty();

        @Override
        protected Prioritizer prioritizer() {
            return subject.get();
        }

        @Override
        protected Optional<String> whyScoreWithoutEvidence() {
            return why;
        }
    }

    @Override
    ContractRun run(Supplier<Prioritizer> subject) {
        Probe.subject = subject;
        return ContractRun.of(Probe.class);
    }

    @Override
    Prioritizer correct() {
        return CORRECT;
    }

    @Override
    Set<String> rules() {
        return Set.of("PR-1", "PR-2", "PR-3");
    }

    @Override
    List<Mutant<Prioritizer>> mutants() {
        return List.of(
                new Mutant<>("PR-1", "counts", () -> {
                    AtomicInteger calls = new AtomicInteger();
                    return (cve, verdict) -> Priority.unknown("calls", "Call " + calls.incrementAndGet() + ".");
                }),
                new Mutant<>("PR-1", "compares with the CVE before", () -> {
                    AtomicReference<Cve> before = new AtomicReference<>();
                    return (cve, verdict) -> cve.equals(before.getAndSet(cve))
                            ? Priority.unknown("before", "The same again.")
                            : CORRECT.priority(cve, verdict);
                }),
                new Mutant<>(
                        "PR-1",
                        "sees objects instead of values",
                        () -> (cve, verdict) -> Priority.unknown("object", "Number " + System.identityHashCode(cve))),
                new Mutant<>(
                        "PR-1",
                        "judges by the thread",
                        () -> (cve, verdict) -> Priority.unknown(
                                "thread", Thread.currentThread().getName())),
                new Mutant<>(
                        "PR-2",
                        "fails for many files",
                        () -> (cve, verdict) -> CORRECT.priority(requireFew(cve), verdict)),
                new Mutant<>(
                        "PR-2",
                        "has no answer for a CVE without files",
                        () -> (cve, verdict) ->
                                cve.files().isEmpty() && !cve.title().isEmpty()
                                        ? null
                                        : CORRECT.priority(cve, verdict)),
                new Mutant<>("PR-3", "takes what is missing for zero", () -> (cve, verdict) -> {
                    Priority priority = CORRECT.priority(cve, verdict);
                    return Priority.of(priority.score().orElse(0), priority.reasons());
                }));
    }

    private static Cve requireFew(Cve cve) {
        if (cve.files().size() > 100) {
            throw new IllegalArgumentException(cve.files().size() + " files");
        }
        return cve;
    }

    @Test
    void aScoreWithoutEvidenceIsAllowedForAReason() {
        Probe.why = Optional.of("Everything counts.");
        try {
            ContractRun run = run(() -> (cve, verdict) -> Priority.of(50, "constant", "Always."));
            assertThat(run.failed()).isEmpty();
            assertThat(run.aborted().values())
                    .singleElement()
                    .asString()
                    .endsWith("PR-3 is not checked: Everything counts.");
        } finally {
            Probe.why = Optional.empty();
        }
    }
}
