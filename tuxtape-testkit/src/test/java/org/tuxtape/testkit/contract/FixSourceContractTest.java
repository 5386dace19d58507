package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.testkit.fake.FakeFixSource;

final class FixSourceContractTest extends MutantTest<FixSourceSubject> {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.6.20"));
    private static final KernelVersion MAINLINE = KernelVersion.parse("6.8");
    private static final String SECRET = "what lies outside";

    private static final Cve OWN = cve(1, "6.1.80", "6.6.21", "6.7.9", "6.8");
    private static final Cve NEWER = cve(2, "6.1.80", "6.7.9", "6.9.2", "6.8");
    private static final Cve LAST = cve(3, "6.1.80", "6.8");
    private static final Cve SERIES = cve(4, "6.6.22", "6.6.21");
    private static final Cve NONE = cve(5, "6.1.80");
    private static final Cve HOSTILE = cve(6, "6.6.21");

    @TempDir
    static Path outside;

    @BeforeAll
    static void somethingLiesOutside() throws IOException {
        Files.writeString(outside.resolve("file"), SECRET + "\n");
    }

    static final class Probe extends FixSourceContract {
        private static Supplier<FixSourceSubject> subject;

        @Override
        protected FixSourceSubject subject() {
            return subject.get();
        }
    }

    @Override
    ContractRun run(Supplier<FixSourceSubject> subject) {
        Probe.subject = subject;
        return ContractRun.of(Probe.class);
    }

    private static Cve cve(int number, String... fixedIn) {
        List<AffectedRange> ranges = new ArrayList<>();
        for (String version : fixedIn) {
            ranges.add(AffectedRange.fixedBy(Change.of(KernelVersion.parse(version), commit(number, version))));
        }
        return Cve.builder(new CveId(2024, 1000 + number)).ranges(ranges).build();
    }

    private static CommitId commit(int number, String version) {
        return CommitId.parse(number + version.replace(".", "") + "abcdef");
    }

    private static FixCommit fixCommit(CommitId id) {
        return new FixCommit(Optional.of(id), "subject", "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-old\n+new\n");
    }

    private static FakeFixSource.Builder store() {
        FakeFixSource.Builder store = FakeFixSource.builder().relaxed();
        for (Cve cve : List.of(OWN, NEWER, LAST, NONE, HOSTILE)) {
            for (AffectedRange range : cve.ranges()) {
                Change change = range.fixed().orElseThrow();
                store.fix(new Fix(
                        cve.id(),
                        change.version().orElseThrow().branch(),
                        List.of(fixCommit(change.commit().orElseThrow()))));
            }
        }
        return store.fix(new Fix(
                SERIES.id(),
                KERNEL.version().branch(),
                List.of(fixCommit(commit(4, "6.6.21")), fixCommit(commit(4, "6.6.22")))));
    }

    private static FixSource telling() {
        return new Telling(store().build());
    }

    private static FixSource failing() {
        return new Telling((cve, kernel, context) -> {
            throw new SourceException(new SourceId("store"), Fault.IO, "The store is broken.");
        });
    }

    private static FixSourceSubject subject(Supplier<FixSource> source, Supplier<FixSource> broken) {
        return FixSourceSubject.of(source)
                .own(OWN, KERNEL)
                .newer(NEWER, KERNEL, KernelVersion.parse("6.7"))
                .mainline(LAST, KERNEL, MAINLINE)
                .series(SERIES, KERNEL, commit(4, "6.6.21"), commit(4, "6.6.22"))
                .missing(NONE, KERNEL)
                .broken(broken)
                .hostile(HOSTILE, KERNEL, outside);
    }

    @Override
    FixSourceSubject correct() {
        return subject(FixSourceContractTest::telling, FixSourceContractTest::failing);
    }

