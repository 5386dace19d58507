package org.tuxtape.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;
import org.tuxtape.testkit.fake.FakeCveSource;
import org.tuxtape.testkit.sample.Cves;

/** With faults that do not show, a source keeps its contract; with others it breaks where it is told. */
final class FaultyCveSourceTest extends CveSourceContract {
    private final FakeCveSource archive = archive();

    private static FakeCveSource archive() {
        FakeCveSource.Builder builder = FakeCveSource.named("announce").unreadable("A greeting.");
        Cves.spread(7, 9).forEach(builder::published);
        return builder.build();
    }

    @Override
    protected CveSourceSubject subject() {
        CveSourceSubject subject = CveSourceSubject.of(() -> FaultyCveSource.of(archive)
                        .slow(ManualClock.create(), Duration.ofDays(1))
                        .failingRandomly(1, 0))
                .unreadable();
        Cves.spread(7, 9).forEach(cve -> subject.published(cve.id().toString()));
        return subject.missingArchive(FaultyCveSource.of(archive).failingAt(1, Fault.MISSING))
                .truncatedArchive(FaultyCveSource.of(archive).truncatedAfter(4), 4)
                .openHandles(archive::openStreams);
    }

    private record Outcome(List<CveEvent> delivered, RuntimeException fault) {}

    private static Outcome read(CveSource source, Context context) {
        List<CveEvent> delivered = new ArrayList<>();
        try (CveStream stream = source.open(Cursor.START, context)) {
            stream.forEachRemaining(delivered::add);
            return new Outcome(delivered, null);
        } catch (SourceException | CancelledException fault) {
            return new Outcome(delivered, fault);
        }
    }

    @Test
    void itFailsAtTheElementThatWasNamed() {
        Outcome outcome = read(FaultyCveSource.of(archive).failingAt(3, Fault.CORRUPT), Context.standard());
        assertThat(outcome.delivered()).hasSize(2);
        assertThat(outcome.fault())
                .hasMessage("announce fails at element 3, as the test wants it.")
                .isInstanceOfSatisfying(
                        SourceException.class,
                        fault -> assertThat(fault.fault()).isEqualTo(Fault.CORRUPT));
        archive.assertAllClosed();
    }

    @Test
    void itEndsTooEarlyEvenBehindTheLastElement() {
        Outcome outcome = read(FaultyCveSource.of(archive).truncatedAfter(10), Context.standard());
        assertThat(outcome.delivered()).hasSize(10);
        assertThat(outcome.fault()).isInstanceOf(SourceException.class);
    }

    @Test
    void itIsCancelledInTheMiddle() {
        Context context = Context.standard().with(CancellationToken.create());
        Outcome outcome = read(FaultyCveSource.of(archive).cancelledAt(6), context);
        assertThat(outcome.delivered()).hasSize(5);
        assertThat(outcome.fault()).isInstanceOf(CancelledException.class);
    }

    @Test
    void itTakesTimeThatNobodyHasToWaitFor() {
        ManualClock clock = ManualClock.create();
        read(FaultyCveSource.of(archive).slow(clock, Duration.ofHours(1)), Context.standard());
        // Ten elements, and the look behind the last.
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plus(Duration.ofHours(11)));
    }

    @Test
    void itTakesRealTimeAndLetsItselfBeInterrupted() {
        Thread.currentThread().interrupt();
        read(FaultyCveSource.of(archive).slow(Duration.ofHours(1)), Context.standard());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void equalSeedsFailAtEqualPlacesInEveryStream() {
        assertThat(places(42)).isEqualTo(places(42)).isNotEqualTo(places(43));
        assertThat(places(42).stream().distinct()).hasSizeGreaterThan(3);
    }

    private List<Integer> places(long seed) {
        CveSource source = FaultyCveSource.of(archive).failingRandomly(seed, 0.2);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            places.add(read(source, Context.standard()).delivered().size());
        }
        return places;
    }

    @Test
    void aRandomFailureNamesItsSeed() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> {
                    CveSource source = FaultyCveSource.of(archive).failingRandomly(42, 1);
                    source.open(Cursor.START, Context.standard()).next();
                })
                .withMessage("announce fails at element 1 of stream 1 by seed 42, as the test wants it.");
    }

    @Test
    void aCatalogKeepsWhatCameBeforeTheFault() {
        CveCatalog catalog = CveCatalog.of(FaultyCveSource.of(archive).truncatedAfter(5));
        assertThat(catalog.messages()).isEqualTo(5);
        assertThat(catalog.faults())
                .singleElement()
                .extracting(SourceException::fault)
                .isEqualTo(Fault.TRUNCATED);
        archive.assertAllClosed();
    }
}
