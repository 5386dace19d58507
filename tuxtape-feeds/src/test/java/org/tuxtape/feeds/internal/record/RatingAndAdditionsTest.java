package org.tuxtape.feeds.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.RangeClaim;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.cve.Ssvc;
import org.tuxtape.feeds.fixture.RecordText;

@DisplayName("Beside what a record says")
class RatingAndAdditionsTest {
    private static final String ID = "CVE-2024-26581";
    private static final String METRIC =
            "\"metrics\": [{\"cvssV3_1\": {\"vectorString\": \"%s\", \"baseScore\": %s}%s}],";

    @Nested
    @DisplayName("a rating")
    class Rating {
        @Test
        @DisplayName("gives its reasons, metric by metric, each on a line")
        void givesItsReasons() {
            String rationale = "AV:L - Rockets are launched from the pad.\nAC:L - A button is enough.";

            for (RecordText record : List.of(rated("7.8"), RecordText.usual(ID))) {
                Cvss cvss = read(record, RecordText.RATING_FILE).cve().cvss().orElseThrow();
                assertThat(cvss.rationale()).isEqualTo(rationale);
                assertThat(cvss.baseScore()).hasValue(7.8);
                assertThat(cvss.vector()).hasToString(RecordText.VECTOR);
            }
        }

        @Test
        @DisplayName("may have its reasons in the record")
        void mayHaveItsReasonsInTheRecord() {
            String scenarios = ", \"scenarios\": [{\"lang\": \"en\", \"value\": \"AV:L - From the pad.\"}]";
            RecordText record = RecordText.usual(ID).part(METRIC.formatted(RecordText.VECTOR, "7.8", scenarios));

            assertThat(read(record, null).cve().cvss().orElseThrow().rationale())
                    .isEqualTo("AV:L - From the pad.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a rating", "", "CVSS:3.1/AV:L", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H/A:H"})
        @DisplayName("whose vector is none is reported, and that of the record stays")
        void isReported(String vector) {
            RecordReading.Published reading = read(rated("7.8"), vector + "\n\nAV:L - x\n");

            assertThat(reading.remarks())
                    .extracting(Remark::reason)
                    .containsExactly("The vector in its .cvss is not understood.");
            assertThat(reading.cve().cvss()).isPresent();
            assertThat(read(RecordText.usual(ID), vector).cve().cvss()).isEmpty();
        }

        @Test
        @DisplayName("in a file that is too large is reported, and that of the record stays")
        void inALargeFileIsReported() {
            RecordReading.Published reading = readBeside(rated("7.8"), Optional.of(Content.tooLarge()));

            assertThat(reading.remarks())
                    .extracting(Remark::reason)
                    .containsExactly("Its .cvss is larger than is read.");
            assertThat(reading.cve().cvss()).isPresent();
        }

        @Test
        @DisplayName("that differs from the record's is reported, and the record's stays")
        void thatDiffersIsReported() {
            String other = RecordText.VECTOR.replace("AV:L", "AV:N");
            RecordReading.Published reading = read(rated("7.8"), other + "\n");

            assertThat(reading.remarks())
                    .extracting(Remark::reason)
                    .containsExactly("Its .cvss has another vector than its record.");
            assertThat(reading.cve().cvss().orElseThrow().vector()).hasToString(RecordText.VECTOR);
        }

        @Test
        @DisplayName("with a score that is not that of its vector is reported, and kept as it was given")
        void withAWrongScoreIsReported() {
            RecordReading.Published reading = read(rated("9.9"), null);

            assertThat(reading.remarks())
                    .extracting(Remark::reason)
                    .containsExactly("Its CVSS base score is not the one of its vector.");
            assertThat(reading.cve().cvss().orElseThrow().baseScore()).hasValue(9.9);
        }

        private RecordText rated(String score) {
            return RecordText.usual(ID).part(METRIC.formatted(RecordText.VECTOR, score, ""));
        }
    }

    @Nested
    @DisplayName("others")
    class Others {
        private static final String CISA = "134c704f-9b21-4f2e-91b3-4a467353bcc0";

        @Test
        @DisplayName("say what is known of its exploitation")
        void sayWhatIsKnownOfItsExploitation() {
            assertThat(ssvc(CISA, "poc", "yes", "total"))
                    .contains(new Ssvc(
                            Ssvc.Exploitation.POC,
                            true,
                            Ssvc.TechnicalImpact.TOTAL,
                            "CISA Coordinator",
                            Optional.of(Instant.parse("2024-02-27T16:02:54Z"))));
            assertThat(ssvc("another", "active", "yes", "total")).isEmpty();
        }

        @Test
        @DisplayName("are not guessed at where they use other words")
        void areNotGuessedAt() {
            RecordReading.Published reading =
                    read(RecordText.usual(ID).beside(adp(CISA, "maybe", "yes", "total")), null);

            assertThat(reading.cve().ssvc()).isEmpty();
            assertThat(reading.remarks())
                    .extracting(Remark::reason)
                    .containsExactly("Its SSVC findings are not understood.");
        }

        @Test
        @DisplayName("mark links as exploits, each told once")
        void markLinksAsExploits() {
            String links = ", \"adp\": [{\"references\": [{\"url\": \"https://example.org/poc\", \"tags\":"
                    + " [\"exploit\", \"technical-description\"]}, {\"url\": \"https://example.org/poc\", \"tags\":"
                    + " [\"exploit\"]}, {\"url\": \"https://example.org/talk\", \"tags\": [\"x_transferred\"]}]}]";

            assertThat(read(RecordText.usual(ID).beside(links), null).cve().exploits())
                    .containsExactly("https://example.org/poc");
            assertThat(read(RecordText.usual(ID), null).cve().exploits()).isEmpty();
        }

        @Test
        @DisplayName("do not say which versions have it")
        void doNotSayWhichVersionsHaveIt() {
            String versions = ", \"adp\": [{\"affected\": [{\"vendor\": \"Linux\", \"product\": \"Linux\","
                    + " \"defaultStatus\": \"affected\", \"programFiles\": [\"x.c\"], \"versions\": [{\"version\":"
                    + " \"2.6.12\", \"status\": \"affected\"}]}]}]";

            assertThat(read(RecordText.usual(ID).beside(versions), null).cve())
                    .isEqualTo(read(RecordText.usual(ID), null).cve());
        }

        private Optional<Ssvc> ssvc(String organisation, String... words) {
            return read(RecordText.usual(ID).beside(adp(organisation, words)), null)
                    .cve()
                    .ssvc();
        }

        private String adp(String organisation, String... words) {
            return """
                   , "adp": [{"providerMetadata": {"orgId": "%s"}, "metrics": [{"other": {"type": "kev"}}, {"other": {
                   "type": "ssvc", "content": {"timestamp": "2024-02-27T16:02:54Z", "role": "CISA Coordinator",
                   "options": [{"Exploitation": "%s"}, {"Automatable": "%s"}, {"Technical Impact": "%s"}]}}}]}]""".formatted(organisation, words[0], words[1], words[2]);
        }
    }

    @Test
    @DisplayName("its pairs may name other versions, which is kept")
    void itsPairsMayNameOtherVersions() {
        Content json = content(RecordText.usual(ID).toString());
        RecordReading.Published differing = (RecordReading.Published) RecordParser.parse(new RecordFiles(
                CveId.parse(ID), false, json, Optional.of(content(RecordText.usualDyad())), Optional.empty()));
        String same = RecordText.dyad(
                "6.1:" + RecordText.commit(1) + ":6.6.7:" + RecordText.commit(2),
                "6.1:" + RecordText.commit(1) + ":6.8:" + RecordText.commit(3));
        RecordReading.Published agreeing = (RecordReading.Published) RecordParser.parse(
                new RecordFiles(CveId.parse(ID), false, json, Optional.of(content(same)), Optional.empty()));

        assertThat(differing.cve().claims()).extracting(RangeClaim::place).containsExactly("the versions in its JSON");
        List<AffectedRange> said = differing.cve().claims().get(0).ranges();
        assertThat(said).hasSize(2);
        assertThat(agreeing.cve().claims()).isEmpty();
    }

    private static RecordReading.Published read(RecordText record, String cvss) {
        return readBeside(record, Optional.ofNullable(cvss).map(RatingAndAdditionsTest::content));
    }

    private static RecordReading.Published readBeside(RecordText record, Optional<Content> cvss) {
        return (RecordReading.Published) RecordParser.parse(
                new RecordFiles(CveId.parse(ID), false, content(record.toString()), Optional.empty(), cvss));
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
