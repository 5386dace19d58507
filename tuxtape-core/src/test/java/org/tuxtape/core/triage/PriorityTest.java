package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityTest {
    private static final List<Reason> REASONS = List.of(Reason.of("cvss", "Severe."));

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 100})
    void aScoreLiesBetweenZeroAndAHundred(double score) {
        assertThat(Priority.of(score, REASONS).score()).hasValue(score);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 100.001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anyOtherScoreIsRefused(double score) {
        assertThatIllegalArgumentException().isThrownBy(() -> Priority.of(score, REASONS));
    }

    @Test
    void aPriorityGivesItsReasons() {
        assertThatIllegalArgumentException().isThrownBy(() -> Priority.of(50, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Priority(OptionalDouble.empty(), List.of()));
    }

    @Test
    void aSingleReasonMakesUpTheWholeScore() {
        assertThat(Priority.of(42, "cvss", "Severe.").reasons()).containsExactly(Reason.of("cvss", 42, "Severe."));
    }

    @Test
    void unknownIsNotZero() {
        Priority unknown = Priority.unknown("cvss", "No rating.");

        assertThat(unknown.score()).isEmpty();
        assertThat(unknown.reasons()).containsExactly(Reason.of("cvss", "No rating."));
        assertThat(unknown.reasons().get(0).points()).isEmpty();
        assertThat(unknown).isNotEqualTo(Priority.of(0, "cvss", "No rating."));
    }

    @Test
    void reasonsAreCopied() {
        List<Reason> reasons = new ArrayList<>(REASONS);
        Priority priority = Priority.of(1, reasons);

        reasons.clear();

        assertThat(priority.reasons()).isEqualTo(REASONS);
    }

    @Test
    void aReasonNamesItsFactorAndSaysASentence() {
        assertThatNullPointerException().isThrownBy(() -> Reason.of(null, "x"));
        assertThatNullPointerException().isThrownBy(() -> Reason.of("x", null));
        assertThatNullPointerException().isThrownBy(() -> new Reason("x", null, "y"));
    }
}
