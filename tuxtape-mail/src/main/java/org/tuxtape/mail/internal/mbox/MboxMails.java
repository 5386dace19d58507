package org.tuxtape.mail.internal.mbox;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.expand.ExpandedArchive;
import org.tuxtape.mail.internal.expand.RawArchive;
import org.tuxtape.mail.internal.stream.Mails;
import org.tuxtape.mail.internal.stream.Progress;

/** Reads one mbox, message by message. */
final class MboxMails implements Mails {
    private final SourceId id;
    private final String within;
    private final MboxSettings settings;
    private final Context context;
    private final Progress progress;
    private final ExpandedArchive archive;
    private final MessageReader messages;
    private final AnnouncementReader announcements;

    private MboxMails(
            SourceId id,
            String within,
            MboxSettings settings,
            AnnouncementReader announcements,
            Context context,
            Progress progress,
            ExpandedArchive archive) {
        this.id = id;
        this.within = within;
        this.settings = settings;
        this.context = context;
        this.progress = progress;
        this.archive = archive;
        this.messages = new MessageReader(
                archive,
                settings.quoting(),
                announcements.largestMessage(),
                () -> progress.reached(archive.consumed()));
        this.announcements = announcements;
    }

    /**
     * Opens an archive at its beginning.
     *
     * @param id the name for origins and messages
     * @param within what origins say before the place of a message
     */
    static MboxMails open(
            SourceId id,
            String within,
            RawArchive.Opener opener,
            MboxSettings settings,
            AnnouncementReader announcements,
            Context context,
            Progress progress) {
        ExpandedArchive archive = ExpandedArchive.open(id, opener, settings.limits(), context.cancellation());
        return new MboxMails(id, within, settings, announcements, context, progress, archive);
    }

    ExpandedArchive archive() {
        return archive;
    }

    /** Goes on behind a message; tells whether it still is where it was. */
    boolean resume(MboxCursor after) {
        return messages.resume(after);
    }

    @Override
    public @Nullable CveEvent next() {
        Optional<RawMessage> next = messages.next();
        if (next.isEmpty()) {
            return null;
        }
        RawMessage message = next.get();
        if (messages.isAtEnd() && !archive.isSettled(context.clock().instant(), settings.settling())) {
            progress.noted("The last message may still be being written; it is left for another time.");
            return null;
        }
        return message.envelope().isEmpty() ? textBeforeMessages(message) : event(message);
    }

    private CveEvent event(RawMessage message) {
        return message.tooLarge()
                ? announcements.tooLarge(
                        message.quoting().undo(message.content()),
                        location(message.place()),
                        message.place().toCursor())
                : announcements.whole(
                        message.quoting().undo(message.content()),
                        location(message.place()),
                        message.place().toCursor());
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

    private String location(MboxCursor place) {
        return within + "message " + place.number() + ", byte " + place.offset();
    }

    @Override
    public long done() {
        return archive.consumed();
    }

    @Override
    public void close() {
        archive.close();
    }
}
