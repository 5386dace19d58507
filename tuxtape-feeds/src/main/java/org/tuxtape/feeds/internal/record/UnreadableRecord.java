package org.tuxtape.feeds.internal.record;

import java.util.Optional;
import org.tuxtape.core.cve.Excerpt;

/** Ends the reading of a record that was not understood. */
final class UnreadableRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RecordReading.Unreadable reading;

    UnreadableRecord(String reason, Optional<Excerpt> excerpt) {
        super(reason, null, false, false);
        this.reading = new RecordReading.Unreadable(reason, excerpt);
    }

    RecordReading.Unreadable reading() {
        return reading;
    }
}
