package org.tuxtape.mail.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.pipeline.Notice;
import org.tuxtape.core.pipeline.Notice.Kind;
import org.tuxtape.mail.fixture.MailHost;
import org.tuxtape.mail.fixture.ScriptedSmtp;
import org.tuxtape.mail.notice.NoticeException.Fault;
import org.tuxtape.testkit.ManualClock;

@DisplayName("Mail to the people in charge")
class NoticeMailTest {
    private static final String FROM = "tuxtape@example.org";
    private static final String ADA = "ada@example.org";

    private static MailHost host;

    @TempDir
    private Path directory;

    private NoticeLedger ledger;
    private Context context;

    @BeforeAll
    static void start() throws Exception {
        host = MailHost.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void prepare() {
        ledger = NoticeLedger.at(directory.resolve("ledger"));
        context = ManualClock.create().context();
    }

    @Test
    @DisplayName("is one mail of plain text with the report attached")
    void oneMail() throws Exception {
        String ada = "one-mail@example.org";
        Path page = Files.writeString(directory.resolve("page.html"), "<!doctype html>\n");
        NoticeMail mail = NoticeMail.of(host.smtp(), FROM, List.of(ada), ledger);
        NoticeDelivery delivery =
                mail.send(notices(3), List.of(new Attachment("index.html", "text/html", page)), context);
        assertThat(delivery).isEqualTo(new NoticeDelivery(notices(3), List.of()));
        MimeMessage received = received(ada).get(0);
        assertThat(received.getSubject()).isEqualTo("[tuxtape] 3 urgent on 6.1.140");
        MimeMultipart parts = (MimeMultipart) received.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString())
                .startsWith("Urgent CVEs that apply")
                .contains("* CVE-2026-1001 applies")
                .contains("index.html is attached.")
                .contains("You are told of each of these once.");
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("index.html");
        assertThat(parts.getBodyPart(1).getInputStream()).hasContent("<!doctype html>\n");
    }

    @Test
    @DisplayName("never says the same twice, and says what is new")
    void onlyNews() throws Exception {
        String ada = "only-news@example.org";
        NoticeMail mail = NoticeMail.of(host.smtp(), FROM, List.of(ada), ledger);
        mail.send(notices(2), List.of(), context);
        assertThat(mail.send(notices(2), List.of(), context).told()).isEmpty();
        assertThat(mail.send(notices(3), List.of(), context).told()).containsExactly(notice(3));
        assertThat(received(ada)).hasSize(2);
        assertThat(ledger.told()).hasSize(3);
    }

    @Test
    @DisplayName("has no header of a record's making")
    void hostileText() throws Exception {
        String ada = "hostile@example.org";
        Notice notice = new Notice(
                Kind.CANNOT_BUILD,
                "6.1.140\r\nBcc: eve@example.org",
                Optional.of(new CveId(2026, 1001)),
                "a title\r\nBcc: eve@example.org\r\n\r\n.\r\nQUIT\u202E \u0000 \u00e9 " + "x".repeat(5000),
                "cannot_build 1");
        NoticeMail.of(host.smtp(), FROM, List.of(ada), ledger).send(List.of(notice), List.of(), context);
        MimeMessage received = received(ada).get(0);
        assertThat(received.getHeader("Bcc")).isNull();
        assertThat(received.getSubject()).startsWith("[tuxtape] 1 cannot be built on 6.1.140 ");
        assertThat(received("eve@example.org")).isEmpty();
        assertThat(((MimeMultipart) received.getContent())
                        .getBodyPart(0)
                        .getContent()
                        .toString())
                .contains("a title  Bcc: eve@example.org".replaceAll(" +", " "))
                .contains("\u00e9")
                .doesNotContain("\u202E");
    }

