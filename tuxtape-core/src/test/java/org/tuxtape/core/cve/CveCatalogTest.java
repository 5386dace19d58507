package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

class CveCatalogTest {
    private static final CveId ONE = CveId.parse("CVE-2024-0001");

    @Test
    void noSourceMakesAnEmptyCatalog() {
        CveCatalog catalog = CveCatalog.of();

        assertThat(catalog.entries()).isEmpty();
        assertThat(catalog.unreadable()).isEmpty();
        assertThat(catalog.faults()).isEmpty();
        assertThat(catalog.messages()).isZero();
        assertThat(catalog.find(ONE)).isEmpty();
    }

    @Test
    void ofSeveralMessagesAboutOneCveTheLastOneHolds() {
        CveCatalog catalog = CveCatalog.of(new ScriptedSource("a")
                .published("CVE-2024-0001", "first")
                .published("CVE-2024-0002", "another")
                .published("CVE-2024-0001", "second"));

        assertThat(title(catalog)).isEqualTo("second");
        assertThat(catalog.entries()).hasSize(2);
        assertThat(catalog.messages()).isEqualTo(3);
    }

    @Test
    void aRecordHoldsOverAnAnnouncementAlsoOverOneThatSaysItIsNewer() {
        ScriptedSource announcements =
                new ScriptedSource("announcements").on("2026-02-01").published("CVE-2024-0001", "announced");
        ScriptedSource records = new ScriptedSource("records").records().published("CVE-2024-0001", "recorded");

        assertThat(title(CveCatalog.of(announcements, records))).isEqualTo("recorded");
        assertThat(title(CveCatalog.of(records, announcements))).isEqualTo("recorded");
    }

    @Test
    void ofTwoOfAKindTheLaterDateHoldsAndNoDateIsTheEarliest() {
        ScriptedSource old = new ScriptedSource("old").on("2026-01-01").published("CVE-2024-0001", "old");
        ScriptedSource recent = new ScriptedSource("new").on("2026-02-01").published("CVE-2024-0001", "new");
        ScriptedSource undated = new ScriptedSource("undated").published("CVE-2024-0001", "undated");

        assertThat(title(CveCatalog.of(recent, old, undated))).isEqualTo("new");
        assertThat(title(CveCatalog.of(undated, old, recent))).isEqualTo("new");
        assertThat(title(CveCatalog.of(old, undated))).isEqualTo("old");
    }

