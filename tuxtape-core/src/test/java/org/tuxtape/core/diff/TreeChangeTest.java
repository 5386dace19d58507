package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.diff.ApplyOutcome.Cause;
import org.tuxtape.core.diff.HunkMatch.Found;
import org.tuxtape.core.diff.TreeChange.Applied;
import org.tuxtape.core.diff.TreeChange.Rejected;
import org.tuxtape.core.diff.TreeChange.Rejection;
import org.tuxtape.core.kernel.SourcePath;

@DisplayName("Diffs on a tree")
class TreeChangeTest {
    private static final SourcePath X = SourcePath.parse("x");
    private static final SourcePath Y = SourcePath.parse("y");
    private static final Map<SourcePath, String> TREE = Map.of(X, "1\n2\n3\n4\n5\n6\n7\n");

    private static Diff modify(String path, String hunk) {
        return Diff.parse("--- a/" + path + "\n+++ b/" + path + "\n" + hunk);
    }

    private static Diff replace(String line, String other) {
        int number = Integer.parseInt(line.substring(0, 1));
        return modify("x", "@@ -" + number + " +" + number + " @@\n-" + line + "\n+" + other + "\n");
    }

    private static TreeChange change(Diff... diffs) {
        return change(0, diffs);
    }

    private static TreeChange change(int fuzz, Diff... diffs) {
        return TreeChange.of(List.of(diffs), path -> Optional.ofNullable(TREE.get(path)), fuzz);
    }

    private static SortedMap<SourcePath, FileChange> files(TreeChange change) {
        assertThat(change).isInstanceOf(Applied.class);
        return ((Applied) change).files();
    }

    private static List<Rejection> rejections(TreeChange change) {
        assertThat(change).isInstanceOf(Rejected.class);
        return ((Rejected) change).rejections();
    }

    private static Cause causeOf(String diff) {
        List<Rejection> rejections = rejections(change(Diff.parse(diff)));
        assertThat(rejections).hasSize(1);
        return rejections.get(0).cause();
    }

    private static FileChange texts(String before, String after) {
        return new FileChange(
                Optional.of(before).filter(text -> !text.isEmpty()),
                Optional.of(after).filter(text -> !text.isEmpty()),
                Optional.empty());
    }

    @Test
    void changeAFileInTurn() {
        assertThat(files(change(replace("4", "4th"), replace("4th", "fourth"), replace("1", "first"))))
                .containsExactly(Map.entry(X, texts("1\n2\n3\n4\n5\n6\n7\n", "first\n2\n3\nfourth\n5\n6\n7\n")));
    }

    @Test
    void askForAFileOnce() {
        List<SourcePath> asked = new ArrayList<>();
        Function<SourcePath, Optional<String>> tree = path -> {
            asked.add(path);
            return Optional.ofNullable(TREE.get(path));
        };

        TreeChange.of(List.of(replace("4", "4th"), replace("1", "first")), tree, 0);

        assertThat(asked).containsExactly(X);
    }

    @Test
    void addAndDeleteFiles() {
        Diff add = Diff.parse("--- /dev/null\n+++ b/y\n@@ -0,0 +1 @@\n+new\n");
        Diff delete = Diff.parse("--- a/x\n+++ /dev/null\n@@ -1,7 +0,0 @@\n-1\n-2\n-3\n-4\n-5\n-6\n-7\n");

        assertThat(files(change(add))).containsExactly(Map.entry(Y, texts("", "new\n")));
        assertThat(files(change(delete))).containsExactly(Map.entry(X, texts(TREE.get(X), "")));
        assertThat(files(change(delete, delete.reversed()))).isEmpty();
    }

    @Test
    void leaveNoTraceOfWhatIsTakenBack() {
        Diff add =
                Diff.parse("diff --git a/y b/y\nnew file mode 100644\n--- /dev/null\n+++ b/y\n@@ -0,0 +1 @@\n+new\n");

        assertThat(files(change(replace("4", "4th"), replace("4th", "4")))).isEmpty();
        assertThat(files(change(add, add.reversed()))).isEmpty();
    }

    @Test
    void renameFilesAndChangeThemUnderTheNewName() {
        Diff rename = Diff.parse("diff --git a/x b/y\nrename from x\nrename to y\n");

        assertThat(files(change(replace("1", "first"), rename, modify("y", "@@ -2 +2 @@\n-2\n+second\n"))))
                .containsExactly(
                        Map.entry(X, texts(TREE.get(X), "")),
                        Map.entry(Y, texts("", "first\nsecond\n3\n4\n5\n6\n7\n")));
    }

    @Test
    void copyAFileAsItWasBeforeTheDiff() {
        String copy = "diff --git a/x b/y\ncopy from x\ncopy to y\n";
        Diff atOnce = Diff.parse(replace("1", "first").toText() + copy);
        SortedMap<SourcePath, FileChange> inTurn = files(change(replace("1", "first"), Diff.parse(copy)));

        assertThat(files(change(atOnce)).get(Y)).isEqualTo(texts("", TREE.get(X)));
        assertThat(inTurn.get(Y)).isEqualTo(texts("", "first\n2\n3\n4\n5\n6\n7\n"));
    }

