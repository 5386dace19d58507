package org.tuxtape.kpatch.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

class FixOrderTest {
    private static final KernelVersion BRANCH = KernelVersion.parse("6.1");

    private final Fix first = fix(1, 'a');
    private final Fix second = fix(2, 'b');
    private final Fix third = fix(3, 'c');

    @Test
    void theHistoryOrdersFixes() {
        assertThat(Stream.of(third, first, second).sorted(FixOrder.ofHistory(ids('a', 'b', 'c'))))
                .containsExactly(first, second, third);
    }

    @Test
    void aFixStandsWhereItsLastCommitDoes() {
        Fix late = fix(4, 'a', 'd');

        assertThat(Stream.of(late, second).sorted(FixOrder.ofHistory(ids('a', 'b', 'c', 'd'))))
                .containsExactly(second, late);
    }

    @Test
    void whatTheHistoryDoesNotKnowComesLastAsItWasGiven() {
        Fix unnamed = new Fix(third.cve(), BRANCH, List.of(new FixCommit(Optional.empty(), "", "")));

        assertThat(Stream.of(unnamed, third, second, first).sorted(FixOrder.ofHistory(ids('a', 'b'))))
                .containsExactly(first, second, unnamed, third);
    }

    @Test
    void releasesOrderFixesByNumberNotByText() {
        List<Cve> records = List.of(record(first, "6.1.9", 'a'), record(second, "6.1.100", 'b'));

        assertThat(Stream.of(second, first).sorted(FixOrder.ofReleases(records)))
                .containsExactly(first, second);
    }

    @Test
    void withinAReleaseTheHistoryCanDecide() {
        List<Cve> records =
                List.of(record(first, "6.1.9", 'a'), record(second, "6.1.9", 'b'), record(third, "6.1.8", 'c'));

        assertThat(Stream.of(second, first, third)
                        .sorted(FixOrder.ofReleases(records).thenComparing(FixOrder.ofHistory(ids('c', 'a', 'b')))))
                .containsExactly(third, first, second);
    }

    private static Fix fix(int number, char... commits) {
        return new Fix(
                CveId.parse("CVE-2024-1000" + number),
                BRANCH,
                ids(commits).stream()
                        .map(id -> new FixCommit(Optional.of(id), "", ""))
                        .toList());
    }

    private static Cve record(Fix fix, String release, char commit) {
        Change fixed = new Change(
                Optional.of(KernelVersion.parse(release)),
                Optional.of(ids(commit).get(0)));
        return Cve.builder(fix.cve())
                .ranges(new AffectedRange(Optional.empty(), Optional.of(fixed)))
                .build();
    }

    private static List<CommitId> ids(char... letters) {
        return new String(letters)
                .chars()
                .mapToObj(letter -> CommitId.parse(Character.toString(letter).repeat(40)))
                .toList();
    }
}
