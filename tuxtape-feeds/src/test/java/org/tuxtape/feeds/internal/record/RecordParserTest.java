package org.tuxtape.feeds.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.feeds.fixture.RecordText;

@DisplayName("A record")
class RecordParserTest {
    private static final String ID = "CVE-2024-26581";
    private static final String VECTOR = "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H";

    @Nested
    @DisplayName("that is published")
    class Published {
        @Test
        @DisplayName("gives title, description, files and links")
        void givesItsParts() {
            assertThat(cve(RecordText.usual(ID)))
                    .isEqualTo(Cve.builder(CveId.parse(ID))
                            .title("acme: rocket: do not launch twice")
                            .description("A rocket\nflies once.")
                            .ranges(
                                    AffectedRange.of(change("6.1", 1), change("6.6.7", 2)),
                                    AffectedRange.of(change("6.1", 1), change("6.8", 3)))
                            .files("drivers/acme/rocket.c", "include/acme/rocket.h")
                            .references(List.of("https://git.kernel.org/stable/c/1"))
                            .build());
        }

        @Test
        @DisplayName("may be written as in 2024 or by cve.org, with containers of others")
        void mayBeOfAnyEra() {
            Cve cve = cve(RecordText.usual(ID));
            String others = ", \"adp\": [{\"affected\": [{\"vendor\": \"Linux\", \"product\": \"Linux\","
                    + " \"defaultStatus\": \"affected\", \"versions\": [{\"version\": \"2.6.12\","
                    + " \"status\": \"affected\"}]}], \"metrics\": [{\"cvssV3_1\": {\"vectorString\": \"" + VECTOR
                    + "\"}}]}]";
            RecordText list = RecordText.usual(ID).cna(RecordText.LIST_CNA).beside(others);

            assertThat(cve(RecordText.of(ID)
                            .old()
                            .commits(RecordText.commit(1), RecordText.commit(2))
                            .commits(RecordText.commit(1), RecordText.commit(3))
                            .introduced("6.1")
                            .fixed("6.6.7", "6.6.*")
                            .fixed("6.8", "*")))
                    .isEqualTo(cve);
            assertThat(cve(list)).isEqualTo(cve);
        }

        @Test
        void isDatedByTheList() {
            String updated = "\"datePublished\": \"2024-02-20T12:52:57.398Z\",";

            assertThat(read(RecordText.usual(ID).metadata(updated)).date())
                    .contains(Instant.parse("2024-02-20T12:52:57.398Z"));
            assertThat(read(RecordText.usual(ID).metadata(updated + "\"dateUpdated\": \"2024-12-19T08:41:16\","))
                            .date())
                    .contains(Instant.parse("2024-12-19T08:41:16Z"));
            assertThat(read(RecordText.usual(ID).metadata("\"dateUpdated\": \"yesterday\","))
                            .date())
                    .isEmpty();
        }

        @Test
        void needsNeitherTextNorVersions() {
            RecordReading.Published reading =
                    published(RecordText.of(ID).untold().files("7"));

            assertThat(reading.cve().title()).isEmpty();
            assertThat(reading.cve().description()).isEmpty();
            assertThat(reading.cve().ranges()).isEmpty();
            assertThat(reading.remarks()).extracting(Remark::reason).containsExactly("It names no versions.");
        }

        @Test
        @DisplayName("has the CNA's rating, and remarks where it is none")
        void isRated() {
            String metrics =
                    "\"metrics\": [{\"other\": {}}, {\"cvssV3_1\": {\"vectorString\": \"%s\", \"baseScore\": %s}}],";

            assertThat(cve(RecordText.usual(ID).part(metrics.formatted(VECTOR, "7.8")))
                            .cvss())
                    .contains(new Cvss(CvssVector.parse(VECTOR), OptionalDouble.of(7.8)));
            assertThat(cve(RecordText.usual(ID).part(metrics.formatted(VECTOR, "\"high\"")))
                            .cvss())
                    .contains(new Cvss(CvssVector.parse(VECTOR), OptionalDouble.empty()));
            for (String score : List.of("11", "-1", "1e999")) {
                assertThat(published(RecordText.usual(ID).part(metrics.formatted(VECTOR, score)))
                                .remarks())
                        .extracting(Remark::reason)
                        .containsExactly("Its CVSS is not understood.");
            }
            assertThat(published(RecordText.usual(ID).part(metrics.formatted("AV:L", "7.8")))
                            .remarks())
                    .hasSize(1);
        }

        @Test
        void remarksOnFilesOutsideTheTree() {
            RecordReading.Published reading =
                    published(RecordText.usual(ID).files("[\"../../etc/passwd\", \"net/core/sock.c\", 3]"));

            assertThat(reading.cve().files()).extracting(Object::toString).containsExactly("net/core/sock.c");
            assertThat(reading.remarks())
                    .extracting(Remark::reason)
                    .containsExactly("A program file is no path inside a source tree.");
        }
    }