    @Test
    void sayTheModeThatAFileGets() {
        Diff program = Diff.parse("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n");

        FileChange change = files(change(program)).get(X);

        assertThat(change.mode()).contains(new FileMode("100755"));
        assertThat(change.after()).isEqualTo(change.before());
    }

    @Test
    @DisplayName("that do not fit say which, where each hunk stands, and what fuzz would do")
    void sayWhatDoesNotFit() {
        Diff fits = replace("1", "first");
        Diff needsFuzz = modify("x", "@@ -2,5 +2,5 @@\n two\n 3\n-4\n+4th\n 5\n 6\n");
        Diff hopeless = modify("x", "@@ -1 +1 @@\n-first\n+I\n@@ -7 +7 @@\n-seven\n+VII\n");

        List<Rejection> rejections = rejections(change(fits, needsFuzz, hopeless));

        assertThat(rejections).extracting(Rejection::diff).containsExactly(1, 2);
        assertThat(rejections).extracting(Rejection::cause).containsOnly(Cause.HUNKS);
        assertThat(rejections.get(0).hunks()).containsExactly(new Found(2, 0, 1));
        assertThat(rejections.get(0).neededFuzz()).hasValue(1);
        assertThat(rejections.get(1).file()).isEqualTo(hopeless.files().get(0));
        assertThat(rejections.get(1).hunks()).containsExactly(new Found(1, 0, 0), HunkMatch.MISSING);
        assertThat(rejections.get(1).neededFuzz()).isEmpty();
        assertThat(files(change(1, fits, needsFuzz)).get(X).after()).contains("first\n2\n3\n4th\n5\n6\n7\n");
    }

    @Test
    void areJudgedByWhatARejectedOneWouldLeaveWithMoreFuzz() {
        Diff needsFuzz = modify("x", "@@ -2,5 +2,5 @@\n two\n 3\n-4\n+4th\n 5\n 6\n");

        assertThat(rejections(change(needsFuzz, replace("4th", "fourth"))))
                .extracting(Rejection::diff)
                .containsExactly(0);
    }

    @Test
    void thatDoNotFitChangeNothingAtAll() {
        assertThat(change(replace("1", "first"), replace("2", "second"), replace("9", "ninth")))
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "b/../../x", "b//x", "b/./x"})
    void neverLeaveTheTree(String name) {
        assertThat(causeOf("--- a/" + name + "\n+++ b/" + name + "\n@@ -1 +1 @@\n-1\n+first\n"))
                .isEqualTo(Cause.OUTSIDE_TREE);
        assertThat(causeOf("diff --git a/x b/" + name + "\nrename from x\nrename to " + name + "\n"))
                .isEqualTo(Cause.OUTSIDE_TREE);
    }

    @Test
    void makeNoSymbolicLinks() {
        assertThat(causeOf("diff --git a/y b/y\nnew file mode 120000\n--- /dev/null\n+++ b/y\n@@ -0,0 +1 @@\n+/etc\n"))
                .isEqualTo(Cause.SYMBOLIC_LINK);
        assertThat(causeOf("""
                diff --git a/x b/x
                index 0123456..6543210 120000
                --- a/x
                +++ b/x
                @@ -1 +1 @@
                -1
                +/etc
                """)).isEqualTo(Cause.SYMBOLIC_LINK);
    }

    @Test
    void neverFitBinaryFilesFilesThatAreNotThereOrInTheWay() {
        String add = "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+new\n";

        assertThat(causeOf("Binary files a/x and b/x differ\n")).isEqualTo(Cause.BINARY);
        assertThat(causeOf(add)).isEqualTo(Cause.FILE_EXISTS);
        assertThat(causeOf(add.replace("b/x", "b/y") + "diff --git a/x b/y\nrename from x\nrename to y\n"))
                .isEqualTo(Cause.FILE_EXISTS);
        assertThat(causeOf("--- a/y\n+++ b/y\n@@ -1 +1 @@\n-1\n+first\n")).isEqualTo(Cause.NO_FILE);
        assertThat(causeOf("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n")).isEqualTo(Cause.CONTENT_LEFT);
    }

    @Test
    void areNotGoneThroughForHours() {
        Map<SourcePath, String> large = Map.of(X, "1\n" + "2".repeat(1 << 24));
        Diff one = modify("x", "@@ -1,0 +1 @@\n+0\n");
        List<FileDiff> many =
                Stream.generate(() -> one.files().get(0)).limit(100).toList();

        TreeChange change = TreeChange.of(
                List.of(new Diff("", Optional.empty(), "", many)), path -> Optional.ofNullable(large.get(path)), 0);

        assertThat(rejections(change)).extracting(Rejection::cause).containsOnly(Cause.LIMIT_EXCEEDED);
    }

    @Test
    void ofNoFilesChangeNothing() {
        assertThat(files(change())).isEmpty();
        assertThat(files(change(Diff.parse("words\n")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void allowNoOtherFuzz(int fuzz) {
        assertThatIllegalArgumentException().isThrownBy(() -> change(fuzz));
    }
}
