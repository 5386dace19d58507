package org.tuxtape.mail;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.MailHost;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

/** The rules CS-1 to CS-6 for IMAP and POP3, at a real server over TLS. */
class MailboxSourceContractTest {
    private static MailHost host;

    @BeforeAll
    static void start() throws Exception {
        host = MailHost.start();
        host.deliver(
                List.of(mail(1), Mbox.bytes("From: a@example.org\nSubject: hello\n\nNothing.\n"), mail(2), mail(3)));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static byte[] mail(int number) {
        return Mbox.bytes(AnnouncementPrinter.mail(Cves.numbered(number)));
    }

    @Nested
    class Imap extends CveSourceContract {
        @Override
        protected CveSourceSubject subject() {
            return subjectOf(host.imap(), MailServer.of(URI.create("imaps://cve@localhost:1")));
        }
    }

    @Nested
    class Pop3 extends CveSourceContract {
        @Override
        protected CveSourceSubject subject() {
            return subjectOf(host.pop3(), MailServer.of(URI.create("pop3s://cve@localhost:1")));
        }
    }

    private static CveSourceSubject subjectOf(MailServer server, MailServer missing) {
        return CveSourceSubject.of(() -> MailboxSource.of(server))
                .published("CVE-2025-20001")
                .unreadable()
                .published("CVE-2025-20002")
                .published("CVE-2025-20003")
                .missingArchive(MailboxSource.of(missing))
                .noTruncatedArchive("A connection that breaks is made anew; MailboxFaultsTest breaks it.")
                .noOpenHandles("Nothing counts the connections.");
    }
}