    @Nested
    @DisplayName("names ranges")
    class Ranges {
        @Test
        @DisplayName("by its .dyad where there is one")
        void byItsDyad() {
            RecordReading.Published reading =
                    (RecordReading.Published) read(RecordText.usual(ID), Optional.of(RecordText.usualDyad()), false);

            assertThat(reading.remarks()).isEmpty();
            assertThat(reading.cve().ranges())
                    .containsExactly(
                            AffectedRange.of(change("6.1", 1), change("6.6.7", 2)),
                            AffectedRange.of(change("6.1", 1), change("6.8", 3)),
                            AffectedRange.unfixedSince(change("5.15.9", 4)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"# nothing\n", "6.1:x\n", "6.1:x\n0:0:0:0\n"})
        @DisplayName("by itself, with a remark, where its .dyad is like")
        void byItselfWithARemark(String dyad) {
            RecordReading.Published reading =
                    (RecordReading.Published) read(RecordText.usual(ID), Optional.of(dyad), false);

            assertThat(reading.cve()).isEqualTo(cve(RecordText.usual(ID)));
            assertThat(reading.remarks())
                    .singleElement()
                    .satisfies(remark -> assertThat(remark.excerpt().line()).isEqualTo(1));
        }

        @Test
        @DisplayName("of bugs that were back-ported, and of branches that never got a fix")
        void ofBackPorts() {
            assertThat(cve(RecordText.of(ID)
                                    .span("5.10.190", "5.10.210")
                                    .span("6.4.8", "6.5")
                                    .introduced("6.5")
                                    .fixed("5.10.210", "5.10.*")
                                    .fixed("6.8", "*"))
                            .ranges())
                    .containsExactly(
                            AffectedRange.of(change("6.5"), change("6.8")),
                            AffectedRange.of(change("5.10.190"), change("5.10.210")),
                            AffectedRange.unfixedSince(change("6.4.8")));
        }

        @Test
        @DisplayName("of an introduction that nobody knows")
        void ofAnUnknownIntroduction() {
            assertThat(cve(RecordText.of(ID)
                                    .span("0", "5.10.219")
                                    .fixed("5.10.219", "5.10.*")
                                    .fixed("6.10", "*"))
                            .ranges())
                    .containsExactlyInAnyOrder(
                            AffectedRange.fixedBy(change("5.10.219")), AffectedRange.fixedBy(change("6.10")));
        }

        @Test
        @DisplayName("of a bug that came back, each fix with the last introduction before it")
        void ofABugThatCameBack() {
            assertThat(cve(RecordText.of(ID)
                                    .introduced("2.6.12")
                                    .introduced("5.8")
                                    .introduced("7.0")
                                    .fixed("4.14.9", "4.14.*")
                                    .fixed("4.18", "*")
                                    .fixed("5.10.3", "5.10.*"))
                            .ranges())
                    .containsExactly(
                            AffectedRange.of(change("2.6.12"), change("4.14.9")),
                            AffectedRange.of(change("2.6.12"), change("4.18")),
                            AffectedRange.of(change("5.8"), change("5.10.3")),
                            AffectedRange.unfixedSince(change("7.0")));
        }

        @Test
        @DisplayName("with a fix before the introduction, as CVE-2021-47645 has it")
        void withAFixBeforeTheIntroduction() {
            assertThat(cve(RecordText.of(ID).introduced("5.10").fixed("5.2", "5.2.*"))
                            .ranges())
                    .containsExactly(AffectedRange.of(change("5.10"), change("5.2")));
        }

        @Test
        @DisplayName("with commits only where it is clear which belong to which version")
        void withCommitsOnlyWhereClear() {
            RecordText record = RecordText.of(ID)
                    .commits(RecordText.commit(1), RecordText.commit(2))
                    .commits(RecordText.commit(1), RecordText.commit(3))
                    .introduced("6.1")
                    .fixed("6.8", "*");

            assertThat(cve(record).ranges()).containsExactly(AffectedRange.of(change("6.1"), change("6.8")));
            assertThat(cve(record.fixed("6.6.7", "6.6.*").unfixed(RecordText.commit(9)))
                            .ranges())
                    .containsExactly(
                            AffectedRange.of(change("6.1", 1), change("6.8", 3)),
                            AffectedRange.of(change("6.1", 1), change("6.6.7", 2)));
        }

        @Test
        @DisplayName("rather too wide ones, with a remark, where a version is none")
        void ratherTooWide() {
            RecordReading.Published reading =
                    published(RecordText.of(ID).introduced("v6.9-rc1~118").fixed("6.8", "*"));

            assertThat(reading.cve().ranges()).containsExactly(AffectedRange.fixedBy(change("6.8")));
            assertThat(reading.remarks())
                    .extracting(Remark::reason)
                    .containsExactly("What it says about versions is not understood in full.");
        }
    }

