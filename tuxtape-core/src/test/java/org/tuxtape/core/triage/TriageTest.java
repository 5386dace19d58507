package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.tuxtape.core.triage.SmallCatalog.COMPILED_IN;
import static org.tuxtape.core.triage.SmallCatalog.FIXED;
import static org.tuxtape.core.triage.SmallCatalog.HEADER_ONLY;
import static org.tuxtape.core.triage.SmallCatalog.INTRODUCED_LATER;
import static org.tuxtape.core.triage.SmallCatalog.IN_A_MODULE;
import static org.tuxtape.core.triage.SmallCatalog.LEFT_OUT;
import static org.tuxtape.core.triage.SmallCatalog.NOTHING_KNOWN;
import static org.tuxtape.core.triage.SmallCatalog.REJECTED;
import static org.tuxtape.core.triage.SmallCatalog.WITHOUT_FILES;
import static org.tuxtape.core.triage.SmallCatalog.WITHOUT_VERSIONS;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;

class TriageTest {
    private final Triage triage = Triage.of(SmallCatalog.catalog());

    @Test
    void everyCveThatHoldsHasOneFindingAndItsVerdict() {
        TriageReport report = triage.against(SmallCatalog.profile());

        assertThat(ids(report.findings()))
                .containsExactlyInAnyOrder(
                        COMPILED_IN,
                        IN_A_MODULE,
                        LEFT_OUT,
                        NOTHING_KNOWN,
                        FIXED,
                        INTRODUCED_LATER,
                        WITHOUT_VERSIONS,
                        WITHOUT_FILES,
                        HEADER_ONLY);
        assertThat(status(report, COMPILED_IN)).isEqualTo(VexStatus.AFFECTED);
        assertThat(status(report, LEFT_OUT)).isEqualTo(VexStatus.NOT_AFFECTED);
        assertThat(status(report, NOTHING_KNOWN)).isEqualTo(VexStatus.UNDER_INVESTIGATION);
        assertThat(status(report, FIXED)).isEqualTo(VexStatus.FIXED);
        assertThat(status(report, INTRODUCED_LATER)).isEqualTo(VexStatus.NOT_AFFECTED);
        assertThat(report.find(REJECTED)).isEmpty();
        assertThat(report.find(new CveId(1999, 1))).isEmpty();
    }

    @Test
    void openVerdictsComeByStatusThenByFallingScoreWhatHasNoneLastThenTheSettledOnes() {
        Prioritizer prioritizer = SmallCatalog.scores(
                Map.of(COMPILED_IN, 10.0, IN_A_MODULE, 90.0, HEADER_ONLY, 0.0, WITHOUT_VERSIONS, 100.0));

        TriageReport report = triage.with(prioritizer).against(SmallCatalog.profile());

        assertThat(ids(report.findings()))
                .containsExactly(
                        IN_A_MODULE,
                        COMPILED_IN,
                        HEADER_ONLY,
                        WITHOUT_FILES,
                        WITHOUT_VERSIONS,
                        NOTHING_KNOWN,
                        FIXED,
                        INTRODUCED_LATER,
                        LEFT_OUT);
        assertThat(ids(report.affected())).containsExactly(IN_A_MODULE, COMPILED_IN, HEADER_ONLY, WITHOUT_FILES);
        assertThat(ids(report.open()))
                .containsExactly(IN_A_MODULE, COMPILED_IN, HEADER_ONLY, WITHOUT_FILES, WITHOUT_VERSIONS, NOTHING_KNOWN);
    }

    @Test
    void amongEqualScoresTheNewestCveComesFirst() {
        Prioritizer same = (cve, verdict) -> Priority.of(50, "same", "All are alike.");

        assertThat(ids(triage.with(same).against(SmallCatalog.profile()).affected()))
                .containsExactly(HEADER_ONLY, WITHOUT_FILES, IN_A_MODULE, COMPILED_IN);
    }

