package org.tuxtape.mail;

import java.util.Objects;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.mailbox.Imap;
import org.tuxtape.mail.internal.mailbox.MailboxMails;
import org.tuxtape.mail.internal.mailbox.Pop3;
import org.tuxtape.mail.internal.mailbox.Protocol;

/**
 * Announcements of the kernel's CVE team in a mailbox, read by IMAP or POP3. Nothing in it is changed: no message is
 * marked or deleted.
 *
 * <p>Messages come in the server's order. A cursor names the last one by what the protocol promises to keep: with IMAP the
 * folder's UIDVALIDITY and the message's UID, with POP3 its UIDL. Where the server has numbered its messages anew, or,
 * with POP3, no longer has that message, the cursor is stale.
 *
 * <p>With IMAP messages are fetched in batches, of a hundred or of 4 MiB together, with POP3 one by one, since it has no
 * other way. A batch is held in memory while its messages are delivered.
 *
 * <p>A connection that breaks while messages are read is made anew, after pauses from 1 to 60 s that are told to the
 * listener, and reading goes on behind the last message; the first connection is tried once. A message that is larger than
 * the options allow is not fetched but for its header. A server that sends or announces more than it was asked for is
 * given up with {@code LIMIT_EXCEEDED}; one that is silent for longer than its timeout, or says what cannot be read, counts
 * as broken.
 *
 * <p>Immutable, and safe for use by several threads; each opens its own stream. Needs an implementation of Jakarta Mail at
 * run time.
 *
 * @since 0.1
 */
public final class MailboxSource implements CveSource {
    private final SourceId id;
    private final MailServer server;
    private final MailOptions options;

    private MailboxSource(MailServer server, MailOptions options) {
        this.id = new SourceId(server.toString());
        this.server = server;
        this.options = options;
    }

    /**
     * Returns the source that reads a mailbox.
     *
     * @param server where it is; named by the source's id, without the password
     * @return the source, with the {@linkplain MailOptions#defaults() default options}; nothing is connected yet
     */
    public static MailboxSource of(MailServer server) {
        return new MailboxSource(server, MailOptions.defaults());
    }

    /**
     * Replaces the options.
     *
     * @param newOptions the new ones
     * @return a source that differs in them
     */
    public MailboxSource with(MailOptions newOptions) {
        return new MailboxSource(server, Objects.requireNonNull(newOptions, "newOptions"));
    }

    @Override
    public SourceId id() {
        return id;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tells the listener of a task {@code read} with the server's address, counted in messages.
     */
    @Override
    public CveStream open(Cursor after, Context context) {
        AnnouncementReader announcements = new AnnouncementReader(id, options.largestMessage(), options.signatures());
        Protocol protocol = server.speaks("imap") ? new Imap() : new Pop3();
        return MailboxMails.open(id, server.account(), protocol, announcements, after, context);
    }

    @Override
    public String toString() {
        return "mailbox " + id;
    }
}
