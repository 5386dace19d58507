package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A contract against what keeps it and against what breaks one rule. */
abstract class MutantTest<S> {

    /** Runs the contract. */
    abstract ContractRun run(Supplier<S> subject);

    abstract List<Mutant<S>> mutants();

    abstract S correct();

    abstract Set<String> rules();

    @Test
    final void everyRuleHasATestAndAMutant() {
        assertThat(run(this::correct).all().stream().map(test -> test.substring(0, test.indexOf(' '))))
                .hasSameElementsAs(rules());
        assertThat(mutants()).extracting(Mutant::rule).hasSameElementsAs(rules());
    }

    @Test
    final void whatIsCorrectFailsNothing() {
        assertThat(run(this::correct).failed()).isEmpty();
    }

    @TestFactory
    final Stream<DynamicTest> aMutantFailsItsRuleAndNoOther() {
        Set<String> idle = new TreeSet<>(run(this::correct).all());
        Stream<DynamicTest> mutants = mutants().stream()
                .map(mutant -> dynamicTest(mutant.toString(), () -> {
                    Set<String> failed = run(mutant.subject()).failed().keySet();
                    idle.removeAll(failed);
                    assertThat(failed).isNotEmpty().allMatch(test -> test.startsWith(mutant.rule() + " "));
                }));
        // The last one, so that all mutants have run before.
        return Stream.concat(
                mutants,
                Stream.of(dynamicTest(
                        "every test fails for some mutant",
                        () -> assertThat(idle).isEmpty())));
    }
}
