package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;

class FindingTest {
    private static final Cve CVE = Cve.builder(CveId.parse("CVE-2024-26581"))
            .title("netfilter: skip 100% of end %s intervals")
            .build();

    @Test
    void anOpenFindingIsExplainedRungByRungWithScoreAndReasons() {
        Verdict verdict = Verdict.of(List.of(
                version(VexStatus.AFFECTED, false, "Introduced in 5.0 (commit 0123456789ab), with no fix here."),
                files(new FilePresence.Unknown("It moved."), "net/a.c cannot be judged: It moved.")));
        Priority priority = new Priority(
                OptionalDouble.of(66.6),
                List.of(
                        Reason.of("cvss", 78, "CVSS base score 7.8."),
                        Reason.of("policy", -11.4, "Capped."),
                        Reason.of("exposure", "The build profile does not tell.")));

        assertThat(new Finding(CVE, verdict, Optional.of(priority)).explain()).isEqualTo("""
                        CVE-2024-26581: netfilter: skip 100% of end %s intervals
                          affected
                          version  Introduced in 5.0 (commit 0123456789ab), with no fix here.
                          files    net/a.c cannot be judged: It moved.
                          priority 67 of 100, high
                            +78.0  cvss: CVSS base score 7.8.
                            -11.4  policy: Capped.
                                -  exposure: The build profile does not tell.
                        """);
    }

    @Test
    void aSettledFindingIsExplainedWithItsJustification() {
        Verdict verdict = Verdict.of(List.of(
                version(VexStatus.AFFECTED, true, "Introduced in 5.0."),
                files(new FilePresence.Absent("Off."), "net/a.c is not compiled: Off.")));

        assertThat(new Finding(CVE, verdict, Optional.empty()).explain()).isEqualTo("""
                        CVE-2024-26581: netfilter: skip 100% of end %s intervals
                          not_affected, vulnerable_code_not_present
                          version  Introduced in 5.0.
                          files    net/a.c is not compiled: Off.
                        """);
    }

    @Test
    void aWeakVerdictIsCalledSoAndAMissingScoreUnknown() {
        Verdict verdict = Verdict.of(List.of(version(VexStatus.AFFECTED, true, "Introduced in 5.0.")));

        assertThat(new Finding(CVE, verdict, Optional.of(Priority.unknown("cvss", "No rating."))).explain())
                .isEqualTo("""
                        CVE-2024-26581: netfilter: skip 100% of end %s intervals
                          affected (weak)
                          version  Introduced in 5.0.
                          priority unknown
                                -  cvss: No rating.
                        """);
    }

    @Test
    void theTextIsTheSameInEveryLocale() {
        Finding finding = new Finding(
                CVE,
                Verdict.of(List.of(version(VexStatus.AFFECTED, false, "Introduced in 5.0."))),
                Optional.of(Priority.of(12.5, "cvss", "CVSS base score 1.2.")));
        String explained = finding.explain();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(finding.explain()).isEqualTo(explained).contains("+12.5");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Evidence.Version version(VexStatus status, boolean weak, String reason) {
        return new Evidence.Version(Optional.of(status), Optional.empty(), weak, reason);
    }

    private static Evidence.Files files(FilePresence presence, String reason) {
        TreeMap<SourcePath, FilePresence> files = new TreeMap<>();
        files.put(SourcePath.parse("net/a.c"), presence);
        return new Evidence.Files(files, reason);
    }
}
