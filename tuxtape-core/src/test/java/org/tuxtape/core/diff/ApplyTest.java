package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.diff.ApplyOutcome.Applied;
import org.tuxtape.core.diff.ApplyOutcome.Cause;
import org.tuxtape.core.diff.ApplyOutcome.Rejected;
import org.tuxtape.core.diff.HunkMatch.Ambiguous;
import org.tuxtape.core.diff.HunkMatch.Found;

@DisplayName("Applying a change to a file")
class ApplyTest {
    /** Takes line 5 of nine away and puts another in its place. */
    private static final FileDiff CHANGE = change("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");

    private static FileDiff change(String hunks) {
        return Diff.parse("--- a/x\n+++ b/x\n" + hunks).files().get(0);
    }

    /** One line per word. */
    private static String text(String words) {
        return words.isEmpty() ? "" : words.replace(' ', '\n') + "\n";
    }

    private static Applied applied(FileDiff change, String content, int fuzz) {
        ApplyOutcome outcome = change.applyTo(Optional.of(content), fuzz);
        assertThat(outcome).isInstanceOf(Applied.class);
        return (Applied) outcome;
    }

    private static Rejected rejected(FileDiff change, Optional<String> content, int fuzz) {
        ApplyOutcome outcome = change.applyTo(content, fuzz);
        assertThat(outcome).isInstanceOf(Rejected.class);
        return (Rejected) outcome;
    }

    @Test
    void changesTheLinesAtTheirPlace() {
        Applied outcome = applied(CHANGE, text("1 2 3 4 5 6 7 8 9"), 0);

        assertThat(outcome.content()).contains(text("1 2 3 4 five 6 7 8 9"));
        assertThat(outcome.places()).containsExactly(new Found(2, 0, 0));
    }

    @Test
    void backwardsGivesWhatWasThere() {
        assertThat(applied(CHANGE.reversed(), text("1 2 3 4 five 6 7 8 9"), 0).content())
                .contains(text("1 2 3 4 5 6 7 8 9"));
    }

    @Test
    void findsLinesThatMoved() {
        Applied outcome = applied(CHANGE, text("a b c 1 2 3 4 5 6 7 8 9"), 0);

        assertThat(outcome.content()).contains(text("a b c 1 2 3 4 five 6 7 8 9"));
        assertThat(outcome.places()).containsExactly(new Found(5, 3, 0));
        assertThat(applied(CHANGE, text("2 3 4 5 6 7 8"), 0).places()).containsExactly(new Found(1, -1, 0));
    }

    @Test
    void takesTheNearestOfSeveralPlaces() {
        String block = "2 3 4 5 6 7 8 ";

        assertThat(applied(CHANGE, text((block + "a " + block + block).strip()), 0)
                        .places())
                .containsExactly(new Found(1, -1, 0));
    }

    @Test
    void isRefusedWhereTwoPlacesAreEquallyNear() {
        FileDiff change = change("@@ -5,3 +5,3 @@\n a\n-b\n+c\n d\n");

        assertThat(rejected(change, Optional.of(text("1 2 a b d 6 a b d 10")), 0))
                .isEqualTo(new Rejected(Cause.HUNKS, List.of(new Ambiguous(List.of(3, 7), 0))));
    }

    @Test
    void goesUnderTheHeadingEvenIfAnotherPlaceIsNearer() {
        FileDiff change = change("@@ -2,3 +2,3 @@ int second(void)\n {\n-one\n+two\n }\n");
        String content = "int first(void)\n{\none\n}\nint second(void)\nout:\n{\none\n}\n";

        Applied outcome = applied(change, content, 0);

        assertThat(outcome.places()).containsExactly(new Found(7, 5, 0));
        assertThat(outcome.content()).contains("int first(void)\n{\none\n}\nint second(void)\nout:\n{\ntwo\n}\n");
    }

    @Test
    void isRefusedWhereContextDiffersUnlessFuzzAllowsIt() {
        String oneOff = text("1 two 3 4 5 6 7 8 9");
        String twoOff = text("1 two 3 4 5 6 seven 8 9");

        assertThat(rejected(CHANGE, Optional.of(oneOff), 0).hunks()).containsExactly(HunkMatch.MISSING);
        assertThat(applied(CHANGE, oneOff, 1).content()).contains(text("1 two 3 4 five 6 7 8 9"));
        assertThat(rejected(CHANGE, Optional.of(twoOff), 1).cause()).isEqualTo(Cause.HUNKS);
        assertThat(applied(CHANGE, twoOff, 2).places()).containsExactly(new Found(2, 0, 2));
    }

