package org.tuxtape.core.cve;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.internal.OneLine;

/**
 * What one message of a {@link CveSource} says. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface CveEvent {

    /**
     * Tells where the message came from.
     *
     * @return its origin
     */
    Origin origin();

    /**
     * Returns the place behind this message.
     *
     * @return what {@link CveSource#open} takes to read the rest
     */
    Cursor cursor();

    /**
     * A CVE was published.
     *
     * @param origin where the message came from
     * @param cursor the place behind it
     * @param cve what it says
     * @param remarks what in it was understood only in part; mostly empty
     */
    record Published(Origin origin, Cursor cursor, Cve cve, List<Remark> remarks) implements CveEvent {
        /** Copies the list. */
        public Published {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(cursor, "cursor");
            Objects.requireNonNull(cve, "cve");
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * A CVE was rejected: it is none, whatever was said of it before.
     *
     * @param origin where the message came from
     * @param cursor the place behind it
     * @param id the CVE
     * @param title the title that it had, possibly empty; control characters become spaces
     * @param reason why, if the message gives a reason beyond the fact
     */
    record Rejected(Origin origin, Cursor cursor, CveId id, String title, Optional<String> reason) implements CveEvent {
        /** Rejects {@code null}. */
        public Rejected {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(cursor, "cursor");
            Objects.requireNonNull(id, "id");
            title = OneLine.of(title);
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The message could not be understood. A person has to read it.
     *
     * @param origin where the message came from
     * @param cursor the place behind it
     * @param id the CVE it seems to be about, if it names one
     * @param reason one sentence that says what was not understood
     * @param excerpt the line that was not understood, if it is one
     */
    record Unreadable(Origin origin, Cursor cursor, Optional<CveId> id, String reason, Optional<Excerpt> excerpt)
            implements CveEvent {
        /** Rejects {@code null}. */
        public Unreadable {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(cursor, "cursor");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(excerpt, "excerpt");
        }
    }
}
