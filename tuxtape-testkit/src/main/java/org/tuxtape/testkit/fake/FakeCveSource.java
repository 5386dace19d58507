package org.tuxtape.testkit.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;

/**
 * An archive in memory. It remembers where each of its streams was opened, and closing the source finds those that
 * nobody closed. Immutable but for that, and safe for use by several threads.
 *
 * <pre>{@code
 * try (FakeCveSource source = FakeCveSource.named("announce").published(cve).unreadable("No version.").build()) {
 *     CveCatalog catalog = CveCatalog.of(source);
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class FakeCveSource implements CveSource, AutoCloseable {
    private final SourceId id;
    private final List<CveEvent> events;
    private final Map<Integer, Fault> faults;
    private final Map<CveStream, Throwable> open = new ConcurrentHashMap<>();

    private FakeCveSource(Builder builder) {
        id = builder.id;
        events = List.copyOf(builder.events);
        faults = Map.copyOf(builder.faults);
    }

    /**
     * Starts an archive.
     *
     * @param name its id, not blank
     * @return a builder of an empty archive
     */
    public static Builder named(String name) {
        return new Builder(new SourceId(name));
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public CveStream open(Cursor after, Context context) {
        context.cancellation().throwIfCancelled();
        int place = place(after);
        if (place == 0) {
            failAt(place);
        }
        FakeStream stream = new FakeStream(place, context);
        open.put(stream, new Throwable("Opened here."));
        return stream;
    }

    private int place(Cursor cursor) {
        if (cursor.equals(Cursor.START)) {
            return 0;
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).cursor().equals(cursor)) {
                return i + 1;
            }
        }
        throw new SourceException(id, Fault.STALE_CURSOR, id + " has no place '" + cursor + "'.");
    }

    private void failAt(int place) {
        Fault fault = faults.get(place);
        if (fault != null) {
            throw new SourceException(id, fault, id + " was told to fail behind " + place + " messages.");
        }
    }

    /**
     * Counts the streams that are open.
     *
     * @return how many were opened and not closed
     */
    public int openStreams() {
        return open.size();
    }

    /**
     * Checks that every stream was closed.
     *
     * @throws AssertionError if one was not; its suppressed throwables say where each was opened
     */
    public void assertAllClosed() {
        if (!open.isEmpty()) {
            AssertionError leak = new AssertionError(open.size() + " streams of " + id + " were not closed.");
            open.values().forEach(leak::addSuppressed);
            throw leak;
        }
    }

    /** Checks that every stream was closed, as {@link #assertAllClosed()} does. */
    @Override
    public void close() {
        assertAllClosed();
    }

    private final class FakeStream implements CveStream {
        private final Context context;
        private final String task = "read " + id;
        private final int start;
        private int place;
        private boolean over;

        FakeStream(int place, Context context) {
            this.start = place;
            this.place = place;
            this.context = context;
            context.tell(new Event.Started(task, OptionalLong.of(events.size() - place), "messages"));
        }

        @Override
        public boolean hasNext() {
            if (over) {
                return false;
            }
            try {
                context.cancellation().throwIfCancelled();
                failAt(place);
            } catch (CancelledException cancelled) {
                end(Event.End.CANCELLED);
                throw cancelled;
            } catch (SourceException fault) {
                end(Event.End.FAILED);
                throw fault;
            }
            if (place == events.size()) {
                end(Event.End.COMPLETED);
            }
            return !over;
        }

        @Override
        public CveEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There is no message behind " + place + " of " + id + ".");
            }
            context.tell(new Event.Advanced(task, place - start + 1));
            return events.get(place++);
        }

        @Override
        public void close() {
            open.remove(this);
            if (!over) {
                end(Event.End.CANCELLED);
            }
        }

        private void end(Event.End how) {
            over = true;
            context.tell(new Event.Ended(task, how));
        }
    }

    /** Collects messages in the order of the archive. Not safe for use by several threads. */
    public static final class Builder {
        private final SourceId id;
        private final List<CveEvent> events = new ArrayList<>();
        private Origin.Kind kind = Origin.Kind.ANNOUNCEMENT;
        private final Map<Integer, Fault> faults = new HashMap<>();

        private Builder(SourceId id) {
            this.id = id;
        }

        /**
         * Adds a message that publishes a CVE.
         *
         * @param cve what it says
         * @return this builder
         */
        public Builder published(Cve cve) {
            events.add(new CveEvent.Published(origin(), cursor(), cve, List.of()));
            return this;
        }

        /**
         * Adds a message that rejects a CVE.
         *
         * @param cve the CVE
         * @return this builder
         */
        public Builder rejected(CveId cve) {
            events.add(new CveEvent.Rejected(origin(), cursor(), cve, "", Optional.empty()));
            return this;
        }

        /**
         * Adds a message that cannot be understood.
         *
         * @param reason one sentence that says what was not understood
         * @return this builder
         */
        public Builder unreadable(String reason) {
            events.add(new CveEvent.Unreadable(origin(), cursor(), Optional.empty(), reason, Optional.empty()));
            return this;
        }

        /**
         * Breaks the archive.
         *
         * @param messages behind how many messages reading fails; with 0 the archive cannot be opened at its start
         * @param fault how
         * @return this builder
         */
        public Builder failsAfter(int messages, Fault fault) {
            faults.put(messages, fault);
            return this;
        }

        /**
         * Makes the messages added from here on records instead of announcements.
         *
         * @return this builder
         */
        public Builder records() {
            kind = Origin.Kind.RECORD;
            return this;
        }

        private Origin origin() {
            return Origin.of(id, kind, "message " + (events.size() + 1));
        }

        private Cursor cursor() {
            return new Cursor("behind message " + (events.size() + 1));
        }

        /**
         * Returns the archive.
         *
         * @return a source with the messages added so far; equal calls give sources with equal elements
         * @throws IllegalStateException if it shall fail at a place that it does not have
         */
        public FakeCveSource build() {
            for (int place : faults.keySet()) {
                if (place < 0 || place > events.size()) {
                    throw new IllegalStateException(
                            id + " cannot fail behind " + place + " of " + events.size() + " messages.");
                }
            }
            return new FakeCveSource(this);
        }
    }
}
