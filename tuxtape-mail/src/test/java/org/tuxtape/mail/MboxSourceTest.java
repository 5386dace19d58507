package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Countdown;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.EndlessInput;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Reading;

@DisplayName("An mbox source")
class MboxSourceTest {
    private static final SourceId ID = new SourceId("the archive");
    private static final Cve CVE = Cves.full();
    private static final String MAIL = AnnouncementPrinter.mail(CVE);

    @Nested
    @DisplayName("makes one element of each message")
    class Elements {
        @Test
        void publishedOnes() {
            String archive = Mbox.PUBLIC_INBOX + MAIL;

            assertThat(read(archive))
                    .singleElement()
                    .isEqualTo(new CveEvent.Published(
                            new Origin(
                                    ID,
                                    Origin.Kind.ANNOUNCEMENT,
                                    "message 1, byte 0",
                                    Optional.of(AnnouncementPrinter.messageId(CVE.id())),
                                    Optional.empty()),
                            new Cursor("mbox1:1:0:" + archive.length() + ":" + checksum(archive)),
                            CVE,
                            List.of()));
        }

        private static String checksum(String text) {
            CRC32C checksum = new CRC32C();
            checksum.update(Mbox.bytes(text));
            return HexFormat.of().toHexDigits((int) checksum.getValue());
        }

        @Test
        void rejectedOnes() {
            String rejection = AnnouncementPrinter.rejection(CVE.id(), "no bug", Optional.of("It never was one."));

            assertThat(read(Mbox.PUBLIC_INBOX + rejection)).singleElement().satisfies(element -> {
                CveEvent.Rejected rejected = (CveEvent.Rejected) element;
                assertThat(rejected.id()).isEqualTo(CVE.id());
                assertThat(rejected.title()).isEqualTo("no bug");
                assertThat(rejected.reason()).contains("It never was one.");
            });
        }

        @Test
        @DisplayName("and of what it cannot read, with the line, counted from the first of the header")
        void unreadableOnes() {
            String mail = MAIL.replace("\tIssue introduced in 4.19.300", "\tMaybe 4.19.300");
            int line = (int) mail.substring(0, mail.indexOf("Maybe")).lines().count();

            assertThat(read(Mbox.PUBLIC_INBOX + mail)).singleElement().satisfies(element -> {
                CveEvent.Unreadable unreadable = (CveEvent.Unreadable) element;
                assertThat(unreadable.id()).contains(CVE.id());
                assertThat(unreadable.reason()).isEqualTo("A line about the versions is not understood.");
                assertThat(unreadable.excerpt())
                        .contains(new Excerpt(line, "\tMaybe 4.19.300 with commit 3123456789ab"));
            });
        }

        @Test
        void withTheDateOfTheMail() {
            String mail = "Date: Tue, 5 Mar 2024 08:08:09 +0100\nMIME-Version: 1.0\n" + MAIL;

            assertThat(read(Mbox.PUBLIC_INBOX + mail).get(0).origin().date())
                    .contains(Instant.parse("2024-03-05T07:08:09Z"));
        }

        @Test
        void evenIfTheMessageIsEmpty() {
            assertThat(Reading.of(source(Mbox.PUBLIC_INBOX + Mbox.PUBLIC_INBOX + "\n\n"))
                            .summary())
                    .containsExactly(
                            "?It has none of the sections of an announcement.",
                            "?It has none of the sections of an announcement.");
        }

        @Test
        void orNoneOfAnEmptyArchive() {
            assertThat(read("")).isEmpty();
            assertThat(read("\n\r\n\n")).isEmpty();
        }

        @Test
        @DisplayName("and of the text before the first one")
        void ofTextBefore() {
            Reading reading = Reading.of(source("This is\nno mail.\n\n" + Mbox.PUBLIC_INBOX + MAIL));

            assertThat(reading.summary())
                    .containsExactly("?It stands before the first message and is none.", "+CVE-2026-12345");
            assertThat(((CveEvent.Unreadable) reading.elements().get(0)).excerpt())
                    .contains(new Excerpt(1, "This is"));
        }
    }

    @Nested
    @DisplayName("skips a message that is too large")
    class LargeMessages {
        private static final int LIMIT = 200_000;

        @Test
        @DisplayName("but says which one it was, and goes on behind it")
        void goesOn() {
            String large = MAIL.replace(CVE.description(), "x".repeat(LIMIT) + "\n\nFrom here on\n");
            String archive = Mbox.mboxrd(List.of(mail(1), large, mail(2)));

            Reading reading = Reading.of(source(archive).with(limited()));

            assertThat(reading.summary())
                    .containsExactly("+CVE-2025-20001", "?It is larger than 200000 bytes.", "+CVE-2025-20002");
            assertThat(((CveEvent.Unreadable) reading.elements().get(1)).id()).contains(CVE.id());
            assertThat(reading.elements().get(1).origin().messageId())
                    .contains(AnnouncementPrinter.messageId(CVE.id()));
        }

        @Test
        @DisplayName("at the very byte where the limit is")
        void exactly() {
            String message = Mbox.PUBLIC_INBOX + MAIL;
            MboxOptions options = MboxOptions.defaults().withLargestMessage(message.length());

            assertThat(Reading.of(source(message + message).with(options)).summary())
                    .containsExactly("+CVE-2026-12345", "+CVE-2026-12345");
            assertThat(Reading.of(source(message + "\n" + message).with(options))
                            .summary())
                    .containsExactly("?It is larger than " + message.length() + " bytes.", "+CVE-2026-12345");
        }

