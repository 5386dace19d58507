package org.tuxtape.mail.internal.announcement;

import java.util.Optional;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.mime.ByteRange;

/** Makes the elements of one source from its mails. Used by one thread at a time; keeps nothing of a mail. */
public final class AnnouncementReader {
    /** How much of a mail that is too large is worth keeping: its header stands there. */
    public static final int KEPT_OF_TOO_LARGE = 1 << 14;

    private final SourceId id;
    private final int largestMessage;
    private final MailParser mails = new MailParser();

    /**
     * Reads mails of a source.
     *
     * @param largestMessage the size in bytes above which a mail is not read
     */
    public AnnouncementReader(SourceId id, int largestMessage) {
        this.id = id;
        this.largestMessage = largestMessage;
    }

    /** The size in bytes above which a mail is not read. */
    public int largestMessage() {
        return largestMessage;
    }

    /** Reads a mail as it was delivered, of which nothing is missing. */
    public CveEvent whole(ByteRange mail, String location, Cursor cursor) {
        return element(mails.parse(mail), location, cursor);
    }

    /** Reads the beginning of a mail that is too large. */
    public CveEvent tooLarge(ByteRange beginning, String location, Cursor cursor) {
        String reason = "It is larger than " + largestMessage + " bytes.";
        return element(mails.parseHeader(beginning, reason), location, cursor);
    }

    /** Tells of a mail of which nothing can be had. */
    public CveEvent lost(String reason, String location, Cursor cursor) {
        Origin origin = Origin.of(id, Origin.Kind.ANNOUNCEMENT, location);
        return new CveEvent.Unreadable(origin, cursor, Optional.empty(), reason, Optional.empty());
    }

    private CveEvent element(MailReading mail, String location, Cursor cursor) {
        Origin origin = new Origin(id, Origin.Kind.ANNOUNCEMENT, location, mail.messageId(), mail.date());
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
}
