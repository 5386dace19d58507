package org.tuxtape.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.testkit.fake.FakeCveSource;
import org.tuxtape.testkit.sample.Cves;
import org.tuxtape.testkit.sample.Verdicts;

final class FaultyJudgesTest {
    private static final BuildProfile UNKNOWN = BuildProfile.unknown(KernelBuild.of(KernelVersion.parse("6.12.94")));

    @Test
    void aPrioritizerThrowsAtTheCallThatWasNamed() {
        Prioritizer prioritizer = FaultyPrioritizer.throwingAt(2, Prioritizers.cvss());
        prioritizer.priority(Cves.bare(), Verdicts.empty());
        assertThatIllegalStateException()
                .isThrownBy(() -> prioritizer.priority(Cves.bare(), Verdicts.empty()))
                .withMessage("Call 2, for CVE-2024-0001, fails as the test wants it.");
        prioritizer.priority(Cves.bare(), Verdicts.empty());
    }

    @Test
    void aTriageLosesOnlyTheScoreOfTheCveThatAPrioritizerThrewFor() {
        FakeCveSource.Builder source = FakeCveSource.named("announce");
        Cves.spread(1, 5).forEach(source::published);
        TriageReport report = Triage.of(CveCatalog.of(source.build()))
                .with(FaultyPrioritizer.throwingAt(1, Prioritizers.standard()))
                .against(UNKNOWN);
        assertThat(report.findings()).hasSize(5);
        assertThat(report.findings().stream()
                        .flatMap(finding -> finding.priority().stream())
                        .flatMap(priority -> priority.reasons().stream()))
                .filteredOn(reason -> reason.text().contains("fails as the test wants it"))
                .hasSize(1);
    }

    @Test
    void aProfileThrowsAtTheQuestionThatWasNamed() {
        BuildProfile profile = FaultyBuildProfile.throwingAt(3, UNKNOWN);
        profile.file(SourcePath.parse("net/core/sock.c"));
        profile.function("sock_init", SourcePath.parse("net/core/sock.c"));
        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> profile.option(ConfigSymbol.parse("NET")))
                .withMessage("version only fails at question 3, as the test wants it.");
        assertThat(profile.option(ConfigSymbol.parse("NET"))).isEmpty();
        assertThat(profile.kernel()).isEqualTo(UNKNOWN.kernel());
    }
}
