package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Reading;

@DisplayName("Messages of an mbox")
class MboxSeparationTest {
    private static final String[] BOTH = {"+CVE-2025-20001", "+CVE-2025-20002"};

    @Nested
    @DisplayName("are separated")
    class Separated {
        @ParameterizedTest
        @ValueSource(strings = {Mbox.PUBLIC_INBOX, Mbox.GENERATED, Mbox.DELIVERED, Mbox.PATCH})
        void byTheLinesOfEveryWriter(String line) {
            assertThat(read(line + mail(1) + "\n" + line + mail(2) + "\n")).containsExactly(BOTH);
        }

        @ParameterizedTest
        @ValueSource(strings = {Mbox.PUBLIC_INBOX, Mbox.GENERATED, Mbox.DELIVERED})
        @DisplayName("also without an empty line between them, as cat leaves them")
        void withoutAnEmptyLine(String line) {
            assertThat(read(line + mail(1) + line + mail(2))).containsExactly(BOTH);
        }

        @Test
        @DisplayName("also where archives of several writers were put together")
        void acrossWriters() {
            assertThat(read(Mbox.mboxrd(mails(1)) + Mbox.unquoted(mails(2)) + Mbox.DELIVERED + mail(3) + "\n"
                            + Mbox.mboxrd(mails(4))))
                    .containsExactly("+CVE-2025-20001", "+CVE-2025-20002", "+CVE-2025-20003", "+CVE-2025-20004");
        }

        @Test
        void withCarriageReturns() {
            for (String line : List.of(Mbox.PUBLIC_INBOX, Mbox.GENERATED, Mbox.DELIVERED, Mbox.PATCH)) {
                assertThat(read((line + mail(1) + "\n" + line + mail(2) + "\n").replace("\n", "\r\n")))
                        .containsExactly(BOTH);
            }
        }

        @Test
        @DisplayName("behind empty lines and a byte order mark")
        void behindWhatEditorsLeave() {
            assertThat(read("\ufeff" + Mbox.mboxrd(mails(1, 2)))).containsExactly(BOTH);
            assertThat(read("\n\r\n\n" + Mbox.unquoted(mails(1, 2)))).containsExactly(BOTH);
        }

        @Test
        void upToAnEndWithoutLineFeed() {
            assertThat(read(Mbox.mboxrd(mails(1)) + (Mbox.PUBLIC_INBOX + mail(2)).stripTrailing()))
                    .containsExactly(BOTH);
        }

        @Test
        @DisplayName("whatever their Content-Length says")
        void whateverTheirLengthSays() {
            String lying = "Content-Length: 100000\nLines: 3\n" + mail(1);

            assertThat(read(Mbox.PUBLIC_INBOX + lying + "\n" + Mbox.PUBLIC_INBOX + mail(2)))
                    .containsExactly(BOTH);
        }

        @Test
        @DisplayName("wherever the buffer ends")
        void whereverTheBufferEnds() {
            for (int size = 65_400; size < 65_560; size++) {
                String first = mail(1).replace("Example 1.", "Example 1." + "y".repeat(size - 1500));
                assertThat(read(Mbox.unquoted(List.of(first, mail(2))))).containsExactly(BOTH);
            }
        }
    }

