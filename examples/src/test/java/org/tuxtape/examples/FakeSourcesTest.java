package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.core.triage.VexStatus;
import org.tuxtape.mail.MboxSource;
import org.tuxtape.testkit.fake.FakeBuildProfile;
import org.tuxtape.testkit.fake.FakeCveSource;
import org.tuxtape.testkit.fake.FakePrioritizer;
import org.tuxtape.testkit.fault.FaultyCveSource;

/** How an embedder tests against tuxtape without an archive and without a kernel: with the testkit's fakes. */
class FakeSourcesTest {
    private static final CveId LEAK = CveId.parse("CVE-2024-2000");
    private static final CveId OVERFLOW = CveId.parse("CVE-2024-2001");
    private static final CveId OTHER_DRIVER = CveId.parse("CVE-2024-2002");

    private final FakeBuildProfile profile = FakeBuildProfile.of(KernelBuild.of(KernelVersion.parse("6.6.10")))
            .compiled("net/core/sock.c", "vmlinux")
            .compiled("drivers/net/tun.c", "drivers/net/tun")
            .absent("drivers/net/gtp.c")
            .build();

    @Test
    void theKernelHasWhatWasCompiledAndTheScoresRankIt() {
        // snippet: fakes
        try (FakeCveSource source = FakeCveSource.named("announcements")
                .published(cve(LEAK, "drivers/net/tun.c"))
                .published(cve(OVERFLOW, "net/core/sock.c"))
                .published(cve(OTHER_DRIVER, "drivers/net/gtp.c"))
                .build()) {
            TriageReport report = Triage.of(CveCatalog.of(source))
                    .with(FakePrioritizer.builder()
                            .score(LEAK, 20)
                            .score(OVERFLOW, 80)
                            .build())
                    .against(profile);

            assertThat(report.affected())
                    .extracting(finding -> finding.cve().id())
                    .containsExactly(OVERFLOW, LEAK);
            assertThat(report.find(OTHER_DRIVER))
                    .get()
                    .extracting(Finding::verdict)
                    .extracting("status")
                    .isEqualTo(VexStatus.NOT_AFFECTED);
        }
        // end
    }

    @Test
    void aSourceThatBreaksOffLeavesWhatItDeliveredAndIsNamed() {
        try (FakeCveSource broken = FakeCveSource.named("broken")
                        .published(cve(LEAK, "drivers/net/tun.c"))
                        .failsAfter(1, SourceException.Fault.TRUNCATED)
                        .build();
                FakeCveSource whole = FakeCveSource.named("whole")
                        .published(cve(OVERFLOW, "net/core/sock.c"))
                        .build()) {
            TriageReport report = Triage.of(CveCatalog.of(broken, whole)).against(profile);

            assertThat(report.affected())
                    .extracting(finding -> finding.cve().id())
                    .containsExactlyInAnyOrder(LEAK, OVERFLOW);
            assertThat(report.faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.source().text()).isEqualTo("broken"));
        }
    }

    @Test
    void whatBreaksOffInTheMiddleIsTriedWithARealArchive() {
        // snippet: faults
        CveSource broken = FaultyCveSource.of(MboxSource.of(Sample.archive())).failingAt(2, SourceException.Fault.IO);
        CveCatalog catalog = CveCatalog.of(broken);

        assertThat(catalog.messages()).isEqualTo(1);
        assertThat(catalog.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(SourceException.Fault.IO));
        // end
    }

    private static Cve cve(CveId id, String file) {
        return Cve.builder(id)
                .title("something went wrong")
                .ranges(AffectedRange.unfixedSince(Change.of(KernelVersion.parse("6.1"))))
                .files(file)
                .build();
    }
}
