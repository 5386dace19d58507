package org.tuxtape.testkit.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.testkit.ManualClock;

/**
 * A source with faults. Elements are counted from 1 in each stream, wherever it starts; asking for one more than there
 * are counts too. Several faults strike in the order in which they were added. Immutable: each method returns another
 * source that counts its streams anew. Safe for use by several threads if the source inside is.
 *
 * @since 0.1
 */
public final class FaultyCveSource implements CveSource {

    /** What happens in one stream before an element is delivered. */
    private interface Strike {
        void before(int element);
    }

    /** What happens in the streams of a source. */
    private interface Plan {
        Strike in(int stream, Context context);
    }

    private final CveSource source;
    private final List<Plan> plans;
    private final AtomicInteger streams = new AtomicInteger();

    private FaultyCveSource(CveSource source, List<Plan> plans) {
        this.source = Objects.requireNonNull(source, "source");
        this.plans = List.copyOf(plans);
    }

    /**
     * Wraps a source.
     *
     * @param source a working source
     * @return a source that has no faults yet
     */
    public static FaultyCveSource of(CveSource source) {
        return new FaultyCveSource(source, List.of());
    }

    private FaultyCveSource with(Plan plan) {
        List<Plan> all = new ArrayList<>(plans);
        all.add(plan);
        return new FaultyCveSource(source, all);
    }

    /**
     * Fails instead of delivering an element.
     *
     * @param element which one, from 1
     * @param fault how
     * @return a source that does so
     */
    public FaultyCveSource failingAt(int element, Fault fault) {
        return with((stream, context) -> number -> {
            if (number == element) {
                throw failure(fault, "fails at element " + element);
            }
        });
    }

    /**
     * Ends too early, with {@link Fault#TRUNCATED}.
     *
     * @param elements how many are delivered before
     * @return a source that does so
     */
    public FaultyCveSource truncatedAfter(int elements) {
        return failingAt(elements + 1, Fault.TRUNCATED);
    }

    /**
     * Fails now and then, with {@link Fault#IO}. Where it fails depends on the seed and on how many streams were opened
     * before, and on nothing else.
     *
     * @param seed named in the message of each failure
     * @param rate how probable a failure is before each element, 0 to 1
     * @return a source that does so
     */
    public FaultyCveSource failingRandomly(long seed, double rate) {
        return with((stream, context) -> {
            SplittableRandom random = new SplittableRandom(seed + stream);
            return number -> {
                if (random.nextDouble() < rate) {
                    throw failure(Fault.IO, "fails at element " + number + " of stream " + stream + " by seed " + seed);
                }
            };
        });
    }

    private SourceException failure(Fault fault, String how) {
        return new SourceException(id(), fault, id() + " " + how + ", as the test wants it.");
    }

    /**
     * Lets time pass before each element, without waiting.
     *
     * @param clock is advanced
     * @param time how far
     * @return a source that does so
     */
    public FaultyCveSource slow(ManualClock clock, Duration time) {
        return with((stream, context) -> number -> clock.advance(time));
    }

    /**
     * Waits before each element. A thread that is interrupted goes on at once and stays interrupted.
     *
     * @param time how long
     * @return a source that does so
     */
    public FaultyCveSource slow(Duration time) {
        return with((stream, context) -> number -> {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Cancels the reading, as its caller would, by the token of its own context.
     *
     * @param element before which one, from 1
     * @return a source that does so; its streams need a token that can be cancelled
     */
    public FaultyCveSource cancelledAt(int element) {
        return with((stream, context) -> number -> {
            if (number == element) {
                context.cancellation().cancel();
            }
        });
    }

    @Override
    public SourceId id() {
        return source.id();
    }

    @Override
    public CveStream open(Cursor after, Context context) {
        int stream = streams.incrementAndGet();
        List<Strike> strikes =
                plans.stream().map(plan -> plan.in(stream, context)).toList();
        return new FaultyStream(source, after, context, strikes);
    }

    private static final class FaultyStream implements CveStream {
        private final List<Strike> strikes;
        private final CveStream stream;
        private int element = 1;
        private int struck;
        private boolean failed;

        FaultyStream(CveSource source, Cursor after, Context context, List<Strike> strikes) {
            this.strikes = strikes;
            stream = source.open(after, context.with(event -> context.tell(told(event))));
        }

        /** The stream inside is closed and believes that it was cancelled; its caller sees it fail. */
        private Event told(Event event) {
            return failed && event instanceof Event.Ended ? new Event.Ended(event.task(), Event.End.FAILED) : event;
        }

        @Override
        public boolean hasNext() {
            if (!failed && struck < element) {
                struck = element;
                strike();
            }
            return stream.hasNext();
        }

        private void strike() {
            try {
                strikes.forEach(strike -> strike.before(element));
            } catch (RuntimeException fault) {
                failed = true;
                stream.close();
                throw fault;
            }
        }

        @Override
        public CveEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The stream has ended.");
            }
            element++;
            return stream.next();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
