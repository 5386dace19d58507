package org.tuxtape.mail.internal.merge;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;

/** One of the sources, its next element, and where it stands. */
final class Branch {
    private final CveSource source;
    private Cursor cursor;
    private @Nullable CveStream stream;
    private @Nullable CveEvent head;
    private @Nullable SourceException fault;

    /** Opens the source behind a cursor; if it cannot be opened, it has no element. */
    Branch(CveSource source, Cursor after, Context context) {
        this.source = source;
        this.cursor = after;
        try {
            stream = source.open(after, context);
        } catch (SourceException e) {
            fault = e;
        }
    }

    Cursor cursor() {
        return cursor;
    }

    Optional<SourceException> fault() {
        return Optional.ofNullable(fault);
    }

    /** The next element, which stays until it is taken; empty at the end, and after a fault. */
    Optional<CveEvent> head() {
        try {
            if (head == null && stream != null && stream.hasNext()) {
                head = stream.next();
            }
        } catch (SourceException e) {
            fault = e;
            stream = null;
        }
        return Optional.ofNullable(head);
    }

    /** When the next element was sent; one that does not say so waits for none. */
    Instant time() {
        return head().flatMap(event -> event.origin().date()).orElse(Instant.MIN);
    }

    void take() {
        if (head != null) {
            cursor = head.cursor();
            head = null;
        }
    }

    /** Lets somebody know what lies before the place where this branch was opened. */
    void recall(Seen seen, Context context) {
        if (cursor.equals(Cursor.START) || fault != null) {
            return;
        }
        Optional<Cursor> next = head().map(CveEvent::cursor);
        try (CveStream before = source.open(Cursor.START, context)) {
            while (before.hasNext()) {
                CveEvent event = before.next();
                if (next.equals(Optional.of(event.cursor()))) {
                    return;
                }
                seen.meet(event);
                if (event.cursor().equals(cursor)) {
                    return;
                }
            }
        } catch (SourceException e) {
            fault = e;
            close();
        }
    }

    void close() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
        head = null;
    }
}
