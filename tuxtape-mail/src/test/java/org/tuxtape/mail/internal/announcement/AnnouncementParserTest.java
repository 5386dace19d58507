package org.tuxtape.mail.internal.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.internal.mime.MailText;

@DisplayName("An announcement")
class AnnouncementParserTest {
    private static final Cve CVE = Cves.full();
    private static final Subject SUBJECT = Subject.parse(CVE.id() + ": " + CVE.title());
    private static final String BODY = AnnouncementPrinter.body(CVE);

    @Test
    @DisplayName("says what, where, since when, until when, how bad, and where to read on")
    void isRead() {
        assertThat(published(BODY)).isEqualTo(new Announcement.Published(CVE, List.of()));
    }

    @Test
    @DisplayName("may have blanks at the ends of its lines")
    void mayHaveTrailingBlanks() {
        assertThat(published(BODY.replace("\n", " \n")).cve().ranges()).isEqualTo(CVE.ranges());
    }

    @Nested
    @DisplayName("is found by its CVE")
    class Id {
        @Test
        @DisplayName("in the body if the subject does not begin with one")
        void inTheBody() {
            Announcement.Published published = published(Subject.parse("News"), BODY);

            assertThat(published.cve().id()).isEqualTo(CVE.id());
            assertThat(published.cve().title()).isEqualTo("News");
        }

        @Test
        @DisplayName("unless subject and body disagree")
        void unlessTheyDisagree() {
            assertThat(unreadable(Subject.parse("CVE-2020-0001: other"), BODY))
                    .isEqualTo(Announcement.Unreadable.because(
                            Optional.of(CveId.parse("CVE-2020-0001")),
                            "It names CVE-2020-0001 and CVE-2026-12345 as the CVE that it is about."));
        }

        @Test
        @DisplayName("unless the link to its record is that of another")
        void unlessTheLinkDisagrees() {
            assertThat(unreadable(BODY.replace("?id=CVE-2026-12345", "?id=CVE-2026-12346"))
                            .reason())
                    .isEqualTo("It names CVE-2026-12345 and CVE-2026-12346 as the CVE that it is about.");
        }

        @Test
        @DisplayName("unless it names none")
        void unlessItNamesNone() {
            assertThat(unreadable(Subject.parse("News"), BODY.replace("CVE-", "CWE-"))
                            .reason())
                    .isEqualTo("It names no CVE.");
        }

        @Test
        @DisplayName("of two in one mail, none is believed")
        void ofTwoMailsInOne() {
            assertThat(unreadable(BODY + "\n" + AnnouncementPrinter.body(Cves.numbered(1)))
                            .reason())
                    .startsWith("It names CVE-2026-12345 and CVE-2025-20001");
        }
    }

    @Nested
    @DisplayName("describes the bug")
    class Description {
        @Test
        @DisplayName("in any words, also in those of an announcement")
        void inAnyWords() {
            String text = """
                    Title

                    Affected files
                    ==============
                    \tfs/quoted.c
                    Mitigation
                    ==========
                    Severity
                    ========
                    BUG: KASAN
                    =====
                    The Linux kernel CVE team has assigned CVE-1999-0001 to this issue.
                    Please see elsewhere
                    Issue introduced in 1.0 with commit 0123456
                    Description
                    ===========
                    From here on.""";

            assertThat(published(BODY.replace(CVE.description(), text)))
                    .isEqualTo(new Announcement.Published(with(CVE, text), List.of()));
        }

        @Test
        @DisplayName("without a lead sentence, as in February 2024")
        void withoutLead() {
            String body = BODY.replaceFirst("In the Linux kernel, the following .*\n\n", "");

            assertThat(published(body).cve()).isEqualTo(CVE);
        }

        @Test
        @DisplayName("with the lead sentence of a bug without a fix")
        void withOtherLead() {
            assertThat(published(BODY.replace("has been resolved:", "has been found:"))
                            .cve())
                    .isEqualTo(CVE);
        }

        @Test
        @DisplayName("up to an assignment that goes on over several lines")
        void upToALongAssignment() {
            String body = BODY.replace(
                    "has assigned CVE-2026-12345 to this issue.",
                    "has been assigned CVE-2026-12345 as it was\nmade by somebody else\nby mistake.");

            assertThat(published(body)).isEqualTo(new Announcement.Published(CVE, List.of()));
        }

        @Test
        @DisplayName("and a remark tells of text behind the assignment")
        void textBehind() {
            assertThat(published(BODY.replace("to this issue.\n", "to this issue.\n\nOne more thing.\n"))
                            .remarks())
                    .extracting(Remark::toString)
                    .singleElement()
                    .asString()
                    .contains("Text stands behind the description.", "One more thing.");
        }

