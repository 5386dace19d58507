package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.connection.Reasons;
import org.tuxtape.mail.internal.stream.MailStream;
import org.tuxtape.mail.internal.stream.Mails;
import org.tuxtape.mail.internal.stream.Place;
import org.tuxtape.mail.internal.stream.Progress;

/** Reads a mailbox, and goes on where it was when the connection breaks. */
public final class MailboxMails implements Mails {
    private static final long LONGEST_LIST = 1 << 28;
    private static final long MOST_AT_ONCE = 1 << 22;
    private static final int LESS = 16;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final SourceId id;
    private final Account account;
    private final Protocol protocol;
    private final AnnouncementReader announcements;
    private final Context context;
    private final Progress progress;

    private Cursor place;
    private long bytesAtOnce = MOST_AT_ONCE;
    private @Nullable Incoming incoming;
    private long read;

    private MailboxMails(
            SourceId id,
            Account account,
            Protocol protocol,
            AnnouncementReader announcements,
            Cursor after,
            Context context,
            Progress progress) {
        this.id = id;
        this.account = account;
        this.protocol = protocol;
        this.announcements = announcements;
        this.place = after;
        this.context = context;
        this.progress = progress;
    }

    /** Opens a mailbox behind a cursor. */
    public static CveStream open(
            SourceId id,
            Account account,
            Protocol protocol,
            AnnouncementReader announcements,
            Cursor after,
            Context context) {
        if (!after.equals(Cursor.START) && !protocol.understands(after)) {
            throw Place.foreign(id, after);
        }
        context.cancellation().throwIfCancelled();
        Progress progress = Progress.inMessages(context, "read " + id);
        progress.started(OptionalLong.empty());
        MailboxMails mails = new MailboxMails(id, account, protocol, announcements, after, context, progress);
        return MailStream.open(context, progress, mails::begin);
    }

    /** The first connection is not tried twice: who names a server that is not there wants to know it. */
    private MailboxMails begin() {
        try {
            connect();
            return this;
        } catch (MessagingException e) {
            close();
            throw ConnectionFaults.of(id, e, context.cancellation());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Incoming connect() throws MessagingException {
        close();
        Connection connection = Connection.open(account, protocol, context.cancellation());
        try {
            List<Message> messages = connection.ask(LONGEST_LIST, folder -> protocol.behind(place, folder, id));
            Incoming made = new Incoming(connection, protocol, announcements, bytesAtOnce, messages);
            incoming = made;
            return made;
        } catch (MessagingException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public @Nullable CveEvent next() {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                Incoming open = incoming == null ? connect() : incoming;
                return open.hasNext() ? read(open) : null;
            } catch (MessagingException e) {
                close();
                if (attempt > account.attempts() || !ConnectionFaults.mayPass(e, context.cancellation())) {
                    throw ConnectionFaults.of(id, e, context.cancellation());
                }
                progress.noted("The connection to " + id + " broke (" + Reasons.of(e) + "); it is made anew in "
                        + pause.toSeconds() + " s.");
                // On a line that breaks often even a small batch is something.
                bytesAtOnce /= LESS;
                context.pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private CveEvent read(Incoming open) throws MessagingException {
        CveEvent event = open.next();
        place = event.cursor();
        read++;
        return event;
    }

    @Override
    public long done() {
        return read;
    }

    @Override
    public void close() {
        if (incoming != null) {
            incoming.close();
            incoming = null;
        }
    }
}
