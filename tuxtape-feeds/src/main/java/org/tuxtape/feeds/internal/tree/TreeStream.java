package org.tuxtape.feeds.internal.tree;

import java.nio.file.Path;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
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
import org.tuxtape.feeds.internal.record.RecordReading;
import org.tuxtape.git.GitLayout;

/** Reads a tree record by record, as its caller asks for them. */
public final class TreeStream implements CveStream {
    private final SourceId id;
    private final CancellationToken cancellation;
    private final Progress progress;
    private final Walk walk;
    private @Nullable CveEvent next;
    private boolean ended;

    private TreeStream(SourceId id, String task, Walk walk, Context context) {
        this.id = id;
        this.cancellation = context.cancellation();
        this.progress = new Progress(context, task);
        this.walk = walk;
    }

    /**
     * Opens a tree behind a cursor: a bare repository at its HEAD, a directory, a zip or a tar.
     *
     * @param id the name for origins and messages
     * @param task the name for events
     * @param date what records are dated that are not dated themselves
     */
    public static TreeStream open(
            SourceId id, String task, Path path, Limits limits, Optional<Instant> date, Cursor after, Context context) {
        if (GitLayout.isBare(path)) {
            return openRepository(id, task, path, Optional.empty(), limits, date, after, context);
        }
        Faults faults = new Faults(id);
        Optional<TreeCursor> place = place(after, TreeCursor::tryParse, faults);
        CancellationToken cancellation = context.cancellation();
        cancellation.throwIfCancelled();
        Records records = Tree.open(path, limits, faults, cancellation);
        return begin(new TreeStream(id, task, new ArchiveWalk(records, place, date, faults, cancellation), context));
    }

    /**
     * Opens a repository behind a cursor.
     *
     * @param id the name for origins and messages
     * @param task the name for events
     * @param ref the name of a branch or tag; empty for the HEAD
     * @param date what records are dated that are not dated themselves; empty for the date of their commit
     */
    public static TreeStream openRepository(
            SourceId id,
            String task,
            Path path,
            Optional<String> ref,
            Limits limits,
            Optional<Instant> date,
            Cursor after,
            Context context) {
        Faults faults = new Faults(id);
        Optional<CommitCursor> place = place(after, CommitCursor::tryParse, faults);
        CancellationToken cancellation = context.cancellation();
        cancellation.throwIfCancelled();
        Walk walk = CommitWalk.open(path, ref, place, limits, date, faults, cancellation);
        return begin(new TreeStream(id, task, walk, context));
    }

    private static <P> Optional<P> place(Cursor after, Function<Cursor, Optional<P>> syntax, Faults faults) {
        Optional<P> place = syntax.apply(after);
        if (place.isEmpty() && !after.equals(Cursor.START)) {
            throw faults.noPlace(after);
        }
        return place;
    }

    private static TreeStream begin(TreeStream stream) {
        stream.progress.started(stream.walk);
        try {
            stream.walk.begin(stream.progress::reached);
            return stream;
        } catch (RuntimeException e) {
            stream.fail(e);
            throw e;
        }
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
                progress.completed(walk.done());
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
        walk.close();
    }

    private void fail(RuntimeException e) {
        progress.ended(e instanceof CancelledException ? Event.End.CANCELLED : Event.End.FAILED);
        close();
    }

    private @Nullable CveEvent read() {
        cancellation.throwIfCancelled();
        if (!walk.advance()) {
            return null;
        }
        progress.reached(walk.done());
        return event(walk.reading());
    }

    private CveEvent event(RecordReading reading) {
        RecordPath path = walk.path();
        Cursor cursor = walk.place();
        Origin origin = new Origin(
                id,
                Origin.Kind.RECORD,
                location(path),
                Optional.empty(),
                reading.date().or(walk::date));
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