    @Nested
    @DisplayName("is rejected")
    class Rejected {
        @Test
        @DisplayName("by the directory that it lies in, whatever it says")
        void byItsPlace() {
            assertThat(read(RecordText.usual(ID).old(), Optional.empty(), true))
                    .isEqualTo(new RecordReading.Rejected(
                            CveId.parse(ID), "acme: rocket: do not launch twice", Optional.empty(), Optional.empty()));
        }

        @Test
        @DisplayName("by its state, with a reason if it says more than the fact")
        void byItsState() {
            String reason = "\"rejectedReasons\": [{\"lang\": \"en\", \"value\": \"%s\"}],";
            RecordText record =
                    RecordText.of(ID).state("REJECTED").cna(RecordText.LIST_CNA).untold();

            assertThat(rejected(record.part(reason.formatted("It was no bug."))).reason())
                    .contains("It was no bug.");
            assertThat(rejected(record.part(reason.formatted(
                                    "This CVE ID has been rejected or withdrawn by its CVE" + " Numbering Authority.")))
                            .reason())
                    .isEmpty();
        }

        private RecordReading.Rejected rejected(RecordText record) {
            return (RecordReading.Rejected) read(record);
        }
    }

    @Nested
    @DisplayName("is unreadable")
    class Unreadable {
        @ParameterizedTest
        @ValueSource(strings = {"", "{", "[]", "7", "{} {}", "\u0000", "{\"a\": 1e5", "<html>"})
        @DisplayName("if it is no JSON object, like")
        void ifItIsNoObject(String text) {
            assertThat(reason(text)).isIn("It is no well-formed JSON.", "It is no JSON object.");
        }

        @Test
        @DisplayName("with the line where its JSON breaks")
        void withTheLine() {
            RecordReading.Unreadable reading = (RecordReading.Unreadable) read("{\n  \"a\": 1,\n  oops\n}", false);

            assertThat(reading.excerpt()).contains(new Excerpt(3, "  oops"));
        }

        @Test
        @DisplayName("if it is deeper than any record")
        void ifItIsDeep() {
            assertThat(reason("{\"a\": " + "[".repeat(100_000)))
                    .isEqualTo("Its JSON is nested deeper, or has more or longer parts, than any record.");
            assertThat(reason("{\"a\": " + "9".repeat(10_000) + "}"))
                    .isEqualTo("Its JSON is nested deeper, or has more or longer parts, than any record.");
        }

        @Test
        void ifItIsNamedForAnother() {
            assertThat(reason("{}")).isEqualTo("It names no CVE.");
            assertThat(reason(RecordText.usual("CVE-2024-26582").toString()))
                    .isEqualTo("It is named for another CVE than its file.");
        }

        @Test
        void ifItIsNotOfTheKernel() {
            RecordText record = RecordText.usual(ID).cna("53f830b8-0a3f-465b-8143-3b8a9948e749");

            assertThat(reason(record.product("Rocket").toString())).isEqualTo("It is no record of the Linux kernel.");
            assertThat(read(record.product("Linux"))).isInstanceOf(RecordReading.Published.class);
        }

        @Test
        void ifItIsOnlyReserved() {
            assertThat(reason(RecordText.usual(ID).state("RESERVED").toString()))
                    .isEqualTo("It is neither published nor rejected.");
        }

        private String reason(String text) {
            return ((RecordReading.Unreadable) read(text, false)).reason();
        }
    }

    private static Cve cve(RecordText record) {
        return published(record).cve();
    }

    private static RecordReading.Published published(RecordText record) {
        return (RecordReading.Published) read(record);
    }

    private static RecordReading read(RecordText record) {
        return read(record.toString(), false);
    }

    private static RecordReading read(String text, boolean rejected) {
        return RecordParser.parse(
                new RecordFiles(CveId.parse(ID), rejected, content(text), Optional.empty(), Optional.empty()));
    }

    private static RecordReading read(RecordText record, Optional<String> dyad, boolean rejected) {
        return RecordParser.parse(new RecordFiles(
                CveId.parse(ID),
                rejected,
                content(record.toString()),
                dyad.map(RecordParserTest::content),
                Optional.empty()));
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Change change(String version) {
        return Change.of(KernelVersion.parse(version));
    }

    private static Change change(String version, int commit) {
        return Change.of(KernelVersion.parse(version), CommitId.parse(RecordText.commit(commit)));
    }
}
