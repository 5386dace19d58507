package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.SourcePath;

@DisplayName("A source tree, compared with a fix,")
class TreeStateTest {
    private static final Diff FIRST = change("x.c", "one", "two");
    private static final Diff SECOND = change("x.c", "two", "three");

    private static Diff change(String file, String from, String to) {
        return Diff.parse(
                "--- a/" + file + "\n+++ b/" + file + "\n@@ -1,3 +1,3 @@\n a\n-" + from + "\n+" + to + "\n b\n");
    }

    private static TreeState state(Map<String, String> tree, Diff... diffs) {
        return TreeState.of(Arrays.asList(diffs), path -> Optional.ofNullable(tree.get(path.text())));
    }

    private static HunkState overall(Map<String, String> tree, Diff... diffs) {
        return state(tree, diffs).overall();
    }

    @Test
    void holdsOneSideIfEveryFileDoes() {
        Diff other = change("y.c", "one", "two");
        String before = "a\none\nb\n";
        String after = "a\ntwo\nb\n";

        assertThat(overall(Map.of("x.c", before, "y.c", before), FIRST, other)).isEqualTo(HunkState.BEFORE);
        assertThat(overall(Map.of("x.c", after, "y.c", after), FIRST, other)).isEqualTo(HunkState.AFTER);
        assertThat(overall(Map.of("x.c", after, "y.c", before), FIRST, other)).isEqualTo(HunkState.NEITHER);
        assertThat(overall(Map.of("x.c", after), FIRST, other)).isEqualTo(HunkState.NEITHER);
        assertThat(overall(Map.of(), FIRST)).isEqualTo(HunkState.NEITHER);
        assertThat(overall(Map.of("x.c", before))).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void holdsASeriesThatCanBeTakenBackFromItsLastChangeOn() {
        assertThat(overall(Map.of("x.c", "a\nthree\nb\n"), FIRST, SECOND)).isEqualTo(HunkState.AFTER);
    }

    @Test
    void lacksASeriesThatCanBeMadeFromItsFirstChangeOn() {
        assertThat(overall(Map.of("x.c", "a\none\nb\n"), FIRST, SECOND)).isEqualTo(HunkState.BEFORE);
    }

    @Test
    void isMixedWhereASeriesWasMadeHalfway() {
        TreeState half = state(Map.of("x.c", "a\ntwo\nb\n"), FIRST, SECOND);

        assertThat(half.files())
                .extracting(file -> file.state().overall())
                .containsExactly(HunkState.AFTER, HunkState.BEFORE);
        assertThat(half.overall()).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void holdsBothSidesOfASeriesThatEndsWhereItBegan() {
        Diff undone = FIRST.reversed();

        assertThat(overall(Map.of("x.c", "a\none\nb\n"), FIRST, undone)).isEqualTo(HunkState.BOTH);
    }

    @Test
    void givesTheTextsOnBothSidesOfAChangeThatItHoldsOrLacks() {
        FileChange expected = new FileChange(Optional.of("a\none\nb\n"), Optional.of("a\ntwo\nb\n"), Optional.empty());

        assertThat(Stream.of("a\none\nb\n", "a\ntwo\nb\n")
                        .map(text ->
                                state(Map.of("x.c", text), FIRST).files().get(0).change()))
                .containsOnly(Optional.of(expected));
        assertThat(state(Map.of("x.c", "c\n"), FIRST).files().get(0).change()).isEmpty();
    }

    @Test
    void mayHaveAFileUnderItsOldOrItsNewName() {
        Diff renamed = Diff.parse("""
                diff --git a/old.c b/new.c
                rename from old.c
                rename to new.c
                --- a/old.c
                +++ b/new.c
                @@ -1,3 +1,3 @@
                 a
                -one
                +two
                 b
                """);

        assertThat(overall(Map.of("old.c", "a\none\nb\n"), renamed)).isEqualTo(HunkState.BEFORE);
        TreeState moved = state(Map.of("new.c", "a\ntwo\nb\n"), renamed);
        assertThat(moved.overall()).isEqualTo(HunkState.AFTER);
        assertThat(moved.files().get(0).path()).contains(SourcePath.parse("new.c"));
    }

    @Test
    void isNotJudgedByAMereRenaming() {
        Diff renamed = Diff.parse("diff --git a/p b/q\nsimilarity index 100%\nrename from p\nrename to q\n");

        assertThat(overall(Map.of("p", "", "x.c", "a\ntwo\nb\n"), FIRST, renamed))
                .isEqualTo(HunkState.AFTER);
        assertThat(overall(Map.of("p", ""), renamed)).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void isNotJudgedWhereAFileHasNoLinesOrLiesOutside() {
        Diff binary = Diff.parse("Binary files a/x.bin and b/x.bin differ\n");
        Diff outside = change("../x.c", "one", "two");
        Map<String, String> tree = Map.of("x.c", "a\ntwo\nb\n");

        assertThat(overall(tree, FIRST, binary)).isEqualTo(HunkState.NEITHER);
        assertThat(overall(tree, FIRST, outside)).isEqualTo(HunkState.NEITHER);
        assertThat(state(tree, outside).files().get(0).path()).isEmpty();
    }

    @Test
    void isLeftUntoldByDiffsThatWouldTakeMinutes() {
        int count = 6000;
        StringBuilder hunks = new StringBuilder("--- a/x.c\n+++ b/x.c\n");
        for (int i = 0; i < count; i++) {
            int line = 3 * i + 1;
            hunks.append("@@ -" + line + ",3 +" + line + ",3 @@\n a\n-one\n+two\n b\n");
        }

        TreeState state = state(Map.of("x.c", "a\none\nb\n".repeat(count)), Diff.parse(hunks.toString()));

        assertThat(state.files().get(0).state().hunks()).hasSize(count);
        assertThat(state.overall()).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void tellsWhichLinesAHunkChangesOnBothSides() {
        Diff fix =
                Diff.parse("--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,4 @@\n a\n+new\n+new\n b\n@@ -5,3 +7,2 @@\n c\n-d\n e\n");
        String before = "a\nb\nx\ny\nc\nd\ne\n";

        TreeState state = state(Map.of("x.c", before), fix);

        assertThat(PlacedHunk.of(state.files().get(0)))
                .containsExactly(new PlacedHunk(List.of(), List.of(2, 3)), new PlacedHunk(List.of(6), List.of()));
        assertThat(PlacedHunk.of(state(Map.of(), fix).files().get(0))).isEmpty();
    }
}
