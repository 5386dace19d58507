package org.tuxtape.testkit.contract;

import static org.tuxtape.testkit.contract.CveSourceMutants.FIRST;
import static org.tuxtape.testkit.contract.CveSourceMutants.SECOND;
import static org.tuxtape.testkit.contract.CveSourceMutants.archive;
import static org.tuxtape.testkit.contract.CveSourceMutants.missing;
import static org.tuxtape.testkit.contract.CveSourceMutants.mutant;
import static org.tuxtape.testkit.contract.CveSourceMutants.mutantStream;
import static org.tuxtape.testkit.contract.CveSourceMutants.subject;
import static org.tuxtape.testkit.contract.CveSourceMutants.truncated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.testkit.contract.Bent.BentStream;
import org.tuxtape.testkit.fake.FakeCveSource;

/** Sources that break CS-4, CS-5, CS-6 or EV-1: they fail, stop, call themselves or tell of it wrongly. */
final class CveSourceFailureMutants {
    private CveSourceFailureMutants() {}

    static Stream<Mutant<CveSourceSubject>> all() {
        return Stream.of(cs4(), cs5(), cs6(), ev1()).flatMap(List::stream);
    }

    private static List<Mutant<CveSourceSubject>> cs4() {
        UnaryOperator<CveSource> correct = UnaryOperator.identity();
        return List.of(
                new Mutant<>(
                        "CS-4",
                        "takes a missing archive for an empty one",
                        () -> subject(correct)
                                .missingArchive(FakeCveSource.named("missing").build())),
                new Mutant<>(
                        "CS-4",
                        "throws what it was thrown",
                        () -> subject(correct).missingArchive(new Bent(missing()) {
                            @Override
                            public CveStream open(Cursor after, Context context) {
                                throw new UncheckedIOException(new IOException("missing"));
                            }
                        })),
                new Mutant<>(
                        "CS-4",
                        "names another archive",
                        () -> subject(correct).missingArchive(new Bent(missing()) {
                            @Override
                            public SourceId id() {
                                return new SourceId("another");
                            }
                        })),
                new Mutant<>(
                        "CS-4",
                        "takes a break for the end",
                        () -> subject(correct)
                                .truncatedArchive(
                                        FakeCveSource.named("archive")
                                                .published(FIRST)
                                                .rejected(SECOND)
                                                .build(),
                                        2)),
                new Mutant<>(
                        "CS-4",
                        "loses what stands before a break",
                        () -> subject(correct)
                                .truncatedArchive(
                                        archive().failsAfter(1, Fault.TRUNCATED).build(), 2)),
                new Mutant<>(
                        "CS-4",
                        "fails again and again",
                        () -> subject(correct).truncatedArchive(Bent.streaming(truncated(), FailsAgain::new), 2)),
                mutant("CS-4", "starts anew behind a cursor that it does not know", source -> new Bent(source) {
                    @Override
                    public CveStream open(Cursor after, Context context) {
                        boolean known = after.text().startsWith("behind");
                        return super.open(known ? after : Cursor.START, context);
                    }
                }),
                mutant("CS-4", "trips over a cursor that it does not know", source -> new Bent(source) {
                    @Override
                    public CveStream open(Cursor after, Context context) {
                        if (after.text().startsWith("a place")) {
                            throw new NumberFormatException(after.text());
                        }
                        return super.open(after, context);
                    }
                }));
    }

    private static final class FailsAgain extends BentStream {
        private RuntimeException fault = new NoSuchElementException();
        private boolean failed;

        FailsAgain(CveStream stream) {
            super(stream);
        }

        @Override
        public boolean hasNext() {
            if (failed) {
                throw fault;
            }
            try {
                return super.hasNext();
            } catch (SourceException | CancelledException e) {
                failed = true;
                fault = e;
                throw e;
            }
        }
    }

    private static List<Mutant<CveSourceSubject>> cs5() {
        return List.of(
                mutant("CS-5", "ignores cancellation", source -> new Bent(source) {
                    @Override
                    public CveStream open(Cursor after, Context context) {
                        return super.open(after, context.with(CancellationToken.never()));
                    }
                }),
                mutant("CS-5", "sees cancellation only when it is opened", source -> new Bent(source) {
                    @Override
                    public CveStream open(Cursor after, Context context) {
                        context.cancellation().throwIfCancelled();
                        return super.open(after, context.with(CancellationToken.never()));
                    }
                }),
                mutant("CS-5", "does not see cancellation that came before", source -> new Bent(source) {
                    @Override
                    public CveStream open(Cursor after, Context context) {
                        boolean before = context.cancellation().isCancelled();
                        return super.open(after, before ? context.with(CancellationToken.never()) : context);
                    }
                }),
                mutantStream("CS-5", "ends in silence when it is cancelled", stream -> new BentStream(stream) {
                    @Override
                    public boolean hasNext() {
                        try {
                            return super.hasNext();
                        } catch (CancelledException e) {
                            return false;
                        }
                    }
                }),
                mutant(
                        "CS-5",
                        "calls cancellation a fault",
                        source -> Bent.streaming(source, stream -> new BentStream(stream) {
                            @Override
                            public boolean hasNext() {
                                try {
                                    return super.hasNext();
                                } catch (CancelledException e) {
                                    throw new SourceException(source.id(), Fault.IO, "Cancelled.", e);
                                }
                            }
                        })),
                mutantStream("CS-5", "is cancelled again and again", FailsAgain::new));
    }

    private static List<Mutant<CveSourceSubject>> cs6() {
        AtomicInteger calls = new AtomicInteger();
        return List.of(
                mutant("CS-6", "has another id for each call", source -> new Bent(source) {
                    @Override
                    public SourceId id() {
                        return new SourceId("archive " + calls.incrementAndGet());
                    }
                }),
                mutant("CS-6", "has another id in each process", source -> {
                    SourceId own = new SourceId("archive " + calls.incrementAndGet());
                    return new Bent(source) {
                        @Override
                        public SourceId id() {
                            return own;
                        }
                    };
                }),
                mutant("CS-6", "has another id than its elements say", source -> new Bent(source) {
                    @Override
                    public SourceId id() {
                        return new SourceId("another");
                    }
                }));
    }

    private static List<Mutant<CveSourceSubject>> ev1() {
        return List.of(
                telling("does not end", event -> event instanceof Event.Ended ? Stream.of() : Stream.of(event)),
                telling(
                        "ends twice",
                        event -> event instanceof Event.Ended ? Stream.of(event, event) : Stream.of(event)),
                telling("never starts", event -> event instanceof Event.Started ? Stream.of() : Stream.of(event)),
                telling(
                        "goes back",
                        event -> event instanceof Event.Advanced advanced
                                ? Stream.of(new Event.Advanced(advanced.task(), 10 - advanced.done()))
                                : Stream.of(event)),
                telling("calls every end complete", event -> ending(event, Event.End.COMPLETED)),
                telling("calls every end a failure", event -> ending(event, Event.End.FAILED)),
                new Mutant<>(
                        "EV-1",
                        "calls a failure complete",
                        () -> subject(UnaryOperator.identity())
                                .truncatedArchive(
                                        Bent.telling(truncated(), event -> ending(event, Event.End.COMPLETED)), 2)));
    }

    private static Mutant<CveSourceSubject> telling(String fault, Function<Event, Stream<Event>> bend) {
        return mutant("EV-1", fault, source -> Bent.telling(source, bend));
    }

    private static Stream<Event> ending(Event event, Event.End end) {
        return Stream.of(event instanceof Event.Ended ? new Event.Ended(event.task(), end) : event);
    }
}
