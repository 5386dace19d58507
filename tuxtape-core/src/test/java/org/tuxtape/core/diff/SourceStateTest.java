package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A source file, compared with a fix,")
class SourceStateTest {
    private static final String BEFORE = "int f(int *p)\n{\n\tint a;\n\n\ta = *p;\n\treturn a;\n}\n";
    private static final String AFTER =
            "int f(int *p)\n{\n\tint a;\n\n\tif (!p)\n\t\treturn 0;\n\ta = *p;\n\treturn a;\n}\n";

    /** Only adds lines. */
    private static final FileDiff CHECK = fix("""
            @@ -2,6 +2,8 @@ int f(int *p)
             {
             \tint a;
            \s
            +\tif (!p)
            +\t\treturn 0;
             \ta = *p;
             \treturn a;
             }
            """);

    private static FileDiff fix(String hunks) {
        return Diff.parse("--- a/x.c\n+++ b/x.c\n" + hunks).files().get(0);
    }

    private static HunkState state(FileDiff fix, String content) {
        return SourceState.of(fix, Optional.of(content)).overall();
    }

    @Test
    void holdsTheCodeBeforeOrAfterIt() {
        assertThat(state(CHECK, BEFORE)).isEqualTo(HunkState.BEFORE);
        assertThat(state(CHECK, AFTER)).isEqualTo(HunkState.AFTER);
        assertThat(state(CHECK.reversed(), BEFORE)).isEqualTo(HunkState.AFTER);
        assertThat(state(CHECK.reversed(), AFTER)).isEqualTo(HunkState.BEFORE);
    }

    @Test
    void isKnownWhereverTheCodeStands() {
        String above = "/* above */\n".repeat(100);

        assertThat(SourceState.of(CHECK, Optional.of(above + AFTER)).hunks())
                .containsExactly(
                        new SourceState.OfHunk(HunkState.AFTER, HunkMatch.MISSING, new HunkMatch.Found(102, 100, 0)));
    }

    @Test
    void holdsNeitherWhereTheCodeWasChangedInAnotherWay() {
        assertThat(state(CHECK, AFTER.replace("return 0", "return -1"))).isEqualTo(HunkState.NEITHER);
        assertThat(state(CHECK, "")).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void isKnownInSpiteOfStrangeContextIfChangedLinesRemainToKnowItBy() {
        FileDiff replace = fix("""
                @@ -2,7 +2,7 @@ int f(int *p)
                 {
                 \tint a;
                \s
                -\ta = *p;
                +\ta = p ? *p : 0;
                 \treturn a;
                 }
                \s
                """);

        assertThat(state(replace, BEFORE.replace("{", "{ /* begin */") + "\n")).isEqualTo(HunkState.BEFORE);
        assertThat(state(CHECK, BEFORE.replace("{", "{ /* begin */")))
                .as("a check that is missing from lines that are not those of the fix")
                .isEqualTo(HunkState.NEITHER);
    }

    @Test
    void isNotTakenForAnotherFunctionThatLooksAlike() {
        String twin = BEFORE.replace("int f(", "int g(");

        assertThat(state(CHECK, AFTER + twin)).isEqualTo(HunkState.AFTER);
        assertThat(state(CHECK, twin + AFTER)).isEqualTo(HunkState.AFTER);
        assertThat(state(CHECK, AFTER.replace("return 0", "return -1") + twin)).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void holdsBothIfTheSameFunctionHasThemAtDifferentPlaces() {
        FileDiff fix = fix("@@ -3,3 +3,3 @@ int f(void)\n \ta();\n-\tb();\n+\tc();\n \td();\n");

        assertThat(state(fix, "int f(void)\n{\n\ta();\n\tc();\n\td();\n\ta();\n\tb();\n\td();\n}\n"))
                .isEqualTo(HunkState.BOTH);
    }

    @Test
    void holdsTheSideThatTakesInTheOther() {
        FileDiff repeated = fix("@@ -1,2 +1,3 @@\n 0\n+0\n 0\n");

        assertThat(state(repeated, "0\n0\n0\n")).isEqualTo(HunkState.AFTER);
        assertThat(state(repeated, "0\n0\n")).isEqualTo(HunkState.BEFORE);
        assertThat(state(repeated.reversed(), "0\n0\n0\n")).isEqualTo(HunkState.BEFORE);
    }

    @Test
    void isUnderAHeadingThatTheFixItselfChanges() {
        FileDiff fix = fix("""
                @@ -1,2 +1,2 @@
                -int f(int *p)
                +long f(int *p)
                 {
                @@ -5,2 +5,2 @@ int f(int *p)
                 \ta = *p;
                -\treturn a;
                +\treturn 2 * a;
                """);
        String after = BEFORE.replace("int f(", "long f(").replace("return a", "return 2 * a");

        assertThat(state(fix, BEFORE)).isEqualTo(HunkState.BEFORE);
        assertThat(state(fix, after)).isEqualTo(HunkState.AFTER);
    }

    @Test
    void isUnknownWhereHunksDiffer() {
        FileDiff fix = fix("@@ -1,2 +1,2 @@\n a\n-b\n+c\n@@ -4,2 +4,2 @@\n d\n-e\n+f\n");

        SourceState mixed = SourceState.of(fix, Optional.of("a\nc\nx\nd\ne\n"));

        assertThat(mixed.hunks())
                .extracting(SourceState.OfHunk::state)
                .isEqualTo(List.of(HunkState.AFTER, HunkState.BEFORE));
        assertThat(mixed.overall()).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void neverServesTwoHunksWithOnePlace() {
        FileDiff fix = fix("@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n@@ -11,3 +11,3 @@\n a\n-b\n+c\n d\n");

        assertThat(state(fix, "a\nb\nd\n")).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void withoutContextIsKnownOnlyAtItsLine() {
        FileDiff fix = fix("@@ -2 +2 @@\n-b\n+c\n");

        assertThat(state(fix, "a\nb\n")).isEqualTo(HunkState.BEFORE);
        assertThat(state(fix, "a\na\nb\n")).isEqualTo(HunkState.NEITHER);
        assertThat(state(fix("@@ -2,0 +3 @@\n+c\n"), "a\nb\n")).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void mayBeAddedOrDeletedByIt() {
        FileDiff added = Diff.parse("--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n")
                .files()
                .get(0);

        assertThat(SourceState.of(added, Optional.empty()).overall()).isEqualTo(HunkState.BEFORE);
        assertThat(state(added, "a\nb\n")).isEqualTo(HunkState.AFTER);
        assertThat(state(added, "c\n")).isEqualTo(HunkState.NEITHER);
        assertThat(SourceState.of(added.reversed(), Optional.empty()).overall()).isEqualTo(HunkState.AFTER);
        assertThat(SourceState.of(CHECK, Optional.empty()).overall()).isEqualTo(HunkState.NEITHER);
    }

    @Test
    void isUnknownForAChangeWithoutHunks() {
        FileDiff binary =
                Diff.parse("Binary files a/x and b/x differ\n").files().get(0);

        assertThat(SourceState.of(binary, Optional.of("")).overall()).isEqualTo(HunkState.NEITHER);
    }
}
