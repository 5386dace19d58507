package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.contract.FixSourceSubject.Example;
import org.tuxtape.testkit.contract.FixSourceSubject.Hostile;
import org.tuxtape.testkit.contract.FixSourceSubject.Series;

/**
 * The rules of {@link FixSource} as tests.
 *
 * <pre>{@code
 * final class MyFixSourceTest extends FixSourceContract {
 *     @Override
 *     protected FixSourceSubject subject() {
 *         return FixSourceSubject.of(() -> new MyFixSource(STORE))
 *                 .own(CVE, KERNEL)
 *                 .missing(OTHER_CVE, KERNEL)
 *                 .noBroken("It lives in memory.");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class FixSourceContract {
    /** What takes longer does not come back; not a measure of speed. */
    private static final Duration HANGING = Duration.ofSeconds(10);

    private static final Cve UNHEARD_OF =
            Cve.builder(CveId.parse("CVE-1999-0001")).build();
    private static final KernelBuild SOME_KERNEL = KernelBuild.of(KernelVersion.parse("6.6.1"));

    /** Creates the test. */
    protected FixSourceContract() {}

    /**
     * Returns what is to be tested; called by each test anew, after the set-up methods of the subclass.
     *
     * @return the subject
     */
    protected abstract FixSourceSubject subject();

    @Test
    @DisplayName("FX-1 a fix of the kernel's own branch goes before any other")
    final void fx1_aFixOfTheKernelsOwnBranchGoesBeforeAnyOther() {
        FixSourceSubject subject = subject();
        Example example = subject.ownOrAbort();
        assertThat(ask(subject.source(), example))
                .isInstanceOfSatisfying(
                        FixLookup.Found.class,
                        found -> assertThat(found.fix())
                                .returns(example.branch(), Fix::branch)
                                .returns(example.cve().id(), Fix::cve));
    }

    @Test
    @DisplayName("FX-1 else the nearest newer branch's fix needs a backport")
    final void fx1_elseTheNearestNewerBranchsFixNeedsABackport() {
        FixSourceSubject subject = subject();
        assertNeedsBackport(subject.source(), subject.newerOrAbort());
    }

    @Test
    @DisplayName("FX-1 mainline comes last")
    final void fx1_mainlineComesLast() {
        FixSourceSubject subject = subject();
        assertNeedsBackport(subject.source(), subject.mainlineOrAbort());
    }

    private static void assertNeedsBackport(FixSource source, Example example) {
        assertThat(ask(source, example)).isInstanceOfSatisfying(FixLookup.NeedsBackport.class, found -> {
            assertThat(found.fix())
                    .returns(example.branch(), Fix::branch)
                    .returns(example.cve().id(), Fix::cve);
            assertThat(found.reason()).isNotBlank();
        });
    }

    @Test
    @DisplayName("FX-2 several commits come in the order in which they apply")
    final void fx2_severalCommitsComeInTheOrderInWhichTheyApply() {
        FixSourceSubject subject = subject();
        Series series = subject.seriesOrAbort();
        assertThat(fix(ask(subject.source(), series.example())))
                .hasValueSatisfying(fix -> assertThat(fix.commits())
                        .extracting(commit -> commit.commit().orElseThrow())
                        .isEqualTo(series.commits()));
    }

    @Test
    @DisplayName("FX-2 every commit is a unified diff")
    final void fx2_everyCommitIsAUnifiedDiff() {
        FixSourceSubject subject = subject();
        for (Example example : subject.examples()) {
            answer(subject.source(), example)
                    .flatMap(FixSourceContract::fix)
                    .ifPresent(fix -> assertThat(fix.commits())
                            .allSatisfy(commit -> assertThat(
                                            Diff.parse(commit.diff()).files())
                                    .isNotEmpty()));
        }
    }

    @Test
    @DisplayName("FX-3 that there is no fix is a result, which says why")
    final void fx3_thatThereIsNoFixIsAResult() {
        FixSourceSubject subject = subject();
        assertMissing(ask(subject.source(), subject.missingOrAbort()));
    }

    @Test
    @DisplayName("FX-3 a CVE of which nothing is known has no fix")
    final void fx3_aCveOfWhichNothingIsKnownHasNoFix() {
        assertMissing(subject().source().find(UNHEARD_OF, SOME_KERNEL, Context.standard()));
    }

    private static void assertMissing(FixLookup lookup) {
        assertThat(lookup)
                .isInstanceOfSatisfying(
                        FixLookup.Missing.class,
                        missing -> assertThat(missing.reason()).isNotBlank());
    }

    @Test
    @DisplayName("FX-3 a broken store is an exception of the family")
    final void fx3_aBrokenStoreIsAnExceptionOfTheFamily() {
        FixSourceSubject subject = subject();
        FixSource broken = subject.brokenOrAbort("FX-3");
        for (Example example : subject.examples()) {
            assertThat(catchThrowable(() -> ask(broken, example)))
                    .as("%s", example)
                    .isInstanceOf(TuxtapeException.class)
                    .isNotInstanceOf(CancelledException.class);
        }
    }

    @Test
    @DisplayName("FX-4 no path in a fix leads a read or a write out of the store")
    final void fx4_noPathInAFixLeadsOut() {
        FixSourceSubject subject = subject();
        Hostile hostile = subject.hostileOrAbort();
        Map<String, String> before = content(hostile.outside());
        FixLookup lookup = ask(subject.source(), hostile.example());
        assertThat(content(hostile.outside())).as("outside of the store").isEqualTo(before);
        String told = fix(lookup).stream()
                .flatMap(fix -> fix.commits().stream())
                .map(FixCommit::diff)
                .reduce("", String::concat);
        assertThat(before.values())
                .flatMap(text -> text.lines().toList())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(told).doesNotContain(line));
    }

    private static Map<String, String> content(Path directory) {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    @Test
    @DisplayName("FX-5 cancellation is honoured before the work")
    final void fx5_cancellationIsHonouredBeforeTheWork() {
        FixSourceSubject subject = subject();
        CancellationToken token = CancellationToken.create();
        token.cancel();
        Context context = Context.standard().with(token);
        FixSource source = subject.source();
        for (Example example : subject.examples()) {
            assertTimeoutPreemptively(
                    HANGING,
                    () -> assertThatExceptionOfType(CancelledException.class)
                            .isThrownBy(() -> example.ask(source, context)));
        }
    }

    @Test
    @DisplayName("FX-5 a call that is cancelled at work answers or is cancelled")
    final void fx5_aCallThatIsCancelledAtWorkAnswersOrIsCancelled() {
        FixSourceSubject subject = subject();
        for (Example example : answered(subject)) {
            int events = heard(subject.source(), example).events().size();
            for (int place = 1; place <= events; place++) {
                int last = place;
                assertTimeoutPreemptively(HANGING, () -> cancelAt(last, subject.source(), example));
            }
        }
    }

    @Test
    @DisplayName("FX-5 a source that was cancelled at work answers the next call in full")
    final void fx5_aSourceThatWasCancelledAtWorkAnswersTheNextCallInFull() {
        FixSourceSubject subject = subject();
        for (Example example : answered(subject)) {
            FixSource source = subject.source();
            whateverComesOfIt(() -> cancelAt(1, source, example));
            assertThat(answer(source, example)).as("%s", example).isEqualTo(answer(subject.source(), example));
        }
    }

    /** Cancels when so many events were told; the call may still have come to its end by then. */
    private static void cancelAt(int place, FixSource source, Example example) {
        CancellationToken token = CancellationToken.create();
        AtomicInteger told = new AtomicInteger();
        EventListener cancelling = event -> {
            if (told.incrementAndGet() == place) {
                token.cancel();
            }
        };
        try {
            example.ask(source, Context.standard().with(token).with(cancelling));
        } catch (CancelledException e) {
            assertThat(token.isCancelled()).as("cancelled by the caller").isTrue();
        }
    }

    @Test
    @DisplayName("EV-1 a lookup tells its tasks in order")
    final void ev1_aLookupTellsItsTasksInOrder() {
        FixSourceSubject subject = subject();
        subject.examples().forEach(example -> heard(subject.source(), example).assertWellFormed());
    }

    @Test
    @DisplayName("EV-1 the tasks of a cancelled lookup end")
    final void ev1_theTasksOfACancelledLookupEnd() {
        FixSourceSubject subject = subject();
        for (Example example : subject.examples()) {
            CancellationToken token = CancellationToken.create();
            RecordingListener listener = new RecordingListener();
            whateverComesOfIt(() ->
                    example.ask(subject.source(), Context.standard().with(token).with(event -> {
                        listener.on(event);
                        token.cancel();
                    })));
            listener.assertWellFormed();
        }
    }

    @Test
    @DisplayName("EV-1 the tasks of a lookup that fails end as failed")
    final void ev1_theTasksOfALookupThatFailsEndAsFailed() {
        FixSourceSubject subject = subject();
        FixSource broken = subject.brokenOrAbort("EV-1");
        for (Example example : subject.examples()) {
            RecordingListener listener = new RecordingListener();
            // That it throws at all is FX-3.
            Throwable thrown =
                    catchThrowable(() -> example.ask(broken, Context.standard().with(listener)));
            listener.assertWellFormed();
            assertThat(listener.events())
                    .as("events of a lookup that threw %s", thrown)
                    .filteredOn(Event.Ended.class::isInstance)
                    .allMatch(event -> thrown == null || ((Event.Ended) event).end() != Event.End.CANCELLED);
        }
    }

    private static RecordingListener heard(FixSource source, Example example) {
        RecordingListener listener = new RecordingListener();
        whateverComesOfIt(() -> example.ask(source, Context.standard().with(listener)));
        return listener;
    }

    /** Whether it may throw is the business of another rule. */
    private static void whateverComesOfIt(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            return;
        }
    }

    private static List<Example> answered(FixSourceSubject subject) {
        return subject.examples().stream()
                .filter(example -> answer(subject.source(), example).isPresent())
                .toList();
    }

    private static Optional<FixLookup> answer(FixSource source, Example example) {
        try {
            return Optional.of(ask(source, example));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static FixLookup ask(FixSource source, Example example) {
        return example.ask(source, Context.standard());
    }

    private static Optional<Fix> fix(FixLookup lookup) {
        if (lookup instanceof FixLookup.Found found) {
            return Optional.of(found.fix());
        }
        return lookup instanceof FixLookup.NeedsBackport other ? Optional.of(other.fix()) : Optional.empty();
    }
}
