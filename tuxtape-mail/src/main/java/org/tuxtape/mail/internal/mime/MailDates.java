package org.tuxtape.mail.internal.mime;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** Reads the Date field as forgivingly as mail programs do. Used by one thread at a time. */
public final class MailDates {
    private final MailDateFormat format = new MailDateFormat();

    /** Returns the moment, or nothing if the text names none. */
    public Optional<Instant> parse(String text) {
        try {
            return Optional.ofNullable(format.parse(text)).map(Date::toInstant);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
