package org.tuxtape.core.cve;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an element came from.
 *
 * @param source the source that delivered it
 * @param kind what sort of text it is
 * @param location where in the source, in words that a person can follow, for example {@code message 12, byte 34567}
 * @param messageId the Message-ID without its angle brackets; empty if it has none or is not a mail
 * @param date when it was sent or published, as it says of itself, or as of when its source is, where only that is known;
 *     empty if neither is
 * @param authenticity what is known of who wrote it
 * @since 0.1
 */
public record Origin(
        SourceId source,
        Kind kind,
        String location,
        Optional<String> messageId,
        Optional<Instant> date,
        Authenticity authenticity) {

    /** What sort of text an element was read from, from the one that ages to the one that is kept up to date. */
    public enum Kind {
        /** A mail that was sent once. */
        ANNOUNCEMENT,
        /** A CVE record, which its CNA keeps up to date. */
        RECORD
    }

    /** Rejects {@code null}. */
    public Origin {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(authenticity, "authenticity");
    }

    /**
     * Creates the origin of an element whose author nobody checked.
     *
     * @param source the source that delivered it
     * @param kind what sort of text it is
     * @param location where in the source
     * @param messageId the Message-ID, if it has one
     * @param date when it was sent or published, if it says so
     */
    public Origin(SourceId source, Kind kind, String location, Optional<String> messageId, Optional<Instant> date) {
        this(source, kind, location, messageId, date, Authenticity.UNCHECKED);
    }

    /**
     * Returns an origin that is neither a mail nor dated.
     *
     * @param source the source
     * @param kind what sort of text it is
     * @param location where in it
     * @return the origin
     */
    public static Origin of(SourceId source, Kind kind, String location) {
        return new Origin(source, kind, location, Optional.empty(), Optional.empty());
    }

    /**
     * Returns source and location in words.
     *
     * @return for example {@code announce.mbox: message 12, byte 34567}
     */
    @Override
    public String toString() {
        return source + ": " + location;
    }
}