        @Test
        @DisplayName("and resumes behind it")
        void resumes() {
            String large = MAIL + "line\n".repeat(LIMIT);
            MboxSource source = source(Mbox.mboxrd(List.of(large, mail(1)))).with(limited());
            Reading all = Reading.of(source);

            assertThat(Reading.of(source, all.elements().get(0).cursor()).elements())
                    .isEqualTo(all.elements().subList(1, 2));
        }

        private static MboxOptions limited() {
            return MboxOptions.defaults().withLargestMessage(LIMIT);
        }
    }

    @Nested
    @DisplayName("stops")
    class Stops {
        @Test
        @DisplayName("within a message without end, when cancelled")
        void inAMessageWithoutEnd() {
            CancellationToken token = CancellationToken.create();
            InputStream endless = new EndlessInput(Mbox.bytes("no line at all "), new Countdown(100, token::cancel));
            try (CveStream stream = MboxSource.of(ID, endless).open(Cursor.START, with(token))) {
                assertThatThrownBy(stream::hasNext).isInstanceOf(CancelledException.class);
                assertThat(stream.hasNext()).isFalse();
            }
        }

        @Test
        @DisplayName("between messages that are in memory already, when cancelled")
        void betweenMessages() {
            CancellationToken token = CancellationToken.create();
            try (CveStream stream = source(archive(3)).open(Cursor.START, with(token))) {
                stream.next();
                token.cancel();

                assertThatThrownBy(stream::next).isInstanceOf(CancelledException.class);
                assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
            }
        }

        @Test
        @DisplayName("when its thread is interrupted, which stays so")
        void whenInterrupted(@TempDir Path directory) throws IOException {
            Path file = Files.writeString(directory.resolve("x.mbox"), archive(3));
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> Reading.of(MboxSource.of(file))).isInstanceOf(CancelledException.class);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
            }
        }

        @Test
        void beforeAnythingIsOpenedWhenCancelled() {
            CancellationToken token = CancellationToken.create();
            token.cancel();
            MboxSource source = MboxSource.of(ID, () -> {
                throw new AssertionError("opened");
            });

            assertThatThrownBy(() -> source.open(Cursor.START, with(token))).isInstanceOf(CancelledException.class);
        }

        @Test
        void whenClosed() {
            CveStream stream = source(archive(3)).open(Cursor.START, Context.standard());
            assertThat(stream.hasNext()).isTrue();
            stream.close();
            stream.close();

            assertThat(stream.hasNext()).isFalse();
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }

        @Test
        @DisplayName("and frees what it opened: at the end, when closed, and when it fails")
        void freesWhatItOpened() {
            Countdown closed = new Countdown(3, () -> {
                throw new IllegalStateException("closed three times");
            });

            Reading.of(MboxSource.of(ID, closing(archive(1), closed)));
            source(archive(1)).open(Cursor.START, Context.standard()).close();
            Reading.of(MboxSource.of(ID, closing("no mbox", closed)));

            assertThatIllegalStateException().isThrownBy(closed::run);
        }

        private static InputStream closing(String content, Runnable closed) {
            return new ByteArrayInputStream(Mbox.bytes(content)) {
                private boolean open = true;

                @Override
                public void close() {
                    if (open) {
                        open = false;
                        closed.run();
                    }
                }
            };
        }

        private static Context with(CancellationToken token) {
            return Context.standard().with(token);
        }
    }

    @Nested
    @DisplayName("is made of")
    class Origins {
        @TempDir
        Path directory;

        @Test
        @DisplayName("a file, whose full path is its id")
        void aFile() throws Exception {
            Path file = Files.writeString(directory.resolve("x.mbox"), archive(2));
            MboxSource source = MboxSource.of(
                    directory.resolve("..").resolve(directory.getFileName()).resolve("x.mbox"));

            assertThat(source.id()).isEqualTo(new SourceId(file.toString()));
            assertThat(source).hasToString("mbox " + file);
            assertThat(Reading.of(source)).isEqualTo(Reading.of(source));
            assertThat(Reading.of(source).elements()).hasSize(2);
        }

        @Test
        @DisplayName("a stream, which is there once")
        void aStream() {
            MboxSource source = MboxSource.of(ID, new ByteArrayInputStream(Mbox.bytes(archive(2))));

            assertThat(Reading.of(source).elements()).hasSize(2);
            assertThatIllegalStateException()
                    .isThrownBy(() -> source.open(Cursor.START, Context.standard()))
                    .withMessage("the archive can be read once only.");
        }
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }

    private static String archive(int mails) {
        return Mbox.mboxrd(
                IntStream.rangeClosed(1, mails).mapToObj(MboxSourceTest::mail).toList());
    }

    private static List<CveEvent> read(String archive) {
        Reading reading = Reading.of(source(archive));
        assertThat(reading.fault()).isNull();
        return reading.elements();
    }

    private static MboxSource source(String archive) {
        return MboxSource.of(ID, () -> new ByteArrayInputStream(Mbox.bytes(archive)));
    }
}
