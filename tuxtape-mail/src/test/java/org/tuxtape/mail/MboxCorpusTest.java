package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Reading;

/** Needs the real archives; the system property {@code tuxtape.corpus} says where they are. */
@DisplayName("The real announcements")
class MboxCorpusTest {
    private static final Map<Integer, Reading> READINGS = new ConcurrentHashMap<>();

    @ParameterizedTest(name = "of {0} are {1}, of which {2} are rejections")
    @CsvSource({"2024, 4457, 112", "2025, 5954, 149", "2026, 3411, 42"})
    void areReadInFull(int year, int messages, int rejected) throws IOException {
        Reading reading = reading(year);

        assertThat(reading.fault()).isNull();
        assertThat(reading.elements()).hasSize(messages);
        assertThat(reading.elements().stream().filter(CveEvent.Rejected.class::isInstance))
                .hasSize(rejected);
        assertThat(reading.elements().stream().filter(CveEvent.Unreadable.class::isInstance))
                .isEmpty();
        assertThat(reading.elements().stream().map(MboxCorpusTest::id)).isEqualTo(subjects(archive(year)));
    }

    @Test
    @DisplayName("name a range for every line about versions")
    void nameEveryRange() throws IOException {
        for (int year : List.of(2024, 2025, 2026)) {
            long lines = versionLines(archive(year));

            assertThat(published(year).mapToLong(cve -> cve.ranges().size()).sum())
                    .isEqualTo(lines);
        }
    }

    @Test
    @DisplayName("have the oddities that are known")
    void haveOddities() {
        assertThat(find(2024, "CVE-2021-46961").ranges())
                .hasSize(5)
                .allSatisfy(range -> assertThat(range.introduced()).contains(Change.of(KernelVersion.parse("5.1"))));
        assertThat(find(2024, "CVE-2024-26701").ranges()).isEmpty();
        assertThat(find(2024, "CVE-2021-47336").description())
                .contains("\nFrom 07571157c91b98ce1a4aa70967531e64b78e8346 Mon Sep 17 00:00:00 2001\n");
        assertThat(find(2025, "CVE-2025-0927").ranges()).containsExactly(AffectedRange.EVERYTHING);
        assertThat(published(2024).flatMap(cve -> cve.ranges().stream()))
                .contains(
                        AffectedRange.of(Cves.change("6.9-rc1", "f5c31bcf604d"), Cves.change("6.9.2", "d20013259539")));
    }

    @Test
    @DisplayName("are understood in full but for two mails")
    void areUnderstood() {
        List<Remark> remarks = Stream.of(2024, 2025, 2026)
                .flatMap(year -> reading(year).elements().stream())
                .filter(CveEvent.Published.class::isInstance)
                .flatMap(element -> ((CveEvent.Published) element).remarks().stream())
                .toList();

        assertThat(remarks)
                .extracting(Remark::reason)
                .hasSize(6)
                .containsOnly("The introducing commit is not named by an id.", "It names no versions.");
    }

    private static Cve find(int year, String id) {
        return published(year)
                .filter(cve -> cve.id().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Cve> published(int year) {
        return reading(year).elements().stream()
                .filter(CveEvent.Published.class::isInstance)
                .map(element -> ((CveEvent.Published) element).cve());
    }

    private static Reading reading(int year) {
        return READINGS.computeIfAbsent(year, key -> Reading.of(MboxSource.of(archive(key))));
    }

    private static String id(CveEvent element) {
        return element instanceof CveEvent.Published published
                ? published.cve().id().toString()
                : ((CveEvent.Rejected) element).id().toString();
    }

    /** What a plain look at the lines says, without the code under test. */
    private static List<String> subjects(Path archive) throws IOException {
        return lines(archive).stream()
                .filter(line -> line.startsWith("Subject: CVE-") || line.startsWith("Subject: REJECTED: CVE-"))
                .map(line -> line.replaceFirst("Subject: (?:REJECTED: )?(CVE-[0-9-]+):.*", "$1"))
                .toList();
    }

    private static long versionLines(Path archive) throws IOException {
        return lines(archive).stream()
                .filter(line -> line.matches("\t(?:Issue introduced in|Issue fixed in|Fixed in|All released) .*"))
                .count();
    }

    private static List<String> lines(Path archive) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new XZInputStream(Files.newInputStream(archive)), StandardCharsets.ISO_8859_1))) {
            for (String line; (line = reader.readLine()) != null; ) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static Path archive(int year) {
        String name = "linux-cve-announce-" + year + ".mbox.xz";
        Path archive = corpus().resolve(name);
        assumeThat(archive)
                .as("skipped: the real archives are not at " + corpus() + "; set the system property tuxtape.corpus")
                .exists();
        return archive;
    }

    /** Tests run in the folder of the module or in that of the checkout. */
    private static Path corpus() {
        String property = System.getProperty("tuxtape.corpus");
        if (property != null) {
            return Path.of(property);
        }
        Path fromModule = Path.of("../../shared/corpus");
        return Files.isDirectory(fromModule) ? fromModule : Path.of("../shared/corpus");
    }
}