    /** Tells what a source does, and asks now and then whether it should stop. */
    private record Telling(FixSource source) implements FixSource {
        @Override
        public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
            context.cancellation().throwIfCancelled();
            context.tell(new Event.Started("find", OptionalLong.of(1), "commits"));
            Event.End end = Event.End.FAILED;
            try {
                context.cancellation().throwIfCancelled();
                FixLookup lookup = source.find(cve, kernel, context);
                context.tell(new Event.Advanced("find", 1));
                context.cancellation().throwIfCancelled();
                end = Event.End.COMPLETED;
                return lookup;
            } catch (CancelledException e) {
                end = Event.End.CANCELLED;
                throw e;
            } finally {
                context.tell(new Event.Ended("find", end));
            }
        }
    }

    private static Mutant<FixSourceSubject> mutant(String rule, String fault, UnaryOperator<FixSource> bend) {
        return new Mutant<>(rule, fault, () -> subject(() -> bend.apply(telling()), FixSourceContractTest::failing));
    }

    private static Mutant<FixSourceSubject> mutantStore(String rule, String fault, Supplier<FixSource> broken) {
        return new Mutant<>(rule, fault, () -> subject(FixSourceContractTest::telling, broken));
    }

    /** Answers one question otherwise. */
    private static Mutant<FixSourceSubject> answering(
            String rule, String fault, Cve asked, UnaryOperator<FixLookup> answer) {
        return mutant(rule, fault, source -> (cve, kernel, context) -> {
            FixLookup lookup = source.find(cve, kernel, context);
            return cve.id().equals(asked.id()) ? answer.apply(lookup) : lookup;
        });
    }

    private static Mutant<FixSourceSubject> preferring(String fault, Cve asked, String version) {
        Fix fix = new Fix(
                asked.id(),
                KernelVersion.parse(version).branch(),
                List.of(fixCommit(
                        asked.ranges().get(0).fixed().orElseThrow().commit().orElseThrow())));
        return answering("FX-1", fault, asked, lookup -> new FixLookup.NeedsBackport(fix, "It is there."));
    }

    private static FixLookup diff(Cve cve, String text) {
        FixCommit commit = new FixCommit(Optional.of(commit(9, "6.6")), "subject", text);
        return new FixLookup.Found(new Fix(cve.id(), KERNEL.version().branch(), List.of(commit)));
    }

    @Override
    Set<String> rules() {
        return Set.of("FX-1", "FX-2", "FX-3", "FX-4", "FX-5", "EV-1");
    }

    @Override
    List<Mutant<FixSourceSubject>> mutants() {
        List<Mutant<FixSourceSubject>> all = new ArrayList<>();
        all.addAll(fx1And2());
        all.addAll(fx3());
        all.addAll(fx4());
        all.addAll(fx5());
        all.addAll(ev1());
        return all;
    }

    private static List<Mutant<FixSourceSubject>> fx1And2() {
        return List.of(
                preferring("prefers mainline to the kernel's own branch", OWN, "6.8"),
                preferring("takes the newest branch instead of the nearest", NEWER, "6.9.2"),
                preferring("prefers mainline to a newer branch", NEWER, "6.8"),
                preferring("takes an older branch instead of mainline", LAST, "6.1.80"),
                answering("FX-1", "gives the fix of another CVE", OWN, lookup -> {
                    Fix fix = ((FixLookup.Found) lookup).fix();
                    return new FixLookup.Found(new Fix(NEWER.id(), fix.branch(), fix.commits()));
                }),
                answering("FX-2", "gives the last commit first", SERIES, lookup -> {
                    Fix fix = ((FixLookup.Found) lookup).fix();
                    List<FixCommit> reversed = new ArrayList<>(fix.commits());
                    Collections.reverse(reversed);
                    return new FixLookup.Found(new Fix(fix.cve(), fix.branch(), reversed));
                }),
                answering("FX-2", "gives a message for a diff", OWN, lookup -> diff(OWN, "It was fixed.\n")));
    }

    private static List<Mutant<FixSourceSubject>> fx3() {
        return List.of(
                mutant("FX-3", "throws if there is no fix", source -> (cve, kernel, context) -> {
                    if (source.find(cve, kernel, context) instanceof FixLookup.Missing missing) {
                        throw new SourceException(new SourceId("store"), Fault.MISSING, missing.reason());
                    }
                    return source.find(cve, kernel, context.with(event -> {}));
                }),
                answering("FX-3", "does not say why there is none", NONE, lookup -> new FixLookup.Missing(" ")),
                mutant("FX-3", "expects a record to name commits", source -> (cve, kernel, context) -> {
                    cve.ranges().get(0);
                    return source.find(cve, kernel, context);
                }),
                mutantStore(
                        "FX-3",
                        "takes a broken store for an empty one",
                        () -> (cve, kernel, context) -> new FixLookup.Missing("Nothing there.")),
                mutantStore("FX-3", "lets through what the disk says", () -> (cve, kernel, context) -> {
                    throw new UncheckedIOException(new IOException("broken"));
                }));
    }

    private static List<Mutant<FixSourceSubject>> fx4() {
        return List.of(
                answering("FX-4", "writes where a path leads", HOSTILE, lookup -> {
                    try {
                        Files.writeString(outside.resolve("file"), SECRET + " is changed " + System.nanoTime() + "\n");
                        return lookup;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                answering("FX-4", "reads where a path leads", HOSTILE, lookup -> {
                    try {
                        String read = Files.readString(outside.resolve("file"));
                        return diff(HOSTILE, "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-" + read + "+new\n");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
    }

    private static List<Mutant<FixSourceSubject>> fx5() {
        return List.of(
                mutant(
                        "FX-5",
                        "ignores cancellation",
                        source -> (cve, kernel, context) ->
                                source.find(cve, kernel, context.with(CancellationToken.never()))),
                mutant("FX-5", "calls cancellation a fault", source -> (cve, kernel, context) -> {
                    try {
                        return source.find(cve, kernel, context);
                    } catch (CancelledException e) {
                        throw new SourceException(new SourceId("store"), Fault.IO, "Cancelled.", e);
                    }
                }),
                mutant("FX-5", "keeps half of what it read", Halfway::new));
    }

    private static final class Halfway implements FixSource {
        private final FixSource source;
        private boolean half;

        Halfway(FixSource source) {
            this.source = source;
        }

        @Override
        public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
            if (half) {
                return new FixLookup.Missing("Not read.");
            }
            half = true;
            FixLookup lookup = source.find(cve, kernel, context);
            half = false;
            return lookup;
        }
    }

    private static List<Mutant<FixSourceSubject>> ev1() {
        return List.of(
                mutant(
                        "EV-1",
                        "never ends",
                        source -> (cve, kernel, context) -> source.find(cve, kernel, context.with(event -> {
                            if (!(event instanceof Event.Ended)) {
                                context.tell(event);
                            }
                        }))),
                mutant(
                        "EV-1",
                        "does not end when it is cancelled",
                        source -> (cve, kernel, context) -> source.find(cve, kernel, context.with(event -> {
                            if (!(event instanceof Event.Ended ended && ended.end() == Event.End.CANCELLED)) {
                                context.tell(event);
                            }
                        }))),
                mutantStore(
                        "EV-1",
                        "calls a fault a cancellation",
                        () -> (cve, kernel, context) -> failing().find(cve, kernel, context.with(event -> {
                            context.tell(
                                    event instanceof Event.Ended
                                            ? new Event.Ended(event.task(), Event.End.CANCELLED)
                                            : event);
                        }))));
    }

    @Test
    void aSourceThatHoldsLittleIsNotCheckedForTheRest() {
        ContractRun run = run(() -> FixSourceSubject.of(() -> store().build())
                .noOwn("Nothing is set up.")
                .noNewer("Nothing is set up.")
                .noMainline("Nothing is set up.")
                .noSeries("Nothing is set up.")
                .noMissing("Nothing is set up.")
                .noBroken("It lives in memory.")
                .noHostile("It has no paths."));
        assertThat(run.failed()).isEmpty();
        assertThat(run.aborted())
                .hasSize(8)
                .allSatisfy((test, message) -> assertThat(message).contains(test.substring(0, 4) + " is not checked"));
    }
}
