package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.mail.Flags;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.CuttingProxy;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.MailHost;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.testkit.ManualClock;

@DisplayName("A mailbox")
class MailboxFaultsTest {
    private static final int MAILS = 60;

    private final ManualClock clock = ManualClock.create();
    private MailHost host;

    @BeforeEach
    void start() throws Exception {
        host = MailHost.start();
        host.deliver(IntStream.rangeClosed(1, MAILS)
                .mapToObj(number -> Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(number))))
                .toList());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    @DisplayName(
            "is read on behind the last message when the connection breaks in the middle of one, as often as it does")
    void brokenConnections() throws IOException {
        try (CuttingProxy proxy = CuttingProxy.breaking(host.imapPort(), 30_000, Integer.MAX_VALUE)) {
            List<CveEvent> elements = read(MailboxSource.of(host.imapAt(proxy.port())), clock.context());

            assertThat(elements).extracting(MailboxFaultsTest::number).containsExactlyElementsOf(numbers());
            assertThat(proxy.connections()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    @DisplayName("is given up when the connection breaks again and again, and what was delivered stays")
    void alwaysBroken() throws IOException {
        try (CuttingProxy proxy = CuttingProxy.breaking(host.imapPort(), 8_000, Integer.MAX_VALUE)) {
            MailboxSource source = MailboxSource.of(host.imapAt(proxy.port()).withAttempts(2));
            List<CveEvent> elements = new ArrayList<>();
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> {
                        try (CveStream stream = source.open(Cursor.START, clock.context())) {
                            stream.forEachRemaining(elements::add);
                        }
                    })
                    .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.IO))
                    .withMessageNotContaining("Exception");
            assertThat(elements).hasSizeLessThan(MAILS);
        }
    }

    @Test
    @DisplayName("whose server falls silent is given up after its timeout, and at once if the reading is cancelled")
    void silence() throws IOException {
        CancellationToken token = CancellationToken.create();
        try (CuttingProxy proxy = CuttingProxy.silent(host.imapPort(), 20_000, token::cancel)) {
            MailServer server = host.imapAt(proxy.port()).withAttempts(0);
            MailboxSource patient = MailboxSource.of(server.withTimeout(Duration.ofHours(1)));
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> read(patient, Context.standard().with(token)));
            MailboxSource impatient = MailboxSource.of(server.withTimeout(Duration.ofMillis(500)));
            assertThat(Reading.of(impatient).fault()).hasMessageContaining("was silent for 500 ms");
        }
    }

    @Test
    @DisplayName("that the server has numbered anew has stale cursors, also if it has as many messages as before")
    void otherNumbers() throws Exception {
        List<byte[]> mails = List.of(
                Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(1))),
                Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(2))));
        host.deliver(mails, host.anew("announce"));
        MailboxSource source = MailboxSource.of(host.imapFolder("announce"));
        List<CveEvent> before = Reading.of(source).elements();
        host.deliver(mails, host.anew("announce"));

        Reading behind = Reading.of(source, before.get(0).cursor());

        assertThat(behind.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
        assertThat(behind.fault()).hasMessageContaining("UIDVALIDITY");
        assertThat(behind.elements()).isEmpty();
        assertThat(Reading.of(source).elements()).hasSize(2).doesNotContainAnyElementsOf(before);
    }

    @Test
    @DisplayName("that the server numbers anew while it is read is given up when the connection breaks")
    void otherNumbersMeanwhile() throws Exception {
        List<byte[]> mails = IntStream.rangeClosed(1, MAILS)
                .mapToObj(number -> Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(number)) + "x\n".repeat(50_000)))
                .toList();
        host.deliver(mails, host.anew("announce"));
        try (CuttingProxy proxy = CuttingProxy.breaking(host.imapPort(), 6_000_000, 1)) {
            MailboxSource source =
                    MailboxSource.of(MailServer.of(URI.create("imaps://cve@localhost:" + proxy.port() + "/announce"))
                            .withPassword("secret")
                            .trustedBy(host.tls()));
            try (CveStream stream = source.open(Cursor.START, clock.context())) {
                stream.next();
                host.deliver(mails, host.anew("announce"));
                assertThatExceptionOfType(SourceException.class)
                        .isThrownBy(() -> stream.forEachRemaining(element -> {}))
                        .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.STALE_CURSOR));
            }
        }
    }

    @Test
    @DisplayName("is fetched in batches, by commands that mark nothing as read and delete nothing")
    void batches() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.listening(host.plainImapPort())) {
            MailServer server = MailServer.of(URI.create("imap://cve@localhost:" + proxy.port()))
                    .withPassword("secret")
                    .unprotected();

            assertThat(Reading.of(MailboxSource.of(server)).elements()).hasSize(MAILS);

            assertThat(proxy.commands())
                    .filteredOn(command -> command.contains("BODY"))
                    .singleElement()
                    .asString()
                    .contains("BODY.PEEK[]");
            assertThat(proxy.commands())
                    .anyMatch(command -> command.contains("EXAMINE INBOX"))
                    .noneMatch(command -> command.matches("\\S+ (UID )?(SELECT|STORE|EXPUNGE|COPY|MOVE|APPEND).*"))
                    .hasSizeLessThan(12);
        }
        assertThat(host.inbox().getMessages())
                .hasSize(MAILS)
                .noneMatch(message -> message.getFlags().contains(Flags.Flag.SEEN));
    }

    @Test
    @DisplayName("gives the new messages behind a cursor, also if old ones were deleted")
    void newMessages() throws Exception {
        MailboxSource source = MailboxSource.of(host.imap());
        Cursor last = last(Reading.of(source));
        host.inbox().deleteAllMessages();
        host.deliver(List.of(Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(99)))));

        assertThat(Reading.of(source, last).summary()).containsExactly("+CVE-2025-20099");
    }

    @Test
    @DisplayName("read by POP3 has a stale cursor if its message was deleted")
    void deletedInPop3() throws Exception {
        MailboxSource source = MailboxSource.of(host.pop3());
        Cursor last = last(Reading.of(source));
        host.inbox().deleteAllMessages();

        assertThat(Reading.of(source, last).fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    @Test
    @DisplayName("gives only the header of a message that is too large, by IMAP and POP3")
    void tooLarge() throws Exception {
        host.inbox().deleteAllMessages();
        host.deliver(List.of(Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(1)) + "x\n".repeat(50_000))));

        for (MailServer server : List.of(host.imap(), host.pop3())) {
            Reading reading = Reading.of(
                    MailboxSource.of(server).with(MailOptions.defaults().withLargestMessage(20_000)));
            assertThat(reading.summary()).containsExactly("?It is larger than 20000 bytes.");
            assertThat(((CveEvent.Unreadable) reading.elements().get(0)).id())
                    .contains(Cves.numbered(1).id());
        }
    }

    @Test
    @DisplayName("does not fetch a message of 200 MB that lies amidst others, and goes on")
    void enormous() throws Exception {
        host.inbox().deleteAllMessages();
        byte[] enormous = new byte[200_000_000];
        Arrays.fill(enormous, (byte) 'x');
        for (int i = 99; i < enormous.length; i += 100) {
            enormous[i] = '\n';
        }
        byte[] header = Mbox.bytes("From: a@example.org\nSubject: CVE-2025-20001: enormous\n\n");
        System.arraycopy(header, 0, enormous, 0, header.length);
        host.deliver(List.of(
                Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(1))),
                enormous,
                Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(2)))));

        try (CuttingProxy proxy = CuttingProxy.breaking(host.imapPort(), 10_000_000, Integer.MAX_VALUE)) {
            assertThat(Reading.of(MailboxSource.of(host.imapAt(proxy.port()))).summary())
                    .containsExactly("+CVE-2025-20001", "?It is larger than 1048576 bytes.", "+CVE-2025-20002");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("is read without a name and a password where the server lets anybody in")
    void anonymous() throws Exception {
        List<MailServer> servers = host.ofAnybody(List.of(Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(77)))));

        assertThat(servers)
                .hasSize(2)
                .allSatisfy(server -> assertThat(
                                Reading.of(MailboxSource.of(server)).summary())
                        .containsExactly("+CVE-2025-20077"));
    }

    @Test
    @DisplayName(
            "is not read with a wrong password, from a folder that is not there, or from a server that nobody trusts")
    void refusals() {
        assertFault(host.imap().withPassword("wrong"), Fault.NOT_PERMITTED);
        assertFault(host.pop3().withPassword("wrong"), Fault.NOT_PERMITTED);
        assertFault(
                MailServer.of(URI.create("imaps://cve@localhost:" + host.imapPort()))
                        .withPassword("secret"),
                Fault.IO);
    }

    private static void assertFault(MailServer server, Fault fault) {
        MailboxSource source = MailboxSource.of(server);
        Reading reading = Reading.of(source);
        assertThat(reading.fault()).isNotNull();
        assertThat(reading.fault().fault()).isEqualTo(fault);
        assertThat(reading.fault()).hasMessageContaining(source.id().text());
    }

    @Test
    @DisplayName("has an address that is checked, and never shows a password")
    void addresses() {
        assertThat(MailServer.of(URI.create("imaps://me@mail.example.org/lists/cve"))
                        .withPassword("secret"))
                .hasToString("imaps://me@mail.example.org:993/lists/cve");
        assertThatIllegalArgumentException().isThrownBy(() -> MailServer.of(URI.create("imaps://me:secret@host")));
        assertThatIllegalArgumentException().isThrownBy(() -> MailServer.of(URI.create("https://host")));
    }

    private static List<CveEvent> read(MailboxSource source, Context context) {
        List<CveEvent> elements = new ArrayList<>();
        try (CveStream stream = source.open(Cursor.START, context)) {
            stream.forEachRemaining(elements::add);
        }
        return elements;
    }

    private static Cursor last(Reading reading) {
        return reading.elements().get(reading.elements().size() - 1).cursor();
    }

    private static String number(CveEvent event) {
        return ((CveEvent.Published) event).cve().id().toString();
    }

    private static List<String> numbers() {
        return IntStream.rangeClosed(1, MAILS)
                .mapToObj(number -> Cves.numbered(number).id().toString())
                .toList();
    }
}
