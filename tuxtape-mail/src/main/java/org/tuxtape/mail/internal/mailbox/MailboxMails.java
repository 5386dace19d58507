package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.mime.ByteRange;
import org.tuxtape.mail.internal.stream.MailStream;
import org.tuxtape.mail.internal.stream.Mails;
import org.tuxtape.mail.internal.stream.Progress;

/** Reads a mailbox, and goes on where it was when the connection breaks. */
public final class MailboxMails implements Mails {
    private static final int BATCH = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final SourceId id;
    private final Account account;
    private final Protocol protocol;
    private final AnnouncementReader announcements;
    private final Context context;
    private final Progress progress;

    private Cursor place;
    private @Nullable Connection connection;
    private List<Message> messages = List.of();
    private int next;
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
            throw new SourceException(id, Fault.STALE_CURSOR, "The cursor '" + after + "' is none of " + id + ".");
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

    private Connection connect() throws MessagingException {
        close();
        Connection made = Connection.open(account, protocol, context.cancellation());
        connection = made;
        messages = protocol.behind(place, made.folder(), id);
        next = 0;
        return made;
    }

    @Override
    public @Nullable CveEvent next() {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                Connection open = connection == null ? connect() : connection;
                return next == messages.size() ? null : element(open);
            } catch (MessagingException | IOException e) {
                close();
                if (attempt > account.attempts() || !ConnectionFaults.mayPass(e, context.cancellation())) {
                    throw ConnectionFaults.of(id, e, context.cancellation());
                }
                progress.noted("The connection to " + id + " broke (" + ConnectionFaults.reason(e)
                        + "); it is made anew in " + pause.toSeconds() + " s.");
                context.pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private CveEvent element(Connection open) throws MessagingException, IOException {
        Folder folder = open.folder();
        if (next % BATCH == 0) {
            describe(open, messages.subList(next, Math.min(next + BATCH, messages.size())));
        }
        Message message = messages.get(next);
        Cursor cursor = protocol.cursor(folder, message);
        CveEvent event = element(open, message, protocol.location(folder, message), cursor);
        place = cursor;
        next++;
        read++;
        return event;
    }

    private static void describe(Connection open, List<Message> batch) throws MessagingException {
        open.allow(AnnouncementReader.KEPT_OF_TOO_LARGE * (long) BATCH);
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        open.folder().fetch(batch.toArray(Message[]::new), profile);
    }

    private CveEvent element(Connection open, Message message, String location, Cursor cursor)
            throws MessagingException, IOException {
        int largest = announcements.largestMessage();
        try {
            if (message.getSize() > largest) {
                return tooLarge(open.header(message), location, cursor);
            }
            BoundedBytes bytes = open.content(message, largest);
            return bytes.passed()
                    ? tooLarge(bytes.taken(), location, cursor)
                    : announcements.whole(bytes.taken(), location, cursor);
        } catch (MessageRemovedException e) {
            return announcements.lost("It was deleted on the server while the mailbox was read.", location, cursor);
        }
    }

    private CveEvent tooLarge(ByteRange beginning, String location, Cursor cursor) {
        int kept = Math.min(beginning.length(), AnnouncementReader.KEPT_OF_TOO_LARGE);
        return announcements.tooLarge(new ByteRange(beginning.bytes(), 0, kept), location, cursor);
    }

    @Override
    public long done() {
        return read;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
        messages = List.of();
        next = 0;
    }
}
