package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

class CatalogFactsTest {
    private static final CveId ID = CveId.parse("CVE-2024-0001");
    private static final Change BUG = Change.of(KernelVersion.parse("5.4"));
    private static final Change STABLE_FIX =
            Change.of(KernelVersion.parse("6.1.80"), CommitId.parse("0123456789abcdef0123456789abcdef01234567"));
    private static final Change FIX = Change.of(KernelVersion.parse("6.8"), CommitId.parse("fedcba9876543210"));
    private static final Ssvc POC = new Ssvc(
            Ssvc.Exploitation.POC,
            false,
            Ssvc.TechnicalImpact.TOTAL,
            "CISA Coordinator",
            Optional.of(Instant.parse("2024-03-01T00:00:00Z")));

    private final ScriptedSource mail = new ScriptedSource("announce.mbox")
            .on("2024-02-20")
            .published(cve(AffectedRange.of(BUG, FIX)).build());
    private final ScriptedSource tree = new ScriptedSource("vulns")
            .records()
            .on("2026-08-21")
            .published(cve(AffectedRange.of(BUG, STABLE_FIX), AffectedRange.of(BUG, FIX))
                    .cvss(new Cvss(CvssVector.parse("CVSS:3.1/AV:L"), OptionalDouble.of(7.8)))
                    .build());
    private final ScriptedSource list = new ScriptedSource("cvelist")
            .records()
            .on("2024-10-01")
            .published(cve(AffectedRange.of(BUG, FIX))
                    .ssvc(POC)
                    .exploits(List.of("https://example.org/poc"))
                    .build());

    private static Cve.Builder cve(AffectedRange... ranges) {
        return Cve.builder(ID).title("acme: be careful").ranges(ranges).files("drivers/acme/rocket.c");
    }

    @Test
    void eachFactSaysWhereItComesFromAndHowOldItIs() {
        CatalogEntry entry = entry(mail, tree);

        assertThat(entry.facts())
                .extracting(fact -> fact.kind() + ": " + fact.text())
                .containsExactly(
                        "state: published",
                        "title: acme: be careful",
                        "range: introduced in 5.4, fixed in 6.1.80 (commit 0123456789abcdef0123456789abcdef01234567)",
                        "range: introduced in 5.4, fixed in 6.8 (commit fedcba9876543210)",
                        "file: drivers/acme/rocket.c",
                        "cvss: CVSS:3.1/AV:L 7.8");
        assertThat(entry.facts()).allSatisfy(fact -> {
            assertThat(fact.origin().source()).hasToString("vulns");
            assertThat(fact.age(Instant.parse("2026-08-31T00:00:00Z"))).contains(Duration.ofDays(10));
            assertThat(fact.age(Instant.EPOCH)).contains(Duration.ZERO);
        });
    }

    @Test
    void whatOthersAddedComesFromTheRecordThatHasIt() {
        for (CatalogEntry entry : List.of(entry(list, tree, mail), entry(mail, tree, list))) {
            Cve cve = entry.published().orElseThrow();

            assertThat(cve.ranges()).as("the author's newest word").hasSize(2);
            assertThat(cve.ssvc()).contains(POC);
            assertThat(cve.exploits()).containsExactly("https://example.org/poc");
            assertThat(entry.facts())
                    .filteredOn(fact -> fact.kind() == Fact.Kind.SSVC)
                    .singleElement()
                    .satisfies(fact -> {
                        assertThat(fact.origin().source()).hasToString("cvelist");
                        assertThat(fact.date()).contains(Instant.parse("2024-03-01T00:00:00Z"));
                        assertThat(fact.text())
                                .isEqualTo(
                                        "exploitation poc, automatable no, technical impact total, by CISA Coordinator");
                    });
        }
    }

    @Test
    void whatDoesNotHoldAnyMoreStaysVisible() {
        ScriptedSource stale = new ScriptedSource("old.mbox")
                .on("2024-01-01")
                .published(cve(AffectedRange.unfixedSince(BUG)).build());

        assertThat(entry(stale, mail, tree).superseded())
                .extracting(fact -> fact.origin().source() + " " + fact.text())
                .containsExactly("old.mbox introduced in 5.4, not fixed");
    }

    @Test
    void aRejectionSupersedesEveryOtherFact() {
        CatalogEntry entry = entry(mail, tree, list, new ScriptedSource("rejections").rejected(ID.toString()));

        assertThat(entry.published()).isEmpty();
        assertThat(entry.facts()).extracting(Fact::text).containsExactly("rejected");
        assertThat(entry.superseded()).hasSizeGreaterThan(5);
    }

    @Test
    void cvesAreFoundByFileByFixAndByRelease() {
        CveCatalog catalog = CveCatalog.of(mail, tree, new ScriptedSource("more").published("CVE-2024-0002", "other"));

        assertThat(catalog.byFile(SourcePath.parse("drivers/acme/rocket.c")))
                .extracting(CatalogEntry::id)
                .containsExactly(ID);
        assertThat(catalog.byFile(SourcePath.parse("drivers/acme"))).isEmpty();
        assertThat(catalog.byFix(CommitId.parse("0123456"))).hasSize(1);
        assertThat(catalog.byFix(CommitId.parse("fedcba9876543210ffff"))).hasSize(1);
        assertThat(catalog.byFix(CommitId.parse("7777777"))).isEmpty();
        assertThat(catalog.fixedIn(KernelVersion.parse("6.1.80"))).hasSize(1);
        assertThat(catalog.fixedIn(KernelVersion.parse("6.1.81"))).isEmpty();
    }

    private static CatalogEntry entry(CveSource... sources) {
        return CveCatalog.of(sources).find(ID).orElseThrow();
    }
}
