package org.tuxtape.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.testkit.contract.PrioritizerContract;
import org.tuxtape.testkit.sample.Verdicts;

final class FakePrioritizerTest extends PrioritizerContract {
    private static final CveId KNOWN = CveId.parse("CVE-2024-26581");
    private static final CveId SILENT = CveId.parse("CVE-2024-26582");

    private final FakePrioritizer.Builder builder =
            FakePrioritizer.builder().score(KNOWN, 70).unknown(SILENT);

    @Override
    protected Prioritizer prioritizer() {
        return builder.relaxed().build();
    }

    @Test
    void itGivesTheScoreThatWasSetUp() {
        FakePrioritizer prioritizer = builder.build();
        assertThat(prioritizer
                        .priority(Cve.builder(KNOWN).build(), Verdicts.empty())
                        .score())
                .hasValue(70);
        assertThat(prioritizer
                        .priority(Cve.builder(SILENT).build(), Verdicts.empty())
                        .score())
                .isEmpty();
    }

    @Test
    void itNamesWhatWasNotSetUp() {
        Cve other = Cve.builder(CveId.parse("CVE-2024-9999")).build();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> builder.build().priority(other, Verdicts.empty()))
                .withMessage("Asked for the priority of CVE-2024-9999, which was not set up; relaxed() allows it.");
    }
}
