package org.tuxtape.core.cve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;

/** A source that delivers what a test wrote down, and breaks where it says so. Counts what is opened and closed. */
public final class ScriptedSource implements CveSource {
    private final SourceId id;
    private Origin.Kind kind = Origin.Kind.ANNOUNCEMENT;
    private Optional<Instant> date = Optional.empty();
    private final List<CveEvent> events = new ArrayList<>();
    private Optional<RuntimeException> atOpen = Optional.empty();
    private Optional<RuntimeException> atEnd = Optional.empty();
    private Optional<RuntimeException> atClose = Optional.empty();
    private final List<Cursor> openedAt = new ArrayList<>();
    private final List<Context> contexts = new ArrayList<>();
    private int closed;

    public ScriptedSource(String name) {
        id = new SourceId(name);
    }

    /** What is added from here on are records. */
    ScriptedSource records() {
        kind = Origin.Kind.RECORD;
        return this;
    }

    /** What is added from here on has this date. */
    ScriptedSource on(String day) {
        date = Optional.of(Instant.parse(day + "T00:00:00Z"));
        return this;
    }

    public ScriptedSource published(Cve cve) {
        events.add(new CveEvent.Published(origin(), cursor(), cve, List.of()));
        return this;
    }

    public ScriptedSource published(String cve, String title) {
        return published(Cve.builder(CveId.parse(cve)).title(title).build());
    }

    public ScriptedSource rejected(String cve) {
        events.add(new CveEvent.Rejected(origin(), cursor(), CveId.parse(cve), "", Optional.empty()));
        return this;
    }

    public ScriptedSource unreadable(String reason) {
        events.add(new CveEvent.Unreadable(origin(), cursor(), Optional.empty(), reason, Optional.empty()));
        return this;
    }

    ScriptedSource failsToOpen(RuntimeException failure) {
        atOpen = Optional.of(failure);
        return this;
    }

    public ScriptedSource thenFails(RuntimeException failure) {
        atEnd = Optional.of(failure);
        return this;
    }

    ScriptedSource failsToClose(RuntimeException failure) {
        atClose = Optional.of(failure);
        return this;
    }

    List<CveEvent> events() {
        return events;
    }

    List<Cursor> openedAt() {
        return openedAt;
    }

    List<Context> contexts() {
        return contexts;
    }

    int closed() {
        return closed;
    }

    public SourceException fault() {
        return new SourceException(id, SourceException.Fault.TRUNCATED, id + " ends too early.");
    }

    private Origin origin() {
        return new Origin(id, kind, "message " + (events.size() + 1), Optional.empty(), date);
    }

    private Cursor cursor() {
        return new Cursor(Integer.toString(events.size() + 1));
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public CveStream open(Cursor after, Context context) {
        openedAt.add(after);
        contexts.add(context);
        throwIf(atOpen);
        return new Stream(events.iterator());
    }

    private static void throwIf(Optional<RuntimeException> failure) {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private final class Stream implements CveStream {
        private final Iterator<CveEvent> rest;

        Stream(Iterator<CveEvent> rest) {
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            if (!rest.hasNext()) {
                throwIf(atEnd);
            }
            return rest.hasNext();
        }

        @Override
        public CveEvent next() {
            return rest.next();
        }

        @Override
        public void close() {
            closed++;
            throwIf(atClose);
        }
    }
}
