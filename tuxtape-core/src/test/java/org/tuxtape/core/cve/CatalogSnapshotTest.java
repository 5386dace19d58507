package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

class CatalogSnapshotTest {
    private static final SourceId NAME = new SourceId("catalog");

    private final CveCatalog catalog = catalog();

    private static CveCatalog catalog() {
        Change bug = Change.of(CommitId.parse("0123456"));
        Change fix = Change.of(KernelVersion.parse("6.8-rc1"), CommitId.parse("fedcba9876543210"));
        Cve rich = Cve.builder(CveId.parse("CVE-2024-100001"))
                .title("drivers/acme/rocket.c") // equal to a path, and still a title
                .description("Ünïcode \uD83D\uDE80\n\nand lines")
                .ranges(AffectedRange.of(bug, fix), AffectedRange.EVERYTHING)
                .files("drivers/acme/rocket.c", "include/acme.h")
                .cvss(new Cvss(CvssVector.parse("CVSS:3.1/AV:L"), OptionalDouble.of(0), "AV:L - so"))
                .references(List.of("https://example.org/1", "drivers/acme/rocket.c"))
                .claims(List.of(new RangeClaim("elsewhere", List.of(AffectedRange.fixedBy(fix)))))
                .ssvc(new Ssvc(
                        Ssvc.Exploitation.ACTIVE,
                        true,
                        Ssvc.TechnicalImpact.PARTIAL,
                        "drivers/acme/rocket.c",
                        Optional.of(Instant.parse("2024-03-01T00:00:00.123456789Z"))))
                .exploits(List.of("https://example.org/poc"))
                .build();
        ScriptedSource mail = new ScriptedSource("announce.mbox")
                .published("CVE-2024-0001", "old")
                .unreadable("It is none.")
                .rejected("CVE-2024-0002");
        ScriptedSource tree = new ScriptedSource("vulns")
                .records()
                .on("2026-08-21")
                .published(rich)
                .published("CVE-2024-0001", "new");
        ScriptedSource broken = new ScriptedSource("broken").published("CVE-2024-0003", "last");
        ScriptedSource signed = new ScriptedSource("signed");
        signed.failsToOpen(signed.fault());
        return CveCatalog.of(mail, tree, broken.thenFails(broken.fault()), signed);
    }

    @Test
    void aCatalogComesBackWithItsWholeHistory() throws IOException {
        CveCatalog back = read(bytes(catalog));

        assertThat(List.copyOf(back.entries())).isEqualTo(List.copyOf(catalog.entries()));
        assertThat(back.unreadable()).isEqualTo(catalog.unreadable());
        assertThat(back.messages()).isEqualTo(catalog.messages());
        assertThat(back.faults())
                .extracting(fault -> fault.source() + " " + fault.fault() + " " + fault.getMessage())
                .containsExactly("broken TRUNCATED broken ends too early.", "signed TRUNCATED signed ends too early.");
        assertThat(bytes(back)).isEqualTo(bytes(catalog));
    }

    @Test
    void everySortOfAuthenticityComesBack() throws IOException {
        List<CveEvent> events = new ArrayList<>();
        for (Authenticity authenticity : List.of(
                Authenticity.UNCHECKED,
                Authenticity.UNSIGNED,
                new Authenticity.Valid("key"),
                new Authenticity.Invalid("why"),
                new Authenticity.KeyUnknown("other"))) {
            Origin origin = new Origin(
                    NAME,
                    Origin.Kind.ANNOUNCEMENT,
                    "message",
                    Optional.of("id@host"),
                    Optional.of(Instant.MAX),
                    authenticity);
            events.add(new CveEvent.Unreadable(
                    origin,
                    new Cursor("x"),
                    Optional.of(CveId.parse("CVE-2024-0001")),
                    "why",
                    Optional.of(new Excerpt(7, "line"))));
        }
        CveCatalog.Fold fold = new CveCatalog.Fold();
        events.forEach(fold::add);

        assertThat(read(bytes(new CveCatalog(fold))).unreadable()).isEqualTo(events);
    }

    @Test
    void anEmptyCatalogComesBack() throws IOException {
        CveCatalog back = read(bytes(CveCatalog.of()));

        assertThat(back.entries()).isEmpty();
        assertThat(back.messages()).isZero();
    }

    @Test
    void whatIsCutOffAnywhereIsToldAsSuch() throws IOException {
        byte[] whole = bytes(catalog);

        for (int length = 8; length < whole.length; length++) {
            assertFault(Arrays.copyOf(whole, length), Fault.TRUNCATED, Fault.CORRUPT);
        }
    }

    @Test
    void aFlippedBitNeverGivesAnotherCatalog() throws IOException {
        byte[] whole = bytes(catalog);
        int unnoticed = 0;

        for (int place = 8; place < whole.length; place++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[place] ^= (byte) (1 << bit);
                try {
                    assertThat(bytes(read(damaged)))
                            .as("byte %s, bit %s", place, bit)
                            .isEqualTo(whole);
                    unnoticed++;
                } catch (SourceException e) {
                    assertThat(e.fault()).isIn(Fault.CORRUPT, Fault.TRUNCATED);
                }
            }
        }
        assertThat(unnoticed)
                .as("bits of no meaning, which deflate has around its last block")
                .isLessThanOrEqualTo(2 * Byte.SIZE);
    }

    @Test
    void anotherFormOrVersionIsRefused() throws IOException {
        byte[] other = bytes(catalog);
        other[7]++;

        assertFault(other, Fault.WRONG_KIND);
        assertFault(new byte[0], Fault.WRONG_KIND);
        assertFault("CVE-2024-0001\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), Fault.WRONG_KIND);
    }

    private static void assertFault(byte[] bytes, Fault... faults) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.fault()).isIn((Object[]) faults);
            assertThat(e.source()).isEqualTo(NAME);
        });
    }

    private static byte[] bytes(CveCatalog catalog) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CatalogSnapshot.write(catalog, out);
        return out.toByteArray();
    }

    private static CveCatalog read(byte[] bytes) throws IOException {
        return CatalogSnapshot.read(NAME, new ByteArrayInputStream(bytes));
    }
}
