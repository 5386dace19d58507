package org.tuxtape.feeds.internal.tree;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.feeds.internal.record.RecordParser;
import org.tuxtape.feeds.internal.record.RecordReading;

/** The records of a directory, a zip or a tar. They are counted, since that is all such a tree offers as a place. */
final class ArchiveWalk implements Walk {
    private final Records records;
    private final Optional<TreeCursor> after;
    private final Optional<Instant> date;
    private final Faults faults;
    private final CancellationToken cancellation;
    private final TreeCursor.Trail trail = new TreeCursor.Trail();
    private Cursor place = Cursor.START;

    ArchiveWalk(
            Records records,
            Optional<TreeCursor> after,
            Optional<Instant> date,
            Faults faults,
            CancellationToken cancellation) {
        this.records = records;
        this.after = after;
        this.date = date;
        this.faults = faults;
        this.cancellation = cancellation;
    }

    @Override
    public void begin(LongConsumer reached) {
        after.ifPresent(cursor -> resume(cursor, reached));
    }

    private void resume(TreeCursor cursor, LongConsumer reached) {
        for (long i = 0; i < cursor.number(); i++) {
            cancellation.throwIfCancelled();
            if (!records.advance()) {
                throw changed(cursor);
            }
            step();
            reached.accept(records.done());
        }
        if (!place.equals(cursor.toCursor())) {
            throw changed(cursor);
        }
    }

    private SourceException changed(TreeCursor cursor) {
        return faults.changedBefore(cursor.toCursor());
    }

    private void step() {
        place = trail.step(records.path(), records.size()).toCursor();
    }

    @Override
    public boolean advance() {
        if (!records.advance()) {
            if (place.equals(Cursor.START)) {
                throw faults.noRecords();
            }
            return false;
        }
        step();
        return true;
    }

    @Override
    public RecordPath path() {
        return records.path();
    }

    @Override
    public RecordReading reading() {
        return RecordParser.parse(records.files());
    }

    @Override
    public Cursor place() {
        return place;
    }

    @Override
    public Optional<Instant> date() {
        return date;
    }

    @Override
    public OptionalLong total() {
        return records.total();
    }

    @Override
    public long done() {
        return records.done();
    }

    @Override
    public String unit() {
        return records.unit();
    }

    @Override
    public void close() {
        records.close();
    }
}
