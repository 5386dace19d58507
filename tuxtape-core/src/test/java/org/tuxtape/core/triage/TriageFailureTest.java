package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tuxtape.core.triage.SmallCatalog.COMPILED_IN;
import static org.tuxtape.core.triage.SmallCatalog.IN_A_MODULE;
import static org.tuxtape.core.triage.SmallCatalog.WITHOUT_FILES;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceId;

class TriageFailureTest {
    private static final Prioritizer SCORES = SmallCatalog.scores(Map.of(COMPILED_IN, 90.0, IN_A_MODULE, 50.0));

    static Stream<RuntimeException> failures() {
        return Stream.of(
                new IllegalStateException("The table is broken."),
                new NullPointerException(),
                new SourceException(new SourceId("epss.csv"), SourceException.Fault.MISSING, "epss.csv is not there."));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aPrioritizerThatThrowsCostsTheCveItsScoreAndTheCallerNothingElse(RuntimeException failure) {
        Prioritizer failing = (cve, verdict) -> {
            if (cve.id().equals(COMPILED_IN)) {
                throw failure;
            }
            return SCORES.priority(cve, verdict);
        };

        TriageReport report = Triage.of(SmallCatalog.catalog()).with(failing).against(SmallCatalog.profile());
        TriageReport sound = Triage.of(SmallCatalog.catalog()).with(SCORES).against(SmallCatalog.profile());

        Finding finding = report.find(COMPILED_IN).orElseThrow();
        assertThat(finding.verdict().status()).isEqualTo(VexStatus.AFFECTED);
        assertThat(finding.priority().orElseThrow().score()).isEmpty();
        assertThat(finding.priority().orElseThrow().reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.text()).contains(failure.toString()));
        assertThat(report.findings())
                .filteredOn(other -> !other.cve().id().equals(COMPILED_IN))
                .containsExactlyElementsOf(sound.findings().stream()
                        .filter(other -> !other.cve().id().equals(COMPILED_IN))
                        .toList());
        assertThat(report.affected().get(0).cve().id()).isEqualTo(IN_A_MODULE);
        assertThat(report.funnel()).isEqualTo(sound.funnel());
    }

    @Test
    void whatIsLeftWithoutAScoreStandsBehindWhatHasOne() {
        Prioritizer failing = (cve, verdict) -> {
            if (cve.id().equals(WITHOUT_FILES)) {
                return Priority.of(0, "zero", "It is nothing.");
            }
            throw new IllegalStateException("The table is broken.");
        };

        assertThat(Triage.of(SmallCatalog.catalog())
                        .with(failing)
                        .against(SmallCatalog.profile())
                        .affected()
                        .get(0)
                        .cve()
                        .id())
                .isEqualTo(WITHOUT_FILES);
    }

    @Test
    void aPrioritizerThatIsCancelledEndsTheTriage() {
        Prioritizer cancelled = (cve, verdict) -> {
            throw new CancelledException();
        };

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(
                        () -> Triage.of(SmallCatalog.catalog()).with(cancelled).against(SmallCatalog.profile()));
    }

    @Test
    void aTokenThatWasCancelledBeforehandEndsTheTriageAtOnce() {
        CancellationToken token = CancellationToken.create();
        token.cancel();
        WrittenProfile profile = SmallCatalog.profile();

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> Triage.of(SmallCatalog.catalog())
                        .with(Context.standard().with(token))
                        .against(profile));
        assertThat(profile.asked()).isEmpty();
    }

    @Test
    void cancellationIsOfTheFamilyOfOurExceptions() {
        assertThat(new CancelledException())
                .isInstanceOf(TuxtapeException.class)
                .hasMessage("Cancelled on request.");
    }
}
