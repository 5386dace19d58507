package org.tuxtape.core.cve;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an element came from.
 *
 * @param source the source that delivered it
 * @param location where in the source, in words that a person can follow, for example {@code message 12, byte 34567}
 * @param messageId the Message-ID without its angle brackets; empty if it has none or is not a mail
 * @param date when it was sent or published, as it says of itself; empty if it does not say
 * @since 0.1
 */
public record Origin(SourceId source, String location, Optional<String> messageId, Optional<Instant> date) {

    /** Rejects {@code null}. */
    public Origin {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(date, "date");
    }

    /**
     * Returns an origin that is neither a mail nor dated.
     *
     * @param source the source
     * @param location where in it
     * @return the origin
     */
    public static Origin of(SourceId source, String location) {
        return new Origin(source, location, Optional.empty(), Optional.empty());
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
