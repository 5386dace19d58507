package org.tuxtape.mail.internal.announcement;

import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.mail.internal.mime.ByteRange;
import org.tuxtape.mail.internal.mime.HeaderFields;
import org.tuxtape.mail.internal.mime.MailDates;
import org.tuxtape.mail.internal.mime.MailText;
import org.tuxtape.mail.internal.mime.MailTextFinder;

/** Reads mails of the announcement list. Used by one thread at a time; keeps nothing of a mail. */
public final class MailParser {
    private final MailDates dates = new MailDates();

    /** Reads a mail as it was delivered, without an mbox's line above it. */
    public MailReading parse(ByteRange mail) {
        HeaderFields header = HeaderFields.of(mail);
        return reading(header, announcement(header));
    }

    /** Reads the header alone of a mail that cannot be read as a whole. */
    public MailReading parseHeader(ByteRange beginning, String reason) {
        HeaderFields header = HeaderFields.of(beginning);
        return reading(header, Announcement.Unreadable.because(subject(header).id(), reason));
    }

    private MailReading reading(HeaderFields header, Announcement announcement) {
        return new MailReading(
                header.first("message-id").flatMap(MailParser::unbracketed),
                header.first("date").flatMap(dates::parse),
                announcement);
    }

    private static Announcement announcement(HeaderFields header) {
        Subject subject = subject(header);
        if (subject.kind() == Subject.Kind.REPLY) {
            return Announcement.Unreadable.because(
                    subject.id(), "It answers or forwards a mail; it is no announcement.");
        }
        MailText text = MailTextFinder.find(header);
        if (text instanceof MailText.None none) {
            return Announcement.Unreadable.because(subject.id(), none.reason());
        }
        MailLines lines = new MailLines((MailText.Plain) text);
        Optional<CveId> id = subject.id();
        return subject.kind() == Subject.Kind.REJECTED && id.isPresent()
                ? RejectionParser.parse(id.get(), subject.title(), lines)
                : AnnouncementParser.parse(subject, lines);
    }

    private static Subject subject(HeaderFields header) {
        return Subject.parse(header.firstDecoded("subject").orElse(""));
    }

    private static Optional<String> unbracketed(String field) {
        int open = field.indexOf('<');
        int close = field.indexOf('>', open + 1);
        String id = open >= 0 && close > open ? field.substring(open + 1, close) : field;
        return Optional.of(id.strip()).filter(text -> !text.isEmpty());
    }
}
