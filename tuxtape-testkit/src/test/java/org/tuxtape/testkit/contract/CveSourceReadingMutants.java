package org.tuxtape.testkit.contract;

import static org.tuxtape.testkit.contract.CveSourceMutants.FIRST;
import static org.tuxtape.testkit.contract.CveSourceMutants.SECOND;
import static org.tuxtape.testkit.contract.CveSourceMutants.THIRD;
import static org.tuxtape.testkit.contract.CveSourceMutants.archive;
import static org.tuxtape.testkit.contract.CveSourceMutants.mutant;
import static org.tuxtape.testkit.contract.CveSourceMutants.mutantStream;
import static org.tuxtape.testkit.contract.CveSourceMutants.subject;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.EventListener;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.testkit.contract.Bent.BentStream;
import org.tuxtape.testkit.fake.FakeCveSource;

/** Sources that break CS-1, CS-2 or CS-3: they read wrongly. */
final class CveSourceReadingMutants {
    private CveSourceReadingMutants() {}

    static Stream<Mutant<CveSourceSubject>> all() {
        return Stream.of(cs1(), cs2(), cs3()).flatMap(List::stream);
    }

    private static List<Mutant<CveSourceSubject>> cs1() {
        return List.of(
                mutant(
                        "CS-1",
                        "delivers the newest first",
                        FakeCveSource.named("archive")
                                .published(THIRD)
                                .rejected(SECOND)
                                .unreadable("No version.")
                                .published(FIRST)),
                mutant("CS-1", "reads everything when it is opened", EagerSource::new),
                mutantStream("CS-1", "goes on when closed", GoesOnWhenClosed::new),
                mutantStream("CS-1", "cannot be closed twice", ClosesOnce::new),
                new Mutant<>("CS-1", "keeps something open", () -> {
                    AtomicLong handles = new AtomicLong();
                    return subject(source -> Bent.streaming(source, stream -> {
                                handles.incrementAndGet();
                                return stream;
                            }))
                            .openHandles(handles::get);
                }));
    }

    private static final class EagerSource extends Bent {
        EagerSource(CveSource source) {
            super(source);
        }

        @Override
        public CveStream open(Cursor after, Context context) {
            try (CveStream stream = super.open(after, context)) {
                Reading.rest(stream);
            }
            return super.open(after, context.with(EventListener.none()));
        }
    }

    private static final class GoesOnWhenClosed extends BentStream {
        private boolean closed;

        GoesOnWhenClosed(CveStream stream) {
            super(stream);
        }

        @Override
        public boolean hasNext() {
            return closed || super.hasNext();
        }

        @Override
        public void close() {
            closed = true;
            super.close();
        }
    }

    private static final class ClosesOnce extends BentStream {
        private boolean closed;

        ClosesOnce(CveStream stream) {
            super(stream);
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("Closed already.");
            }
            closed = true;
            super.close();
        }
    }

    private static List<Mutant<CveSourceSubject>> cs2() {
        return List.of(
                mutant(
                        "CS-2",
                        "drops what it cannot read",
                        FakeCveSource.named("archive")
                                .published(FIRST)
                                .rejected(SECOND)
                                .published(THIRD)),
                mutant("CS-2", "gives two elements for one message", archive().published(THIRD)),
                mutant(
                        "CS-2",
                        "takes a rejection for a publication",
                        FakeCveSource.named("archive")
                                .published(FIRST)
                                .unreadable("No version.")
                                .published(Cve.builder(SECOND).build())
                                .published(THIRD)),
                mutant(
                        "CS-2",
                        "ends at what it cannot read",
                        FakeCveSource.named("archive").published(FIRST).unreadable("No version.")),
                mutant(
                        "CS-2",
                        "does not say why it could not read",
                        FakeCveSource.named("archive")
                                .published(FIRST)
                                .unreadable("")
                                .rejected(SECOND)
                                .published(THIRD)));
    }

    private static List<Mutant<CveSourceSubject>> cs3() {
        return List.of(
                mutant("CS-3", "opens at an element instead of behind it", OpensAt::new),
                mutant("CS-3", "knows its cursors only in this process", ForgetsCursors::new),
                mutant("CS-3", "goes on where the last stream ended", GoesOn::new),
                mutant("CS-3", "has one stream at a time", OneStream::new),
                mutantStream("CS-3", "gives two elements one cursor", stream -> new BentStream(stream) {
                    private Cursor first = Cursor.START;

                    @Override
                    public CveEvent next() {
                        CveEvent event = super.next();
                        first = first.equals(Cursor.START) ? event.cursor() : first;
                        return event instanceof CveEvent.Published published
                                ? new CveEvent.Published(event.origin(), first, published.cve(), List.of())
                                : event;
                    }
                }));
    }

    private static final class OpensAt extends Bent {
        private final List<Cursor> cursors;

        OpensAt(CveSource source) {
            super(source);
            cursors = Reading.all(source).stream().map(CveEvent::cursor).toList();
        }

        @Override
        public CveStream open(Cursor after, Context context) {
            int place = cursors.indexOf(after);
            return super.open(place < 0 ? after : place == 0 ? Cursor.START : cursors.get(place - 1), context);
        }
    }

    private static final class ForgetsCursors extends Bent {
        private final Set<Cursor> known = new HashSet<>(Set.of(Cursor.START));

        ForgetsCursors(CveSource source) {
            super(source);
        }

        @Override
        public CveStream open(Cursor after, Context context) {
            if (!known.contains(after)) {
                throw new SourceException(id(), Fault.STALE_CURSOR, "I have never seen " + after + ".");
            }
            return new BentStream(super.open(after, context)) {
                @Override
                public CveEvent next() {
                    CveEvent event = super.next();
                    known.add(event.cursor());
                    return event;
                }
            };
        }
    }

    private static final class GoesOn extends Bent {
        private Cursor last = Cursor.START;

        GoesOn(CveSource source) {
            super(source);
        }

        @Override
        public CveStream open(Cursor after, Context context) {
            return new BentStream(super.open(after.equals(Cursor.START) ? last : after, context)) {
                @Override
                public CveEvent next() {
                    CveEvent event = super.next();
                    last = event.cursor();
                    return event;
                }
            };
        }
    }

    private static final class OneStream extends Bent {
        private int opened;

        OneStream(CveSource source) {
            super(source);
        }

        @Override
        public CveStream open(Cursor after, Context context) {
            int number = ++opened;
            return new BentStream(super.open(after, context)) {
                @Override
                public boolean hasNext() {
                    return number == opened && super.hasNext();
                }
            };
        }
    }
}
