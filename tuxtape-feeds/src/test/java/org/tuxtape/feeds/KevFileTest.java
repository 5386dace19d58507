package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.exploit.KnownExploited;

class KevFileTest {
    private static final CveId ONE = CveId.parse("CVE-2024-0001");

    @TempDir
    Path directory;

    @Test
    void entriesAreReadWithTheirDay() throws IOException {
        Feed<KnownExploited> feed = read(catalog(entry("CVE-2024-0001", "2024-06-13", "Unknown")));

        assertThat(feed.remarks()).isEmpty();
        assertThat(feed.content().released()).isEqualTo(Instant.parse("2026-08-07T16:45:47.0648Z"));
        assertThat(feed.content().find(ONE)).contains(new KnownExploited.Entry(LocalDate.parse("2024-06-13"), false));
        assertThat(feed.content().find(CveId.parse("CVE-2024-0002"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Known, true", "Unknown, false", "'', false", "known, false"})
    void useByRansomwareIsWhatIsKnown(String use, boolean byRansomware) throws IOException {
        KnownExploited list =
                read(catalog(entry("CVE-2024-0001", "2024-06-13", use))).content();

        assertThat(list.find(ONE).orElseThrow().byRansomware()).isEqualTo(byRansomware);
    }

    @Test
    void anEntryThatIsNotUnderstoodIsARemarkAndSpoilsNoOther() throws IOException {
        Feed<KnownExploited> feed = read(catalog(entry("CVE-24-1", "2024-06-13", "Known")
                + "," + entry("CVE-2024-0003", "soon", "Known")
                + ",7,null,"
                + entry("CVE-2024-0001", "2024-06-13", "Known")));

        assertThat(feed.remarks()).extracting(remark -> remark.excerpt().line()).containsExactly(1, 2, 3, 4);
        assertThat(feed.content().entries()).containsOnlyKeys(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "7", "{\"vulnerabilities\": []}", "{\"dateReleased\": \"2026-08-07T16:45:47Z\"}"})
    void anotherFileIsOfTheWrongKind(String text) throws IOException {
        assertFault(text, Fault.WRONG_KIND);
    }

    /** The faults: a download that was cut off, something else in its place, and brackets without end. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"vulnerabilities\": [{\"cveID\": \"CVE-2024-", "<html>", "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[["})
    void whatIsNoJsonIsCorrupt(String text) throws IOException {
        assertFault(text, Fault.CORRUPT);
    }

    @Test
    void theRealCatalogIsReadInFull() {
        Feed<KnownExploited> feed = KevFile.read(Corpus.file("feeds/known_exploited_vulnerabilities.2026-08-07.json"));

        assertThat(feed.remarks()).isEmpty();
        assertThat(feed.content().entries()).hasSize(1_662).containsKey(CveId.parse("CVE-2024-36971"));
    }

    private static String catalog(String entries) {
        return "{\"dateReleased\": \"2026-08-07T16:45:47.0648Z\", \"vulnerabilities\": [" + entries + "]}";
    }

    private static String entry(String id, String added, String use) {
        return "{\"cveID\": \"%s\", \"dateAdded\": \"%s\", \"knownRansomwareCampaignUse\": \"%s\"}"
                .formatted(id, added, use);
    }

    private Feed<KnownExploited> read(String text) throws IOException {
        return KevFile.read(Files.writeString(directory.resolve("kev.json"), text));
    }

    private void assertFault(String text, Fault fault) throws IOException {
        Path file = Files.writeString(directory.resolve("kev.json"), text);
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> KevFile.read(file))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
