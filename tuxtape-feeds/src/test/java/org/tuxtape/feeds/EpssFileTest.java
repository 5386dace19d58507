package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.exploit.EpssScores;
import org.tuxtape.core.exploit.EpssScores.Score;

class EpssFileTest {
    private static final String MODEL = "#model_version:v2025.03.14,score_date:2026-08-16T12:55:00Z\n";
    private static final String COLUMNS = "cve,epss,percentile\n";
    private static final String ROWS = "CVE-2024-0001,0.5,0.99\nCVE-2024-0002,0.00012,0.01\n";
    private static final CveId ONE = CveId.parse("CVE-2024-0001");

    @TempDir
    Path directory;

    @Test
    void scoresAreReadWithTheirModelAndTheirDay() throws IOException {
        Feed<EpssScores> feed = read(MODEL + COLUMNS + ROWS);

        assertThat(feed.remarks()).isEmpty();
        assertThat(feed.content().model()).contains("v2025.03.14");
        assertThat(feed.content().scored()).contains(Instant.parse("2026-08-16T12:55:00Z"));
        assertThat(feed.content().scores()).hasSize(2);
        assertThat(feed.content().find(ONE)).contains(new Score(0.5, 0.99));
    }

    @Test
    void theLineOfTheModelMayBeMissing() throws IOException {
        EpssScores scores = read(COLUMNS + ROWS).content();

        assertThat(scores.model()).isEmpty();
        assertThat(scores.scored()).isEmpty();
        assertThat(scores.scores()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-14T00:00:00+0000, 2025-03-14T00:00:00Z",
        "2026-09-29T12:00:22Z,     2026-09-29T12:00:22Z",
        "yesterday,                ",
    })
    void theDayIsWrittenInTwoWays(String text, Instant day) throws IOException {
        EpssScores scores =
                read("#model_version:v1,score_date:" + text + "\n" + COLUMNS).content();

        assertThat(scores.scored().orElse(null)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CVE-2024-0001",
                "CVE-2024-0001,0.5",
                "CVE-2024-0001,0.5,0.5,1",
                "CVE-24-1,0.5,0.5",
                "CVE-2024-0001,1.5,0.5",
                "CVE-2024-0001,-0.1,0.5",
                "CVE-2024-0001,NaN,0.5",
                "CVE-2024-0001,much,0.5",
                "\u0000\u0007",
            })
    void aLineThatIsNoScoreIsARemarkAndSpoilsNoOther(String line) throws IOException {
        Feed<EpssScores> feed = read(COLUMNS + line + "\nCVE-2024-0002,0.1,0.2\n");

        assertThat(feed.remarks())
                .singleElement()
                .extracting(remark -> remark.excerpt().line())
                .isEqualTo(2);
        assertThat(feed.content().scores()).containsOnlyKeys(CveId.parse("CVE-2024-0002"));
    }

    @Test
    void ofTwoScoresOfACveTheFirstHoldsAndTheSecondIsARemark() throws IOException {
        Feed<EpssScores> feed = read(COLUMNS + "CVE-2024-0001,0.1,0.2\nCVE-2024-0001,0.9,0.9\n");

        assertThat(feed.content().find(ONE)).contains(new Score(0.1, 0.2));
        assertThat(feed.remarks()).hasSize(1);
    }

    @Test
    void remarksAreBounded() throws IOException {
        assertThat(read(COLUMNS + "x\n".repeat(1000)).remarks()).hasSize(Feed.MOST_REMARKS);
    }

    @Test
    void aLineWithoutAnEndTakesNoMemory() throws IOException {
        List<Remark> remarks = read(COLUMNS + "x".repeat(1 << 20)).remarks();

        assertThat(remarks).hasSize(1);
    }

    @Test
    void itMayBeCompressedWithGzip() throws IOException {
        Path file = Files.write(directory.resolve("epss.csv.gz"), gzip(MODEL + COLUMNS + ROWS));

        assertThat(EpssFile.read(file).content().scores()).hasSize(2);
    }

    /** The fault: a download that was cut off. */
    @Test
    void aFileThatEndsTooEarlyIsTruncated() throws IOException {
        byte[] whole = gzip(MODEL + COLUMNS + ROWS.repeat(100));
        Path file = Files.write(directory.resolve("epss.csv.gz"), Arrays.copyOf(whole, whole.length / 2));

        assertFault(file, Fault.TRUNCATED);
    }

    /** The fault: a byte that was changed on the way. */
    @Test
    void aFileWhoseChecksumIsWrongIsCorrupt() throws IOException {
        byte[] bytes = gzip(MODEL + COLUMNS + ROWS);
        bytes[bytes.length - 6] ^= 1;

        assertFault(Files.write(directory.resolve("epss.csv.gz"), bytes), Fault.CORRUPT);
    }

    /** The fault: a file that expands to more than any feed has. */
    @Test
    void aFileThatExpandsWithoutEndIsGivenUp() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(COLUMNS.getBytes(StandardCharsets.UTF_8));
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) '\n');
            for (int i = 0; i < 257; i++) {
                gzip.write(block);
            }
        }

        assertFault(Files.write(directory.resolve("epss.csv.gz"), bytes.toByteArray()), Fault.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "{}", "cve;epss;percentile\n", "#only a comment"})
    void anotherFileIsOfTheWrongKind(String text) throws IOException {
        assertFault(Files.writeString(directory.resolve("other"), text), Fault.WRONG_KIND);
    }

    @Test
    void aFileThatIsNotThereIsMissing() {
        assertFault(directory.resolve("none"), Fault.MISSING);
    }

    @Test
    void theRealScoresOfTheKernelsCvesAreReadInFull() {
        Feed<EpssScores> feed = EpssFile.read(Corpus.file("feeds/epss-linux-cna-2026-08-16.csv.gz"));

        assertThat(feed.remarks()).isEmpty();
        assertThat(feed.content().scores()).hasSize(14_483);
        assertThat(feed.content().scores().values().stream().filter(score -> score.probability() > 0.1))
                .hasSize(11);
    }

    private Feed<EpssScores> read(String text) throws IOException {
        return EpssFile.read(Files.writeString(directory.resolve("epss.csv"), text));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void assertFault(Path file, Fault fault) {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> EpssFile.read(file))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault))
                .withMessageContaining(file.getFileName().toString());
    }
}