    @Test
    void neverIgnoresAllThatAHunkIsKnownBy() {
        FileDiff change = change("@@ -3,2 +3,3 @@\n 3\n+new\n 4\n");

        assertThat(rejected(change, Optional.of(text("a b c d e f")), 2).cause())
                .isEqualTo(Cause.HUNKS);
    }

    @Test
    void keepsToTheEndOfTheFileWhereContextEnds() {
        FileDiff change = change("@@ -1,3 +1,4 @@\n a\n b\n c\n+d\n");

        assertThat(applied(change, text("a b c x a b c"), 2).content()).contains(text("a b c x a b c d"));
        assertThat(rejected(change, Optional.of(text("a b c x")), 2).cause()).isEqualTo(Cause.HUNKS);
    }

    @Test
    void keepsToTheBeginningOfTheFileWhereContextBegins() {
        FileDiff change = change("@@ -1,3 +1,4 @@\n+0\n a\n b\n c\n");

        assertThat(rejected(change, Optional.of(text("x a b c")), 0).cause()).isEqualTo(Cause.HUNKS);
        assertThat(applied(change, text("a b c"), 0).content()).contains(text("0 a b c"));
    }

    @Test
    void appliesHunksInOrderAndMovesTheLaterWithTheEarlier() {
        FileDiff change = change("@@ -1,3 +1,2 @@\n a\n-b\n 3\n@@ -5,3 +4,3 @@\n a\n-b\n+c\n 6\n");

        Applied outcome = applied(change, text("x a b 3 4 a b 6 a b 6"), 0);

        assertThat(outcome.places()).containsExactly(new Found(2, 1, 0), new Found(6, 1, 0));
        assertThat(outcome.content()).contains(text("x a 3 4 a c 6 a b 6"));
    }

    @Test
    void saysForEachHunkWhetherItWasFound() {
        FileDiff change = change("@@ -1 +1 @@\n-a\n+b\n@@ -3 +3 @@\n-c\n+d\n@@ -5 +5 @@\n-e\n+f\n");

        assertThat(rejected(change, Optional.of(text("a 2 x 4 e")), 0).hunks())
                .containsExactly(new Found(1, 0, 0), HunkMatch.MISSING, new Found(5, 0, 0));
    }

    @Test
    void keepsReturnsAndMissingLineFeeds() {
        FileDiff change = change("@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\r\n");

        assertThat(applied(change, "a\r\nb", 0).content()).contains("a\r\nc\r\n");
        assertThat(applied(change.reversed(), "a\r\nc\r\n", 0).content()).contains("a\r\nb");
        assertThat(rejected(change, Optional.of("a\nb"), 0).cause()).isEqualTo(Cause.HUNKS);
        assertThat(rejected(change, Optional.of("a\r\nb\n"), 0).cause()).isEqualTo(Cause.HUNKS);
    }

    @Test
    void neverJoinsLines() {
        FileDiff cut = change("@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n");
        FileDiff append = change("@@ -1,0 +2 @@\n+b\n");

        assertThat(rejected(cut, Optional.of("a\nc\n"), 0).cause()).isEqualTo(Cause.HUNKS);
        assertThat(rejected(append, Optional.of("a"), 0).cause()).isEqualTo(Cause.HUNKS);
        assertThat(applied(append, "a\n", 0).content()).contains("a\nb\n");
    }

    @Test
    void createsAndDeletesFiles() {
        FileDiff added = Diff.parse("--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n")
                .files()
                .get(0);

        assertThat(added.applyTo(Optional.empty(), 0))
                .isEqualTo(new Applied(Optional.of("a\n"), List.of(new Found(1, 0, 0))));
        assertThat(added.applyTo(Optional.of("b\n"), 2)).isEqualTo(new Rejected(Cause.FILE_EXISTS, List.of()));
        assertThat(applied(added.reversed(), "a\n", 0).content()).isEmpty();
        assertThat(rejected(added.reversed(), Optional.of("a\nb\n"), 0).cause()).isEqualTo(Cause.CONTENT_LEFT);
        assertThat(rejected(added.reversed(), Optional.empty(), 0).cause()).isEqualTo(Cause.NO_FILE);
    }

    @Test
    void leavesTheTextOfAFileAloneOfWhichOnlyNameOrModeChanges() {
        FileDiff mode = Diff.parse("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n")
                .files()
                .get(0);

        assertThat(applied(mode, "a", 0).content()).contains("a");
    }

    @Test
    void isRefusedForABinaryChange() {
        FileDiff binary =
                Diff.parse("Binary files a/x and b/x differ\n").files().get(0);

        assertThat(binary.applyTo(Optional.of("a"), 0)).isEqualTo(new Rejected(Cause.BINARY, List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void allowsNoOtherFuzz(int fuzz) {
        assertThatIllegalArgumentException().isThrownBy(() -> CHANGE.applyTo(Optional.of(""), fuzz));
    }
}
