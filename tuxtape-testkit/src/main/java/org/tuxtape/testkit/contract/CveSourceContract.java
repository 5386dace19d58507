package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.contract.CveSourceSubject.Message;
import org.tuxtape.testkit.contract.CveSourceSubject.Truncated;

/**
 * The rules of {@link CveSource} as tests, and as EV-1 the grammar of the {@link Event}s that it tells, if it tells
 * any.
 *
 * <pre>{@code
 * final class MboxSourceTest extends CveSourceContract {
 *     @Override
 *     protected CveSourceSubject subject() {
 *         return CveSourceSubject.of(() -> MboxSource.of(ARCHIVE))
 *                 .published("CVE-2024-26581")
 *                 .unreadable()
 *                 .rejected("CVE-2023-52429")
 *                 .missingArchive(MboxSource.of(NOWHERE))
 *                 .truncatedArchive(MboxSource.of(HALF), 2)
 *                 .noOpenHandles("Nothing counts them.");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class CveSourceContract {
    // Only to end a test that would hang; no test passes or fails by how fast it is.
    private static final Duration HANGING = Duration.ofSeconds(10);

    /** Creates the test. */
    protected CveSourceContract() {}

    /**
     * Returns what is to be tested; called by each test anew, after the set-up methods of the subclass.
     *
     * @return the subject
     */
    protected abstract CveSourceSubject subject();

    @Test
    @DisplayName("CS-1 elements come in the order of the archive")
    final void cs1_elementsComeInTheOrderOfTheArchive() {
        CveSourceSubject subject = subject();
        List<Message> expected = subject.messages();
        List<Integer> places = Reading.all(subject.source()).stream()
                .map(Message::of)
                .filter(message -> Collections.frequency(expected, message) == 1)
                .map(expected::indexOf)
                .toList();
        assertThat(places).as("places in the archive").isSorted();
    }

    @Test
    @DisplayName("CS-1 the archive is read while elements are asked for")
    final void cs1_theArchiveIsReadWhileElementsAreAskedFor() {
        RecordingListener listener = new RecordingListener();
        try (CveStream stream =
                new Reading(subject()).open(1, Context.standard().with(listener))) {
            if (listener.events().isEmpty()) {
                abort("CS-1 is not checked for laziness: The source tells no events.");
            }
            boolean ended = listener.events().stream().anyMatch(Event.Ended.class::isInstance);
            assertThat(ended && listener.running().isEmpty())
                    .as("all tasks have ended, and %s is open", stream)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("CS-1 a stream may be closed at any place, and closed again")
    final void cs1_aStreamMayBeClosedAtAnyPlace() {
        Reading reading = new Reading(subject());
        int elements = reading.all().size();
        for (int place = 0; place <= elements; place++) {
            assertThatNoException().isThrownBy(reading.close(place)::close);
        }
    }

    @Test
    @DisplayName("CS-1 a closed stream has no next element")
    final void cs1_aClosedStreamHasNoNextElement() {
        Reading reading = new Reading(subject());
        int elements = reading.all().size();
        for (int place = 0; place <= elements; place++) {
            CveStream stream = reading.close(place);
            assertThat(stream.hasNext()).as("hasNext() after close()").isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(stream::next);
        }
    }

    @Test
    @DisplayName("CS-1 closing frees everything, at any place")
    final void cs1_closingFreesEverything() {
        CveSourceSubject subject = subject();
        LongSupplier openHandles = subject.openHandlesOrAbort();
        Reading reading = new Reading(subject);
        long before = openHandles.getAsLong();
        int elements = reading.all().size();
        for (int place = 0; place <= elements; place++) {
            reading.close(place);
            assertThat(openHandles.getAsLong())
                    .as("handles after closing behind element %d", place)
                    .isEqualTo(before);
        }
    }

    @Test
    @DisplayName("CS-2 every message yields exactly one element")
    final void cs2_everyMessageYieldsExactlyOneElement() {
        CveSourceSubject subject = subject();
        assertThat(Reading.all(subject.source()))
                .extracting(Message::of)
                .containsExactlyInAnyOrderElementsOf(subject.messages());
    }

    @Test
    @DisplayName("CS-2 an unreadable message does not end the stream")
    final void cs2_anUnreadableMessageDoesNotEndTheStream() {
        CveSourceSubject subject = subject();
        List<Message> expected = subject.messages();
        int place = expected.indexOf(Message.UNREADABLE);
        if (place < 0 || place == expected.size() - 1) {
            abort("CS-2 is not checked for an unreadable message: The subject has none before its last.");
        }
        assertThat(Reading.all(subject.source())).hasSizeGreaterThan(place + 1);
    }

    @Test
    @DisplayName("CS-2 an unreadable element says where it stands and why it is one")
    final void cs2_anUnreadableElementSaysWhereAndWhy() {
        for (CveEvent event : new Reading(subject()).all()) {
            assertThat(event.origin().location()).as("location").isNotBlank();
            if (event instanceof CveEvent.Unreadable unreadable) {
                assertThat(unreadable.reason()).as("reason").isNotBlank();
            }
        }
    }

    @Test
    @DisplayName("CS-3 opening after a cursor yields exactly the rest")
    final void cs3_openingAfterACursorYieldsExactlyTheRest() {
        CveSource source = subject().source();
        List<CveEvent> all = Reading.all(source);
        for (int i = 0; i < all.size(); i++) {
            assertThat(Reading.behind(all.get(i).cursor(), source)).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    @DisplayName("CS-3 the text of a cursor yields exactly the rest in a new process")
    final void cs3_theTextOfACursorYieldsExactlyTheRestInANewProcess() {
        CveSourceSubject subject = subject();
        List<CveEvent> all = Reading.all(subject.source());
        for (int i = 0; i < all.size(); i++) {
            Cursor stored = new Cursor(all.get(i).cursor().text());
            assertThat(Reading.behind(stored, subject.source())).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    @DisplayName("CS-3 opening again from the start yields equal elements")
    final void cs3_openingAgainYieldsEqualElements() {
        CveSourceSubject subject = subject();
        CveSource source = subject.source();
        List<CveEvent> all = Reading.all(source);
        assertThat(Reading.all(source)).as("from the same source").isEqualTo(all);
        assertThat(Reading.all(subject.source())).as("in a new process").isEqualTo(all);
    }

    @Test
    @DisplayName("CS-3 each element has a cursor of its own")
    final void cs3_eachElementHasACursorOfItsOwn() {
        assertThat(new Reading(subject()).all())
                .extracting(CveEvent::cursor)
                .doesNotHaveDuplicates()
                .doesNotContain(Cursor.START);
    }

    @Test
    @DisplayName("CS-3 streams that are open at once do not disturb each other")
    final void cs3_streamsOpenAtOnceDoNotDisturbEachOther() {
        CveSource source = subject().source();
        List<CveEvent> all = Reading.all(source);
        try (CveStream one = source.open(Cursor.START, Context.standard())) {
            one.next();
            assertThat(Reading.all(source)).as("read beside an open stream").isEqualTo(all);
            assertThat(Reading.rest(one)).as("the rest of the open stream").isEqualTo(all.subList(1, all.size()));
        }
    }

    @Test
    @DisplayName("CS-4 a missing archive is a typed exception that names it")
    final void cs4_aMissingArchiveIsATypedException() {
        CveSource source = subject().missingOrAbort();
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> Reading.all(source))
                .satisfies(fault -> assertThat(fault.source()).isEqualTo(source.id()));
    }

    @Test
    @DisplayName("CS-4 a truncated archive delivers what is whole, then a typed exception that names it")
    final void cs4_aTruncatedArchiveDeliversWhatIsWhole() {
        Truncated truncated = subject().truncatedOrAbort("CS-4");
        CveSource source = truncated.source();
        List<CveEvent> delivered = new ArrayList<>();
        try (CveStream stream = source.open(Cursor.START, Context.standard())) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> stream.forEachRemaining(delivered::add))
                    .satisfies(fault -> assertThat(fault.source()).isEqualTo(source.id()));
        }
        assertThat(delivered).as("elements before the break").hasSize(truncated.readable());
    }

    @Test
    @DisplayName("CS-4 after a fault the stream has ended")
    final void cs4_afterAFaultTheStreamHasEnded() {
        CveSource truncated = subject().truncatedOrAbort("CS-4").source();
        try (CveStream stream = truncated.open(Cursor.START, Context.standard())) {
            assertThatExceptionOfType(SourceException.class).isThrownBy(() -> Reading.rest(stream));
            assertThat(stream.hasNext()).as("hasNext() after the fault").isFalse();
        }
    }

    @Test
    @DisplayName("CS-4 a cursor of another archive is a typed exception")
    final void cs4_aCursorOfAnotherArchiveIsATypedException() {
        Cursor foreign = new Cursor("a place in no archive");
        CveSource source = subject().source();
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> Reading.behind(foreign, source))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(SourceException.Fault.STALE_CURSOR));
    }

    @Test
    @DisplayName("CS-5 cancellation is honoured before the stream is open")
    final void cs5_cancellationIsHonouredBeforeTheStreamIsOpen() {
        CveSource source = subject().source();
        CancellationToken token = CancellationToken.create();
        token.cancel();
        assertTimeoutPreemptively(
                HANGING,
                () -> assertThatExceptionOfType(CancelledException.class)
                        .isThrownBy(() -> readAll(source, Context.standard().with(token))));
    }

    @Test
    @DisplayName("CS-5 cancellation is honoured at every place")
    final void cs5_cancellationIsHonouredAtEveryPlace() {
        Reading reading = new Reading(subject());
        int elements = reading.all().size();
        for (int i = 0; i < elements; i++) {
            int place = i;
            assertTimeoutPreemptively(HANGING, () -> reading.cancel(place));
        }
    }

    @Test
    @DisplayName("CS-5 after cancellation the stream has ended")
    final void cs5_afterCancellationTheStreamHasEnded() {
        Reading reading = new Reading(subject());
        boolean hasNext = assertTimeoutPreemptively(HANGING, () -> reading.cancel(1));
        assertThat(hasNext).as("hasNext() after cancellation").isFalse();
    }

    @Test
    @DisplayName("CS-6 the id is the same for every call")
    final void cs6_theIdIsTheSameForEveryCall() {
        CveSource source = subject().source();
        SourceId before = source.id();
        Reading.all(source);
        assertThat(source.id()).isEqualTo(before);
    }

    @Test
    @DisplayName("CS-6 the id is the same in a new process")
    final void cs6_theIdIsTheSameInANewProcess() {
        CveSourceSubject subject = subject();
        assertThat(subject.source().id()).isEqualTo(subject.source().id());
    }

    @Test
    @DisplayName("CS-6 origins carry the id")
    final void cs6_originsCarryTheId() {
        CveSource source = subject().source();
        assertThat(Reading.all(source))
                .extracting(event -> event.origin().source())
                .containsOnly(source.id());
    }

    @Test
    @DisplayName("EV-1 a full reading ends as completed")
    final void ev1_aFullReadingEndsAsCompleted() {
        RecordingListener listener = new RecordingListener();
        readAll(subject().source(), Context.standard().with(listener));
        Reading.assertEnd(listener, Event.End.COMPLETED);
    }

    @Test
    @DisplayName("EV-1 a reading that is closed before its end ends as cancelled")
    final void ev1_aReadingThatIsClosedBeforeItsEndEndsAsCancelled() {
        Reading reading = new Reading(subject());
        int elements = reading.all().size();
        for (int place = 0; place < elements; place++) {
            RecordingListener listener = new RecordingListener();
            CveStream stream = reading.open(place, Context.standard().with(listener));
            boolean running = !listener.running().isEmpty();
            stream.close();
            Reading.assertEnd(listener, running ? Event.End.CANCELLED : Event.End.COMPLETED);
        }
    }

    @Test
    @DisplayName("EV-1 a reading that is cancelled ends as cancelled")
    final void ev1_aReadingThatIsCancelledEndsAsCancelled() {
        RecordingListener listener = new RecordingListener();
        CancellationToken token = CancellationToken.create();
        Context context = Context.standard().with(listener).with(token);
        try (CveStream stream = new Reading(subject()).open(1, context)) {
            boolean running = !listener.running().isEmpty();
            token.cancel();
            // That it throws at all is CS-5.
            if (catchThrowable(() -> Reading.rest(stream)) instanceof CancelledException && running) {
                Reading.assertEnd(listener, Event.End.CANCELLED);
            }
        }
    }

    @Test
    @DisplayName("EV-1 a reading that fails ends as failed")
    final void ev1_aReadingThatFailsEndsAsFailed() {
        CveSource truncated = subject().truncatedOrAbort("EV-1").source();
        RecordingListener listener = new RecordingListener();
        // That it throws at all is CS-4.
        Throwable fault =
                catchThrowable(() -> readAll(truncated, Context.standard().with(listener)));
        Reading.assertEnd(listener, fault != null ? Event.End.FAILED : Event.End.COMPLETED);
    }

    private static void readAll(CveSource source, Context context) {
        try (CveStream stream = source.open(Cursor.START, context)) {
            Reading.rest(stream);
        }
    }
}