    @Test
    void whereNeitherKindNorDateTellsTheOneReadLastHolds() {
        ScriptedSource first = new ScriptedSource("first").published("CVE-2024-0001", "first");
        ScriptedSource second = new ScriptedSource("second").published("CVE-2024-0001", "second");

        assertThat(title(CveCatalog.of(first, second))).isEqualTo("second");
        assertThat(title(CveCatalog.of(second, first))).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "PR", "RP", "PRP", "RPP", "PPR", "R P", "P R", "P RP", "R P P"})
    void aRejectionHoldsOverAllWhereverItStands(String script) {
        List<ScriptedSource> sources =
                Stream.of(script.split(" ", -1)).map(CveCatalogTest::scripted).toList();

        CatalogEntry entry =
                CveCatalog.read(sources, Context.standard()).find(ONE).orElseThrow();

        assertThat(entry.current()).isInstanceOf(CveEvent.Rejected.class);
        assertThat(entry.published()).isEmpty();
        assertThat(entry.history()).hasSize(script.replace(" ", "").length());
    }

    @Test
    void ofSeveralRejectionsTheLastOneHolds() {
        ScriptedSource source = new ScriptedSource("a")
                .rejected("CVE-2024-0001")
                .rejected("CVE-2024-0001")
                .published("CVE-2024-0001", "x");

        assertThat(CveCatalog.of(source).find(ONE).orElseThrow().current())
                .isSameAs(source.events().get(1));
    }

    @Test
    void theHistoryShowsEveryMessageInTheOrderOfReading() {
        ScriptedSource first = new ScriptedSource("first")
                .published("CVE-2024-0001", "a")
                .published("CVE-2024-0002", "other")
                .rejected("CVE-2024-0001");
        ScriptedSource second = new ScriptedSource("second").published("CVE-2024-0001", "b");

        assertThat(CveCatalog.of(first, second).find(ONE).orElseThrow().history())
                .containsExactly(
                        first.events().get(0),
                        first.events().get(2),
                        second.events().get(0));
    }

    @Test
    void entriesAreOrderedById() {
        CveCatalog catalog = CveCatalog.of(new ScriptedSource("a")
                .published("CVE-2024-10000", "")
                .rejected("CVE-2025-0001")
                .published("CVE-2024-9999", "")
                .published("CVE-2023-52000", ""));

        assertThat(catalog.entries())
                .extracting(entry -> entry.id().toString())
                .containsExactly("CVE-2023-52000", "CVE-2024-9999", "CVE-2024-10000", "CVE-2025-0001");
    }

    @Test
    void messagesThatNobodyUnderstoodAreKeptAndCounted() {
        CveCatalog catalog = CveCatalog.of(
                new ScriptedSource("a").unreadable("no id").published("CVE-2024-0001", "x"),
                new ScriptedSource("b").unreadable("no versions"));

        assertThat(catalog.unreadable())
                .extracting(CveEvent.Unreadable::reason)
                .containsExactly("no id", "no versions");
        assertThat(catalog.messages()).isEqualTo(3);
        assertThat(catalog.entries()).hasSize(1);
    }

    @Test
    void aSourceThatBreaksKeepsWhatItDeliveredAndLeavesTheOthersAlone() {
        ScriptedSource broken = new ScriptedSource("broken").published("CVE-2024-0001", "x");
        broken.thenFails(broken.fault());
        ScriptedSource missing = new ScriptedSource("missing");
        missing.failsToOpen(missing.fault());
        ScriptedSource sound = new ScriptedSource("sound").published("CVE-2024-0002", "y");

        CveCatalog catalog = CveCatalog.of(missing, broken, sound);

        assertThat(catalog.entries()).hasSize(2);
        assertThat(catalog.messages()).isEqualTo(2);
        assertThat(catalog.faults()).extracting(fault -> fault.source().text()).containsExactly("missing", "broken");
    }

    @Test
    void aSourceThatBreaksWhenItIsClosedKeepsWhatItDelivered() {
        ScriptedSource source = new ScriptedSource("a").published("CVE-2024-0001", "x");
        source.failsToClose(source.fault());

        CveCatalog catalog = CveCatalog.of(source);

        assertThat(catalog.entries()).hasSize(1);
        assertThat(catalog.faults()).hasSize(1);
    }

    @Test
    void everyStreamIsClosedOnceAlsoWhenItBreaks() {
        ScriptedSource sound = new ScriptedSource("sound").published("CVE-2024-0001", "x");
        ScriptedSource broken = new ScriptedSource("broken");
        broken.thenFails(broken.fault());
        ScriptedSource wrong = new ScriptedSource("wrong").thenFails(new IllegalStateException("A bug."));

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> CveCatalog.of(sound, broken, wrong));

        assertThat(List.of(sound, broken, wrong))
                .extracting(ScriptedSource::closed)
                .containsExactly(1, 1, 1);
    }

    @Test
    void cancellationEndsTheReadingAndIsNoFault() {
        ScriptedSource cancelled = new ScriptedSource("a").thenFails(new CancelledException());
        ScriptedSource next = new ScriptedSource("b");

        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> CveCatalog.of(cancelled, next));

        assertThat(cancelled.closed()).isEqualTo(1);
        assertThat(next.openedAt()).isEmpty();
    }

    @Test
    void manyShortSourcesAreNotReadOnAfterTheTokenWasCancelled() {
        CancellationToken token = CancellationToken.create();
        token.cancel();

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> CveCatalog.read(
                        List.of(new ScriptedSource("a"), new ScriptedSource("b")),
                        Context.standard().with(token)));
    }

    @Test
    void everySourceIsReadFromItsStartInTheContextOfTheCaller() {
        Context context = Context.standard().with(CancellationToken.create());
        ScriptedSource source = new ScriptedSource("a");

        CveCatalog catalog = CveCatalog.read(List.of(source, source), context);

        assertThat(source.openedAt()).containsExactly(Cursor.START, Cursor.START);
        assertThat(source.contexts()).containsExactly(context, context);
        assertThat(catalog.messages()).isZero();
    }

    @Test
    void aCatalogCannotBeChanged() {
        CveCatalog catalog = CveCatalog.of(
                new ScriptedSource("a").published("CVE-2024-0001", "x").unreadable("y"));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> catalog.entries().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> catalog.unreadable().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> catalog.faults().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> catalog.find(ONE).orElseThrow().history().clear());
    }

    /** P stands for a published message, R for a rejection. */
    private static ScriptedSource scripted(String messages) {
        ScriptedSource source = new ScriptedSource(messages);
        messages.chars().forEach(message -> {
            if (message == 'P') {
                source.published(ONE.toString(), "still there");
            } else {
                source.rejected(ONE.toString());
            }
        });
        return source;
    }

    private static String title(CveCatalog catalog) {
        return catalog.find(ONE).flatMap(CatalogEntry::published).orElseThrow().title();
    }
}
