package org.tuxtape.feeds.internal.tree;

import java.nio.file.Path;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.feeds.internal.record.RecordParser;
import org.tuxtape.feeds.internal.record.RecordReading;

/** Reads a tree record by record, as its caller asks for them. */
public final class TreeStream implements CveStream {
    private final SourceId id;
    private final Optional<Instant> date;
    private final CancellationToken cancellation;
    private final Faults faults;
    private final Progress progress;
    private final Records records;
    private final TreeCursor.Trail trail = new TreeCursor.Trail();
    private boolean empty = true;
    private @Nullable CveEvent next;
    private boolean ended;

    private TreeStream(
            SourceId id, Optional<Instant> date, Context context, Faults faults, String task, Records records) {
        this.id = id;
        this.date = date;
        this.cancellation = context.cancellation();
        this.faults = faults;
        this.progress = new Progress(context, task);
        this.records = records;
    }

    /**
     * Opens a tree behind a cursor.
     *
     * @param id the name for origins and messages
     * @param task the name for events
     * @param date what records are dated that are not dated themselves
     */
    public static TreeStream open(
            SourceId id, String task, Path path, Limits limits, Optional<Instant> date, Cursor after, Context context) {
        Faults faults = new Faults(id);
        Optional<TreeCursor> place = TreeCursor.tryParse(after);
        if (place.isEmpty() && !after.equals(Cursor.START)) {
            throw faults.stale("The cursor '" + after + "' is none of " + id + ".");
        }
        context.cancellation().throwIfCancelled();
        Records records = Tree.open(path, limits, faults, context.cancellation());
        TreeStream stream = new TreeStream(id, date, context, faults, task, records);
        stream.progress.started(records);
        place.ifPresent(stream::resume);
        return stream;
    }

    private void resume(TreeCursor after) {
        try {
            TreeCursor reached = after;
            for (long i = 0; i < after.number(); i++) {
                cancellation.throwIfCancelled();
                if (!records.advance()) {
                    throw changed(after);
                }
                reached = trail.step(records.path(), records.size());
                progress.reached(records.done());
            }
            if (!reached.equals(after)) {
                throw changed(after);
            }
            empty = false;
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    private RuntimeException changed(TreeCursor after) {
        return faults.stale(id + " was changed before the place of the cursor '" + after.toCursor() + "'.");
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            try {
                next = read();
            } catch (RuntimeException e) {
                fail(e);
                throw e;
            }
            if (next == null) {
                progress.completed(records.done());
                close();
            }
        }
        return next != null;
    }

    @Override
    public CveEvent next() {
        CveEvent event = hasNext() ? next : null;
        if (event == null) {
            throw new NoSuchElementException("The tree has ended.");
        }
        next = null;
        return event;
    }

    @Override
    public void close() {
        next = null;
        ended = true;
        progress.ended(Event.End.CANCELLED);
        records.close();
    }

    private void fail(RuntimeException e) {
        progress.ended(e instanceof CancelledException ? Event.End.CANCELLED : Event.End.FAILED);
        close();
    }

    private @Nullable CveEvent read() {
        cancellation.throwIfCancelled();
        if (!records.advance()) {
            if (empty) {
                throw faults.noRecords();
            }
            return null;
        }
        empty = false;
        progress.reached(records.done());
        Cursor cursor = trail.step(records.path(), records.size()).toCursor();
        return event(RecordParser.parse(records.files()), cursor);
    }

    private CveEvent event(RecordReading reading, Cursor cursor) {
        RecordPath path = records.path();
        Origin origin = new Origin(
                id,
                Origin.Kind.RECORD,
                location(path),
                Optional.empty(),
                reading.date().or(() -> date));
        if (reading instanceof RecordReading.Published published) {
            return new CveEvent.Published(origin, cursor, published.cve(), published.remarks());
        }
        if (reading instanceof RecordReading.Rejected rejected) {
            return new CveEvent.Rejected(origin, cursor, rejected.id(), rejected.title(), rejected.reason());
        }
        RecordReading.Unreadable unreadable = (RecordReading.Unreadable) reading;
        return new CveEvent.Unreadable(
                origin, cursor, Optional.of(path.id()), unreadable.reason(), unreadable.excerpt());
    }

    /** Archives may hold names that no terminal should see. */
    private static String location(RecordPath path) {
        return path.text().replaceAll("\\p{Cntrl}", " ");
    }
}