    @Test
    @DisplayName("leaves out what is too large or cannot be read, and says so")
    void attachments() throws Exception {
        String ada = "attachments@example.org";
        Path large = Files.write(directory.resolve("large"), new byte[2000]);
        NoticeMail.of(host.smtp(), FROM, List.of(ada), ledger)
                .attachingAtMost(1000)
                .send(
                        notices(1),
                        List.of(
                                new Attachment("large.html", "text/html", large),
                                new Attachment("gone.json", "application/json", directory.resolve("gone"))),
                        context);
        MimeMultipart parts = (MimeMultipart) received(ada).get(0).getContent();
        assertThat(parts.getCount()).isEqualTo(1);
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("large.html is too large to be attached.")
                .contains("gone.json could not be read, and is not attached.");
    }

    @Test
    @DisplayName("goes over TLS that is asked for at the beginning")
    void startTls() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start(MailHost.serving())) {
            to(server.address().trustedBy(host.tls())).send(notices(1), List.of(), context);
            assertThat(server.mails()).hasSize(1);
        }
        assertThat(ledger.told()).hasSize(1);
    }

    /** The fault: the server knows no STARTTLS. */
    @Test
    @DisplayName("is not sent without TLS unless that is given up")
    void withoutTls() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start()) {
            fails(server.address(), Fault.NOT_SECURE);
            assertThat(server.mails()).isEmpty();
            to(server.address().unprotected()).send(notices(1), List.of(), context);
            assertThat(server.mails()).hasSize(1);
        }
    }

    /** The fault: a certificate of nobody's. */
    @Test
    @DisplayName("is not sent to a server that is not trusted")
    void untrusted() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start(MailHost.serving())) {
            fails(server.address(), Fault.NOT_SECURE);
            assertThat(server.mails()).isEmpty();
        }
    }

    /** The fault: a password that is not the user's. */
    @Test
    @DisplayName("is not sent with a wrong password, which is not shown")
    void wrongPassword() {
        SmtpServer server = host.smtp().withPassword("guessed");
        assertThat(fails(server, Fault.NOT_PERMITTED)).hasMessageNotContaining("guessed");
        assertThat(server.toString()).doesNotContain("guessed").contains("cve@localhost");
    }

    /** The fault: nobody listens there. */
    @Test
    @DisplayName("is not sent where there is no server")
    void noServer() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        fails(SmtpServer.of(URI.create("smtp://localhost:" + port)).unprotected(), Fault.IO);
    }

    /** The fault: the server does not know anybody. */
    @Test
    @DisplayName("that no address can get is not sent")
    void nobody() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().answer("RCPT", "550 no such user")) {
            fails(server.address().unprotected(), Fault.REFUSED);
            assertThat(server.mails()).isEmpty();
        }
    }

    /** The fault: the server does not know one of two. */
    @Test
    @DisplayName("goes to whom it can, and the others are named")
    void somebody() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().answer("RCPT TO:<BOB", "550 no such user")) {
            NoticeDelivery delivery = NoticeMail.of(
                            server.address().unprotected(), FROM, List.of("bob@example.org", ADA), ledger)
                    .send(notices(1), List.of(), context);
            assertThat(delivery).isEqualTo(new NoticeDelivery(notices(1), List.of("bob@example.org")));
            assertThat(ledger.told()).hasSize(1);
        }
    }

    /** The fault: the server does not like the mail when it has it. */
    @Test
    @DisplayName("that the server turns down does not count as told")
    void turnedDown() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().answer(".", "554 looks odd")) {
            fails(server.address().unprotected(), Fault.REFUSED);
        }
    }

    /** The fault: the connection ends behind the mail, before the server says that it took it. */
    @Test
    @DisplayName("that may have arrived comes again, with the same Message-ID")
    void diesAfterData() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().answer(".", ScriptedSmtp.CUT)) {
            fails(server.address().unprotected(), Fault.IO);
            server.answer(".", "250 taken");
            to(server.address().unprotected()).send(notices(2), List.of(), context);
            assertThat(server.mails()).hasSize(2);
            assertThat(id(server.mails().get(0))).isEqualTo(id(server.mails().get(1)));
        }
    }

    /** The fault: the server says nothing any more. */
    @Test
    @DisplayName("waits for a server that hangs no longer than its timeout")
    void hangs() throws IOException {
        for (String word : List.of("EHLO", "RCPT", ".")) {
            try (ScriptedSmtp server = ScriptedSmtp.start().answer(word, ScriptedSmtp.SILENCE)) {
                fails(server.address().unprotected().withTimeout(Duration.ofMillis(400)), Fault.IO);
            }
        }
    }

    @Test
    @DisplayName("is not waited for when the caller wants to stop")
    void cancelled() throws IOException {
        CancellationToken token = CancellationToken.create();
        try (ScriptedSmtp server =
                ScriptedSmtp.start().answer("RCPT", ScriptedSmtp.SILENCE).atSilence(token::cancel)) {
            NoticeMail mail = to(server.address().unprotected().withTimeout(Duration.ofHours(1)));
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> mail.send(notices(1), List.of(), context.with(token)));
        }
        assertThat(ledger.told()).isEmpty();
    }

    /** The fault: the ledger's directory is not there. */
    @Test
    @DisplayName("is not sent if it could not be remembered")
    void noLedger() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start()) {
            NoticeMail mail = NoticeMail.of(
                    server.address().unprotected(),
                    FROM,
                    List.of(ADA),
                    NoticeLedger.at(directory.resolve("no/ledger")));
            assertThatExceptionOfType(NoticeException.class)
                    .isThrownBy(() -> mail.send(notices(1), List.of(), context))
                    .matches(e -> e.fault() == Fault.LEDGER);
            assertThat(server.mails()).isEmpty();
        }
    }

    /** The fault: another file stands there. */
    @Test
    @DisplayName("takes no other file for a ledger")
    void otherFile() throws IOException {
        Files.writeString(directory.resolve("ledger"), "something else\n");
        assertThatExceptionOfType(NoticeException.class)
                .isThrownBy(() -> ledger.told())
                .matches(e -> e.fault() == Fault.LEDGER);
    }

    @Test
    @DisplayName("goes to addresses only")
    void addresses() {
        for (String text : List.of(
                "",
                "ada",
                "ada@example.org\r\nBcc: eve@example.org",
                "Ada <ada@example.org>",
                "ada@example.org, eve@example.org",
                "\u00e4da@example.org")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> NoticeMail.of(host.smtp(), FROM, List.of(text), ledger));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> NoticeMail.of(host.smtp(), FROM, List.of(), ledger));
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpServer.of(URI.create("smtp://me:secret@localhost")));
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpServer.of(URI.create("http://localhost")));
    }

    private NoticeException fails(SmtpServer server, Fault fault) {
        NoticeException[] caught = new NoticeException[1];
        assertThatExceptionOfType(NoticeException.class)
                .isThrownBy(() -> to(server).send(notices(2), List.of(), context))
                .satisfies(e -> caught[0] = e)
                .matches(e -> e.fault() == fault, "has the fault " + fault);
        assertThat(ledger.told()).isEmpty();
        assertThat(directory).isEmptyDirectory();
        return caught[0];
    }

    private NoticeMail to(SmtpServer server) {
        return NoticeMail.of(server, FROM, List.of(ADA), ledger);
    }

    private static List<MimeMessage> received(String address) {
        return host.received().stream()
                .filter(mail -> {
                    try {
                        return mail.getAllRecipients()[0].toString().equals(address);
                    } catch (MessagingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static String id(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Notice> notices(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(NoticeMailTest::notice).toList();
    }

    private static Notice notice(int number) {
        CveId id = new CveId(2026, 1000 + number);
        return new Notice(
                Kind.APPLIES,
                "6.1.140",
                Optional.of(id),
                id + " applies, 6.1.140: a socket is freed while a reader still holds it. Its band is high. Review it.",
                "applies " + id + " 6.1.140 high");
    }
}
