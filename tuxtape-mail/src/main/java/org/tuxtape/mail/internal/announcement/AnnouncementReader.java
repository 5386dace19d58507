package org.tuxtape.mail.internal.announcement;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.mime.ByteRange;
import org.tuxtape.mail.signature.SignatureCheck;
import org.tuxtape.mail.signature.Treatment;

/** Makes the elements of one source from its mails. Used by one thread at a time; keeps nothing of a mail. */
public final class AnnouncementReader {
    /** How much of a mail that is too large is worth reading: its header stands there. */
    private static final int KEPT_OF_TOO_LARGE = 1 << 14;

    private final SourceId id;
    private final int largestMessage;
    private final Optional<SignatureCheck> signatures;
    private final MailParser mails = new MailParser();

    /**
     * Reads mails of a source.
     *
     * @param largestMessage the size in bytes above which a mail is not read
     * @param signatures what becomes of mails that are not signed; empty if nobody looks
     */
    public AnnouncementReader(SourceId id, int largestMessage, Optional<SignatureCheck> signatures) {
        this.id = id;
        this.largestMessage = largestMessage;
        this.signatures = signatures;
    }

    /** The size in bytes above which a mail is not read. */
    public int largestMessage() {
        return largestMessage;
    }

    /** Reads a mail that was fetched to its end, or to the first byte beyond the largest that is read. */
    public CveEvent fetched(ByteRange bytes, String location, Cursor cursor) {
        return bytes.length() > largestMessage ? tooLarge(bytes, location, cursor) : whole(bytes, location, cursor);
    }

    /** Reads a mail as it was delivered, of which nothing is missing. */
    public CveEvent whole(ByteRange mail, String location, Cursor cursor) {
        Authenticity authenticity = signatures
                .map(check -> check.keys().verify(Arrays.copyOfRange(mail.bytes(), mail.start(), mail.end())))
                .orElse(Authenticity.UNCHECKED);
        MailReading reading = mails.parse(mail);
        Treatment treatment = signatures.map(check -> check.of(authenticity)).orElse(Treatment.ACCEPT);
        return element(
                reading,
                treated(reading.announcement(), treatment, authenticity, mail),
                authenticity,
                location,
                cursor);
    }

    /** Reads the beginning of a mail that is too large. */
    public CveEvent tooLarge(ByteRange beginning, String location, Cursor cursor) {
        String reason = "It is larger than " + largestMessage + " bytes.";
        int end = beginning.start() + Math.min(beginning.length(), KEPT_OF_TOO_LARGE);
        MailReading reading = mails.parseHeader(new ByteRange(beginning.bytes(), beginning.start(), end), reason);
        return element(reading, reading.announcement(), Authenticity.UNCHECKED, location, cursor);
    }

    /** Tells of a mail of which nothing can be had. */
    public CveEvent lost(String reason, String location, Cursor cursor) {
        Origin origin = Origin.of(id, Origin.Kind.ANNOUNCEMENT, location);
        return new CveEvent.Unreadable(origin, cursor, Optional.empty(), reason, Optional.empty());
    }

    private static Announcement treated(
            Announcement announcement, Treatment treatment, Authenticity authenticity, ByteRange mail) {
        if (treatment == Treatment.REFUSE) {
            return Announcement.Unreadable.because(announcement.about(), "It is not believed: " + authenticity + ".");
        }
        if (treatment == Treatment.MARK && announcement instanceof Announcement.Published published) {
            Remark remark = new Remark("The mail is " + authenticity + ".", new Excerpt(1, mail.firstLine()));
            return new Announcement.Published(
                    published.cve(),
                    Stream.concat(published.remarks().stream(), Stream.of(remark))
                            .toList());
        }
        return announcement;
    }

    private CveEvent element(
            MailReading mail, Announcement announcement, Authenticity authenticity, String location, Cursor cursor) {
        Origin origin = new Origin(id, Origin.Kind.ANNOUNCEMENT, location, mail.messageId(), mail.date(), authenticity);
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