    @Test
    void theStandardPrioritizerRanksWhereNoOtherIsGiven() {
        TriageReport report = triage.against(SmallCatalog.profile());

        assertThat(report).isEqualTo(triage.with(Prioritizers.standard()).against(SmallCatalog.profile()));
        assertThat(report.findings().get(0).cve().id()).isEqualTo(COMPILED_IN);
    }

    @Test
    void onlyWhatIsOpenIsPrioritized() {
        Set<CveId> asked = new HashSet<>();
        Prioritizer curious = (cve, verdict) -> {
            asked.add(cve.id());
            return Priority.of(1, "curious", "It was asked.");
        };

        TriageReport report = triage.with(curious).against(SmallCatalog.profile());

        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.priority().isPresent())
                        .isEqualTo(finding.verdict().status().isOpen()));
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        COMPILED_IN, IN_A_MODULE, HEADER_ONLY, WITHOUT_FILES, WITHOUT_VERSIONS, NOTHING_KNOWN);
    }

    @Test
    void theReportNamesTheKernelAndWhatItsProfileWasMadeFrom() {
        TriageReport report = triage.against(SmallCatalog.profile());

        assertThat(report.kernel()).isEqualTo(SmallCatalog.profile().kernel());
        assertThat(report.provenance()).isEqualTo("written by a test");
    }

    @Test
    void whatTheCatalogCouldNotTakeIsCarriedAlong() {
        TriageReport report = triage.against(SmallCatalog.profile());

        assertThat(report.rejected()).containsExactly(REJECTED);
        assertThat(report.unreadable())
                .extracting(CveEvent.Unreadable::reason)
                .containsExactly("The first.", "The second.");
        assertThat(report.faults()).extracting(fault -> fault.source().text()).containsExactly("rest");
    }

    @Test
    void severalKernelsGetOneReportEachInTheirOrder() {
        BuildProfile old = BuildProfile.unknown(KernelBuild.of(KernelVersion.parse("4.19")));
        BuildProfile current = SmallCatalog.profile();

        List<TriageReport> reports = triage.against(List.of(old, current));

        assertThat(reports).containsExactly(triage.against(old), triage.against(current));
        assertThat(status(reports.get(0), COMPILED_IN)).isEqualTo(VexStatus.NOT_AFFECTED);
        assertThat(triage.against(List.of())).isEmpty();
    }

    @Test
    void aKernelMayBeJudgedByAVersionThatTheCallerKnowsBetter() {
        WrittenProfile profile = SmallCatalog.profile();
        BuildProfile renamed = profile.as(profile.kernel().withVersion(KernelVersion.parse("6.7")));

        TriageReport report = triage.against(renamed);

        assertThat(report.kernel().version()).hasToString("6.7");
        assertThat(report.provenance()).isEqualTo("written by a test, taken as 6.7");
        assertThat(status(report, COMPILED_IN)).isEqualTo(VexStatus.FIXED);
        assertThat(status(report, INTRODUCED_LATER)).isEqualTo(VexStatus.AFFECTED);
    }

    @Test
    void eachWithLeavesTheTriageAsItWas() {
        TriageReport before = triage.against(SmallCatalog.profile());

        Triage other = triage.with(SmallCatalog.scores(Map.of()));

        assertThat(triage.against(SmallCatalog.profile())).isEqualTo(before);
        assertThat(other.against(SmallCatalog.profile())).isNotEqualTo(before);
    }

    @Test
    void aReportCannotBeChanged() {
        TriageReport report = triage.against(SmallCatalog.profile());

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> report.findings().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> report.funnel().perObject().clear());
    }

    @Test
    void noPartMayBeMissing() {
        assertThatNullPointerException().isThrownBy(() -> Triage.of(null));
        assertThatNullPointerException().isThrownBy(() -> triage.with((Prioritizer) null));
        assertThatNullPointerException().isThrownBy(() -> triage.with((Context) null));
    }

    private static VexStatus status(TriageReport report, CveId id) {
        return report.find(id).map(Finding::verdict).map(Verdict::status).orElseThrow();
    }

    private static List<CveId> ids(List<Finding> findings) {
        return findings.stream().map(finding -> finding.cve().id()).toList();
    }
}
