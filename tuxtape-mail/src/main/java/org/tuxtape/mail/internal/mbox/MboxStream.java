package org.tuxtape.mail.internal.mbox;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.Announcement;
import org.tuxtape.mail.internal.announcement.MailParser;
import org.tuxtape.mail.internal.announcement.MailReading;
import org.tuxtape.mail.internal.expand.ExpandedArchive;
import org.tuxtape.mail.internal.expand.RawArchive;
import org.tuxtape.mail.internal.mime.ByteRange;

/** Reads an mbox message by message, as its caller asks for them. */
public final class MboxStream implements CveStream {
    private final SourceId id;
    private final MboxSettings settings;
    private final CancellationToken cancellation;
    private final Progress progress;
    private final ExpandedArchive archive;
    private final MessageReader messages;
    private final MailParser mails = new MailParser();
    private @Nullable CveEvent next;
    private boolean ended;

    private MboxStream(SourceId id, MboxSettings settings, Context context, String task, ExpandedArchive archive) {
        this.id = id;
        this.settings = settings;
        this.cancellation = context.cancellation();
        this.progress = new Progress(context, task);
        this.archive = archive;
        this.messages = new MessageReader(
                archive, settings.quoting(), settings.largestMessage(), () -> progress.reached(archive.consumed()));
    }

    /**
     * Opens an archive behind a cursor.
     *
     * @param id the name for origins and messages
     * @param task the name for events
     */
    public static MboxStream open(
            SourceId id, String task, RawArchive.Opener opener, MboxSettings settings, Cursor after, Context context) {
        Optional<MboxCursor> place = MboxCursor.tryParse(after);
        if (place.isEmpty() && !after.equals(Cursor.START)) {
            throw new SourceException(id, Fault.STALE_CURSOR, "The cursor '" + after + "' is none of " + id + ".");
        }
        context.cancellation().throwIfCancelled();
        ExpandedArchive archive = ExpandedArchive.open(id, opener, settings.limits(), context.cancellation());
        MboxStream stream = new MboxStream(id, settings, context, task, archive);
        stream.progress.started(archive.size());
        place.ifPresent(stream::resume);
        return stream;
    }

    private void resume(MboxCursor after) {
        try {
            if (!messages.resume(after)) {
                String message = id + " was changed before the place of the cursor '" + after.toCursor() + "'.";
                throw new SourceException(id, Fault.STALE_CURSOR, message);
            }
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            try {
                next = read();
            } catch (RuntimeException e) {
                fail(e);
                throw e;
            }
            if (next == null) {
                progress.completed(archive.consumed());
                close();
            }
        }
        return next != null;
    }

    @Override
    public CveEvent next() {
        CveEvent event = hasNext() ? next : null;
        if (event == null) {
            throw new NoSuchElementException("The archive has ended.");
        }
        next = null;
        return event;
    }

    @Override
    public void close() {
        next = null;
        ended = true;
        progress.ended(Event.End.CANCELLED);
        archive.close();
    }

    private void fail(RuntimeException e) {
        progress.ended(e instanceof CancelledException ? Event.End.CANCELLED : Event.End.FAILED);
        close();
    }

    private @Nullable CveEvent read() {
        cancellation.throwIfCancelled();
        return messages.next().map(this::event).orElse(null);
    }

    private CveEvent event(RawMessage message) {
        if (message.envelope().isEmpty()) {
            return textBeforeMessages(message);
        }
        ByteRange content = message.quoting().undo(message.content());
        MailReading mail = message.tooLarge()
                ? mails.parseHeader(content, "It is larger than " + settings.largestMessage() + " bytes.")
                : mails.parse(content);
        Origin origin =
                new Origin(id, Origin.Kind.ANNOUNCEMENT, location(message.place()), mail.messageId(), mail.date());
        Cursor cursor = message.place().toCursor();
        Announcement announcement = mail.announcement();
        if (announcement instanceof Announcement.Published published) {
            return new CveEvent.Published(origin, cursor, published.cve(), published.remarks());
        }
        if (announcement instanceof Announcement.Rejected rejected) {
            return new CveEvent.Rejected(origin, cursor, rejected.id(), rejected.title(), rejected.reason());
        }
        Announcement.Unreadable unreadable = (Announcement.Unreadable) announcement;
        return new CveEvent.Unreadable(origin, cursor, unreadable.id(), unreadable.reason(), unreadable.excerpt());
    }

    /** Nothing is dropped; but a file that has nothing else is no mbox. */
    private CveEvent textBeforeMessages(RawMessage text) {
        Excerpt firstLine = new Excerpt(1, text.content().firstLine());
        if (messages.isAtEnd()) {
            throw new SourceException(id, Fault.WRONG_KIND, id + " is no mbox: no line in it begins a message.");
        }
        Origin origin = Origin.of(id, Origin.Kind.ANNOUNCEMENT, location(text.place()));
        return new CveEvent.Unreadable(
                origin,
                text.place().toCursor(),
                Optional.empty(),
                "It stands before the first message and is none.",
                Optional.of(firstLine));
    }

    private static String location(MboxCursor place) {
        return "message " + place.number() + ", byte " + place.offset();
    }
}
