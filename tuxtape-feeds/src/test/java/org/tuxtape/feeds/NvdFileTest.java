package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.exploit.NvdRecords;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Verdict;

@DisplayName("A file of the National Vulnerability Database")
class NvdFileTest {
    private static final CveId ID = CveId.parse("CVE-2024-26581");
    private static final String RECORD = """
            {"id": "CVE-2024-26581", "vulnStatus": "Modified", "lastModified": "2026-06-17T07:43:17.830",
             "metrics": {
               "cvssMetricV2": [{"source": "nvd@nist.gov", "cvssData": {"vectorString": "AV:L/AC:L/Au:N/C:C/I:C/A:C"}}],
               "cvssMetricV31": [
                 {"source": "someone@example.org", "type": "Secondary", "cvssData": {
                    "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "baseScore": 9.8}},
                 {"source": "nvd@nist.gov", "type": "Primary", "cvssData": {
                    "vectorString": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "baseScore": 7.8}}]},
             "references": [{"url": "https://example.org/fix", "tags": ["Patch"]},
               {"url": "https://example.org/poc", "tags": ["Exploit", "Third Party Advisory"]}]}""";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\": \"2026-07-07T03:28:20.959\", \"vulnerabilities\": [{\"cve\": %s}]}",
                "{\"timestamp\": \"2026-07-07T03:28:20.959Z\", \"cve_items\": [%s]}",
                "%s"
            })
    @DisplayName("is a response, a feed, or one record")
    void isAnyOfThese(String form) throws IOException {
        Feed<NvdRecords> feed = read(form.formatted(RECORD));

        assertThat(feed.remarks()).isEmpty();
        NvdRecords.Entry entry = feed.content().find(ID).orElseThrow();
        assertThat(entry.status()).isEqualTo("Modified");
        assertThat(entry.modified()).contains(Instant.parse("2026-06-17T07:43:17.830Z"));
        assertThat(entry.ratings()).hasSize(2);
        assertThat(entry.best().orElseThrow().by()).isEqualTo("nvd@nist.gov");
        assertThat(entry.exploits()).containsExactly("https://example.org/poc");
        if (form.contains("timestamp")) {
            assertThat(feed.content().asOf()).contains(Instant.parse("2026-07-07T03:28:20.959Z"));
        }
    }

    @Test
    @DisplayName("may hold what is not understood, which is told")
    void mayHoldWhatIsNotUnderstood() throws IOException {
        Feed<NvdRecords> feed = read("{\"vulnerabilities\": [{\"cve\": {\"id\": \"x\"}}, {\"cve\": "
                + RECORD.replace("CVSS:3.1/AV:N", "CVSS-3.1/AV:N") + "}, {}]}");

        assertThat(feed.content().entries()).containsOnlyKeys(ID);
        assertThat(feed.remarks())
                .extracting(Remark::reason)
                .containsExactly(
                        "A record has no CVE id.",
                        "A rating of CVE-2024-26581 is not understood.",
                        "A record has no CVE id.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "{\"vulnerabilities\": 7}", "{\"id\": \"CVE-2024-26581\"}"})
    @DisplayName("is refused where it is something else")
    void isRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.fault()).isEqualTo(SourceException.Fault.WRONG_KIND));
    }

    @Test
    @DisplayName("rates what has no rating of its own, and says when it is old")
    void ratesWhatHasNone() throws IOException {
        NvdRecords records = read("{\"timestamp\": \"2026-07-07T00:00:00\", \"vulnerabilities\": [{\"cve\": " + RECORD
                        + "}]}")
                .content();
        Cve cve = Cve.builder(ID).build();

        Priority fresh = priority(records, cve, "2026-07-08T00:00:00Z");
        assertThat(fresh.score()).hasValue(78);
        assertThat(fresh.reasons().get(0).text())
                .isEqualTo("CVSS base score 7.8 (CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H), by nvd@nist.gov.");
        assertThat(priority(records, cve, "2026-09-01T00:00:00Z")
                        .reasons()
                        .get(0)
                        .text())
                .endsWith("The ratings may be out of date: 56 days.");
        assertThat(priority(records, Cve.builder(CveId.parse("CVE-2024-0001")).build(), "2026-07-08T00:00:00Z")
                        .score())
                .isEmpty();
    }

    private static Priority priority(NvdRecords records, Cve cve, String now) {
        return Prioritizers.nvd(records, Instant.parse(now)).priority(cve, Verdict.of(List.of()));
    }

    @Test
    @DisplayName("of the real ones is understood in full")
    void ofTheRealOnes() throws IOException {
        int files = 0;
        int rated = 0;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new XZInputStream(Files.newInputStream(Corpus.file("feeds/nvd-samples.tar.xz"))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    Path file = Files.write(directory.resolve("sample.json"), tar.readAllBytes());
                    Feed<NvdRecords> feed = NvdFile.read(file);
                    assertThat(feed.remarks()).as(entry.getName()).isEmpty();
                    assertThat(feed.content().entries()).hasSize(1);
                    files++;
                    rated += feed.content()
                                    .entries()
                                    .values()
                                    .iterator()
                                    .next()
                                    .ratings()
                                    .isEmpty()
                            ? 0
                            : 1;
                }
            }
        }
        assertThat(files).isEqualTo(25);
        assertThat(rated).isEqualTo(23);
    }

    private Feed<NvdRecords> read(String text) throws IOException {
        return NvdFile.read(Files.writeString(directory.resolve("nvd.json"), text));
    }
}