    @Nested
    @DisplayName("are not separated")
    class NotSeparated {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\nFrom the log we see it.\n",
                    "\nFrom now on: nothing\n",
                    "\nFrom 07571157c91b98ce1a4aa70967531e64b78e8346 Mon Sep 17 00:00:00 2001\nDate: x\nSubject: [PATCH] x\n",
                    "\nFrom nobody Mon Sep 17 00:00:00 2001\nFrom: somebody\n",
                    "\nFrom a@example.org Tue Mar  5 07:08:09 2024\n\nno field follows\n",
                    "x\nFrom a@example.org Tue Mar  5 07:08:09 2024\nField: but no empty line before\n",
                    "x\nFrom bippy-1.2.0 Mon Sep 17 00:00:00 2001\nneither empty line nor field\n",
                    "\n From bippy-1.2.0 Mon Sep 17 00:00:00 2001\nFrom: indented\n",
                    "\n>From bippy-1.2.0 Mon Sep 17 00:00:00 2001\nFrom: marked\n"
                })
        @DisplayName("by a line of an unquoted message")
        void byALineOfAMessage(String text) {
            String first = mail(1).replace("Example 1.", "Example 1.\n" + text + "\nEnd.");

            assertThat(read(Mbox.unquoted(List.of(first, mail(2))))).containsExactly(BOTH);
        }

        @Test
        @DisplayName("by the first line of a patch, unless the archive is one of patches")
        void byAPatch() {
            String first = mail(1).replace("Example 1.", "Example 1.\n\n" + Mbox.PATCH + "Subject: [PATCH] x\n\nEnd.");

            assertThat(read(Mbox.unquoted(List.of(first, mail(2))))).containsExactly(BOTH);
            assertThat(read(Mbox.concatenate(Mbox.PATCH, List.of(first, mail(2)))))
                    .hasSize(3);
        }

        @Test
        @DisplayName("by a line that is too long to be one")
        void byALongLine() {
            String first = mail(1).replace(
                            "Example 1.",
                            "Example 1.\n\nFrom " + "a".repeat(2000) + " Tue Mar  5 07:08:09 2024\nField: x\n");

            assertThat(read(Mbox.unquoted(List.of(first, mail(2))))).containsExactly(BOTH);
        }
    }

    @Nested
    @DisplayName("are unquoted")
    class Unquoted {
        private static final String MARKED = "Quoting.\n\n>From a\n>>From b\n> From c";

        @Test
        @DisplayName("as mboxrd where public-inbox or a mail program wrote them")
        void asMboxrd() {
            String expected = "Quoting.\n\nFrom a\n>From b\n> From c";

            assertThat(description(Mbox.PUBLIC_INBOX, MboxQuoting.AUTO)).isEqualTo(expected);
            assertThat(description(Mbox.DELIVERED, MboxQuoting.AUTO)).isEqualTo(expected);
        }

        @Test
        @DisplayName("not at all where git or a tool of the CNA wrote them")
        void notAtAll() {
            assertThat(description(Mbox.GENERATED, MboxQuoting.AUTO)).isEqualTo(MARKED);
            assertThat(description(Mbox.PATCH, MboxQuoting.AUTO)).isEqualTo(MARKED);
        }

        @Test
        @DisplayName("each message in its own way where archives were put together")
        void eachInItsOwnWay() {
            String mail = mail(1).replace("Example 1.", MARKED);

            assertThat(descriptions(Mbox.PUBLIC_INBOX + mail + Mbox.GENERATED + mail, MboxQuoting.AUTO))
                    .containsExactly("Quoting.\n\nFrom a\n>From b\n> From c", MARKED);
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("as the caller says")
        void asTheCallerSays(MboxQuoting quoting) {
            String expected = switch (quoting) {
                case AUTO, MBOXRD -> "Quoting.\n\nFrom a\n>From b\n> From c";
                case MBOXO -> "Quoting.\n\nFrom a\n>>From b\n> From c";
                case NONE -> MARKED;
            };

            assertThat(description(Mbox.PUBLIC_INBOX, quoting)).isEqualTo(expected);
        }

        private static String description(String line, MboxQuoting quoting) {
            return descriptions(line + mail(1).replace("Example 1.", MARKED), quoting)
                    .get(0);
        }

        private static List<String> descriptions(String archive, MboxQuoting quoting) {
            MboxSource source = source(archive).with(MboxOptions.defaults().withQuoting(quoting));
            return Reading.of(source).elements().stream()
                    .map(element -> ((CveEvent.Published) element).cve().description())
                    .toList();
        }
    }

    private static List<String> mails(int... numbers) {
        return IntStream.of(numbers).mapToObj(MboxSeparationTest::mail).collect(Collectors.toList());
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }

    private static List<String> read(String archive) {
        Reading reading = Reading.of(source(archive));
        assertThat(reading.fault()).isNull();
        return reading.summary();
    }

    private static MboxSource source(String archive) {
        byte[] bytes = archive.getBytes(StandardCharsets.UTF_8);
        return MboxSource.of(new SourceId("test"), () -> new ByteArrayInputStream(bytes));
    }
}