        @Test
        @DisplayName("and a remark tells if no line says which CVE was assigned")
        void noAssignment() {
            Announcement.Published published =
                    published(BODY.replace("The Linux kernel CVE team has assigned", "We call it"));

            assertThat(published.remarks())
                    .containsExactly(new Remark("No line says which CVE was assigned.", new Excerpt(1, "Description")));
            assertThat(published.cve().id()).isEqualTo(CVE.id());
        }
    }

    @Nested
    @DisplayName("names versions")
    class Versions {
        @Test
        @DisplayName("and what is understood in part is kept, with a remark that shows the line")
        void inPart() {
            Announcement.Published published = published(BODY.replace("commit 0123456789ab and", "commit rewrote and"));

            assertThat(published.cve().ranges()).hasSameSizeAs(CVE.ranges());
            assertThat(published.remarks())
                    .hasSize(2)
                    .first()
                    .isEqualTo(new Remark(
                            "The introducing commit is not named by an id.",
                            new Excerpt(
                                    25,
                                    "\tIssue introduced in 5.10 with commit rewrote"
                                            + " and fixed in 5.15.148 with commit 1123456789ab")));
        }

        @Test
        @DisplayName("and a line that is not understood makes the mail unreadable, and is shown")
        void notUnderstood() {
            assertThat(unreadable(BODY.replace("\tIssue introduced in 4.19.300", "\tSomething about 4.19.300")))
                    .isEqualTo(new Announcement.Unreadable(
                            Optional.of(CVE.id()),
                            "A line about the versions is not understood.",
                            Optional.of(new Excerpt(27, "\tSomething about 4.19.300 with commit 3123456789ab"))));
        }

        @Test
        @DisplayName("also in a line that lost its indentation")
        void withoutIndentation() {
            assertThat(published(BODY.replace("\tIssue introduced in 4.19.300", "Issue introduced in 4.19.300"))
                            .cve()
                            .ranges())
                    .isEqualTo(CVE.ranges());
        }

        @ParameterizedTest
        @ValueSource(strings = {"\t", ""})
        @DisplayName("also in a line that strayed behind the list")
        void behindTheList(String indentation) {
            String stray = indentation + "Fixed in 4.14.1 with commit 0123456789ab\n";
            String body = BODY.replace("knows more.\n", "knows more.\n" + stray);

            assertThat(published(body).cve().ranges())
                    .hasSize(CVE.ranges().size() + 1)
                    .endsWith(AffectedRange.fixedBy(Cves.change("4.14.1", "0123456789ab")));
        }

        @Test
        @DisplayName("and a line that was wrapped on its way is not taken for half of what it says")
        void wrapped() {
            assertThat(unreadable(BODY.replace("in 5.15.148 with commit", "in 5.15.148\nwith commit"))
                            .excerpt())
                    .contains(new Excerpt(26, "with commit 1123456789ab"));
        }

        @Test
        @DisplayName("and if it names none, a remark says so")
        void none() {
            Announcement.Published published = published(BODY.replaceAll("(?m)^\tIssue.*\n", ""));

            assertThat(published.cve().ranges()).isEmpty();
            assertThat(published.remarks())
                    .containsExactly(
                            new Remark("It names no versions.", new Excerpt(22, "Affected and fixed versions")));
        }

        @Test
        @DisplayName("but not more than any announcement does")
        void tooMany() {
            String line = "\tFixed in 5.13 with commit a97709f563a0\n";

            assertThat(unreadable(BODY.replaceFirst("(?m)^\tIssue.*\n", line.repeat(10_001)))
                            .reason())
                    .isEqualTo("It names more versions than any announcement does.");
        }
    }

    @Nested
    @DisplayName("names files")
    class Files {
        @ParameterizedTest
        @ValueSource(strings = {"\t/etc/passwd", "\t../outside.c", "\tmm//x.c", "\ta\\b.c", "not indented"})
        @DisplayName("and is unreadable with one that is no path in the tree: the rest alone could hide it")
        void noPath(String line) {
            Announcement.Unreadable unreadable = unreadable(BODY.replace("\tnet/core/example.c", line));

            assertThat(unreadable.reason()).isEqualTo("A line about the files is not understood.");
            assertThat(unreadable.excerpt()).contains(new Excerpt(40, line));
        }

