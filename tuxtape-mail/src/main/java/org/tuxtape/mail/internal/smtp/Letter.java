package org.tuxtape.mail.internal.smtp;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/**
 * A mail of a text and some files.
 *
 * @param from who sends it; an address without anything around it
 * @param to who gets it
 * @param subject one line
 * @param identity what it is about: mails of one identity have one Message-ID
 * @param date when it was written
 * @param text lines
 * @param files the files, with their names
 */
public record Letter(
        String from,
        List<String> to,
        String subject,
        String identity,
        Instant date,
        String text,
        List<DataSource> files) {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /** Writes it. */
    MimeMessage in(Session session) throws MessagingException {
        MimeMessage message = new Identified(session);
        message.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)));
        message.setFrom(from);
        message.setRecipients(RecipientType.TO, String.join(",", to));
        message.setSubject(subject, UTF_8);
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeMultipart parts = new MimeMultipart(body());
        for (DataSource file : files) {
            parts.addBodyPart(attached(file));
        }
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    private MimeBodyPart body() throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8);
        return part;
    }

    private static MimeBodyPart attached(DataSource file) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(file));
        part.setFileName(file.getName());
        // As it is, whatever a server does to the ends of lines.
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    /** The library gives every mail another Message-ID. */
    private final class Identified extends MimeMessage {
        Identified(Session session) {
            super(session);
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            UUID id = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
            setHeader("Message-ID", "<" + id + "@tuxtape.invalid>");
        }
    }
}
