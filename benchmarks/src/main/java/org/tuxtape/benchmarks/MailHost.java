package org.tuxtape.benchmarks;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.mail.MailServer;
import org.tuxtape.mail.MailboxSource;

/** A server of IMAP and POP3 in this process, without TLS: what is measured is the talk, its own part included. */
final class MailHost implements AutoCloseable {
    private static final String USER = "cve";

    private final GreenMail server;

    private MailHost(GreenMail server) {
        this.server = server;
    }

    static MailHost of(List<byte[]> mails) throws Exception {
        GreenMail server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_POP3)
        });
        server.start();
        MailFolder inbox = server.getManagers().getImapHostManager().getInbox(server.setUser(USER, USER));
        Session session = Session.getInstance(new Properties());
        for (byte[] mail : mails) {
            inbox.appendMessage(
                    new MimeMessage(session, new ByteArrayInputStream(mail)), new Flags(), Date.from(Instant.EPOCH));
        }
        return new MailHost(server);
    }

    CveSource imap() {
        return source("imap", server.getImap().getPort());
    }

    CveSource pop3() {
        return source("pop3", server.getPop3().getPort());
    }

    private static CveSource source(String scheme, int port) {
        return MailboxSource.of(MailServer.of(URI.create(scheme + "://" + USER + "@localhost:" + port))
                .withPassword(USER)
                .unprotected());
    }

    @Override
    public void close() {
        server.stop();
    }
}