        @Test
        @DisplayName("or none")
        void none() {
            assertThat(published(BODY.replaceAll("(?m)^\t(net|include)/.*\n", ""))
                            .cve()
                            .files())
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("names links")
    class Links {
        @Test
        @DisplayName("and a remark shows one that is not a single word")
        void notUnderstood() {
            Announcement.Published published = published(BODY.replace("example.org/advisory", "example.org/ advisory"));

            assertThat(published.cve().references()).containsExactly("https://git.kernel.org/stable/c/2123456789ab");
            assertThat(published.remarks())
                    .containsExactly(new Remark(
                            "The link is not understood.", new Excerpt(49, "\thttps://example.org/ advisory")));
        }

        @Test
        @DisplayName("or none, but what to do instead")
        void none() {
            String body = BODY.replaceAll("(?m)^\t(https://git|https://example).*\n", "");

            assertThat(published(body).cve().references()).isEmpty();
        }
    }

    @Nested
    @DisplayName("rates the bug")
    class Severity {
        @Test
        @DisplayName("or not")
        void notAtAll() {
            assertThat(published(BODY.replaceFirst("(?s)Severity\n.*?\n\n\n", ""))
                            .cve()
                            .cvss())
                    .isEmpty();
        }

        @Test
        @DisplayName("by a vector alone")
        void byVectorAlone() {
            assertThat(rating("  Vector:    CVSS:4.0/AV:N/AC:L\n").cve().cvss())
                    .contains(new Cvss(CvssVector.parse("CVSS:4.0/AV:N/AC:L"), OptionalDouble.empty()));
        }

        @Test
        @DisplayName("and a score without a vector is no rating")
        void byScoreAlone() {
            Announcement.Published published = rating("  CVSS v3.1: 7.8 HIGH\n");

            assertThat(published.cve().cvss()).isEmpty();
            assertThat(published.remarks())
                    .containsExactly(new Remark("The severity has no CVSS vector.", new Excerpt(15, "Severity")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "  CVSS v3.1: 10.1 HIGH",
                    "  CVSS v3.1: high",
                    "  CVSS v3.1: 7.8 HIGH and more",
                    "  Vector: none",
                    "  Vector:    CVSS:4.0/AV:N",
                    "AV:N - because"
                })
        @DisplayName("and a remark shows the first line that is not understood")
        void notUnderstood(String line) {
            Announcement.Published published = rating("  Vector:    CVSS:3.1/AV:L\n" + line + "\n  Neither is this.\n");

            assertThat(published.cve().cvss())
                    .contains(new Cvss(CvssVector.parse("CVSS:3.1/AV:L"), OptionalDouble.empty()));
            assertThat(published.remarks())
                    .containsExactly(new Remark("The severity is not understood from here on.", new Excerpt(19, line)));
        }

        private static Announcement.Published rating(String lines) {
            return published(BODY.replaceFirst("(?s)  CVSS v3.1.*?\n\n\n", lines + "\n\n"));
        }
    }

    @Nested
    @DisplayName("has all its sections, in order")
    class Order {
        @ParameterizedTest
        @ValueSource(strings = {"Description", "Affected and fixed versions", "Affected files", "Mitigation"})
        void allOfThem(String title) {
            assertThat(unreadable(BODY.replace(title + "\n==", title + "\n--")).reason())
                    .isEqualTo("Its section '" + title + "' is missing.");
        }

        @Test
        @DisplayName("so a mail that was cut is not taken for a whole one")
        void cut() {
            assertThat(unreadable(BODY.substring(0, BODY.indexOf("6.8-rc1"))).reason())
                    .isEqualTo("Its section 'Affected files' is missing.");
        }

        @Test
        void inOrder() {
            String moved = BODY.replace("Mitigation\n==========\n", "Affected files\n==============\n")
                    .replaceFirst("Affected files\n==============\n", "Mitigation\n==========\n");

            assertThat(unreadable(moved).reason()).isEqualTo("Its sections are not in their order.");
        }

        @Test
        @DisplayName("or it is something else")
        void orSomethingElse() {
            assertThat(unreadable("Hello,\n\nwhat about this one?\n").reason())
                    .isEqualTo("It has none of the sections of an announcement.");
        }
    }

    private static Cve with(Cve cve, String description) {
        return cve.toBuilder().description(description).build();
    }

    private static Announcement.Published published(String body) {
        return published(SUBJECT, body);
    }

    private static Announcement.Published published(Subject subject, String body) {
        return assertThat(parse(subject, body))
                .asInstanceOf(type(Announcement.Published.class))
                .actual();
    }

    private static Announcement.Unreadable unreadable(String body) {
        return unreadable(SUBJECT, body);
    }

    private static Announcement.Unreadable unreadable(Subject subject, String body) {
        return assertThat(parse(subject, body))
                .asInstanceOf(type(Announcement.Unreadable.class))
                .actual();
    }

    private static Announcement parse(Subject subject, String body) {
        return AnnouncementParser.parse(subject, new MailLines(new MailText.Plain(body, 1)));
    }
}
