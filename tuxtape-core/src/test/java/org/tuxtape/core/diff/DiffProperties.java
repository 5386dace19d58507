package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.tuxtape.core.diff.ApplyOutcome.Applied;

class DiffProperties {

    @Property
    void aDiffLeadsFromOneTextToTheOtherAndBack(
            @ForAll("texts") String before, @ForAll("texts") String after, @ForAll @IntRange(max = 3) int context) {
        FileDiff diff = diff(before, after, context);

        assertThat(diff.applyTo(Optional.of(before), 0)).isInstanceOfSatisfying(Applied.class, applied -> {
            assertThat(applied.content()).contains(after);
            assertThat(applied.places()).allMatch(place -> place.offset() == 0 && place.fuzz() == 0);
        });
        assertThat(diff.reversed().applyTo(Optional.of(after), 0))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.content()).contains(before));
    }

    @Property
    void aDiffIsReadAsItIsWrittenAndTwiceReversedIsItself(
            @ForAll("texts") String before, @ForAll("texts") String after) {
        FileDiff diff = diff(before, after, 3);

        assertThat(Diff.parse(diff.toText()).files()).containsExactly(diff);
        assertThat(diff.reversed().reversed()).isEqualTo(diff);
        assertThat(Diff.parse(diff.reversed().toText()).files()).containsExactly(diff.reversed());
    }

    @Property
    void noTextIsTakenForTheOtherSide(@ForAll("texts") String before, @ForAll("texts") String after) {
        FileDiff diff = diff(before, after, 3);

        assertThat(SourceState.of(diff, Optional.of(before)).overall()).isNotEqualTo(HunkState.AFTER);
        assertThat(SourceState.of(diff, Optional.of(after)).overall()).isNotEqualTo(HunkState.BEFORE);
    }

    @Property
    void distinctLinesAreFoundWhereverTheyMove(
            @ForAll @IntRange(min = 8, max = 40) int length,
            @ForAll @IntRange(max = 39) int at,
            @ForAll @IntRange(max = 50) int moved) {
        Assume.that(at < length);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            lines.add("line " + i + "\n");
        }
        String before = String.join("", lines);
        lines.set(at, "another\n");
        FileDiff diff = diff(before, String.join("", lines), 3);
        boolean anchored = at < 3;
        String above = anchored ? "" : "above\n".repeat(moved);

        assertThat(SourceState.of(diff, Optional.of(above + before)).overall()).isEqualTo(HunkState.BEFORE);
        assertThat(SourceState.of(diff, Optional.of(above + String.join("", lines)))
                        .overall())
                .isEqualTo(HunkState.AFTER);
        assertThat(diff.applyTo(Optional.of(above + before), 0))
                .isInstanceOfSatisfying(
                        Applied.class,
                        applied -> assertThat(applied.content()).contains(above + String.join("", lines)));
    }

    @Property
    void aDamagedDiffIsReadOrRefused(
            @ForAll("texts") String before,
            @ForAll("texts") String after,
            @ForAll("damage") String damage,
            @ForAll @IntRange(max = 400) int at,
            @ForAll @IntRange(max = 30) int removed,
            @ForAll @IntRange(max = 2) int fuzz) {
        String text = "From 0123\n\n" + diff(before, after, 2).toText() + "-- \n";
        int from = Math.min(at, text.length());
        String damaged = text.substring(0, from) + damage + text.substring(Math.min(from + removed, text.length()));

        try {
            Diff read = Diff.parse(damaged);
            assertThat(Diff.parse(read.toText()).files()).isEqualTo(read.files());
            for (FileDiff file : read.files()) {
                assertThat(file.applyTo(Optional.of(before), fuzz)).isNotNull();
                assertThat(SourceState.of(file, Optional.of(after)).hunks()).hasSameSizeAs(file.hunks());
            }
        } catch (DiffException e) {
            assertThat(e.line()).isPositive();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<List<String>> lines = Arbitraries.of(
                        "a", "b", "c", "}", "", "-", "+x", "int f(void)", "out:", "\u00e9\r")
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
        return Combinators.combine(lines, Arbitraries.of("", "\n"))
                .as((list, end) -> String.join("\n", list) + end)
                .filter(text -> !text.isEmpty());
    }

    @Provide
    Arbitrary<String> damage() {
        return Arbitraries.of(
                "",
                "\n",
                " ",
                "+",
                "-",
                "\\ \n",
                "@@ -1 +1 @@\n",
                "9",
                "0",
                ",",
                "\t",
                "\r",
                "--- ",
                "+++ ",
                "a/../x",
                "diff --git a/x b/y\n",
                "rename from x\n",
                "new file mode 100644\n",
                "GIT binary patch\n",
                "/dev/null",
                "Binary files a and b differ\n",
                "\"\\",
                "\u0000");
    }

    /** A differ that is too simple to be wrong: the longest common lines by dynamic programming. */
    private static FileDiff diff(String before, String after, int context) {
        Assume.that(!before.equals(after));
        List<DiffLine> script = script(lines(before), lines(after));
        StringBuilder text = new StringBuilder("--- a/x\n+++ b/x\n");
        for (int i = 0; i < script.size(); ) {
            int first = i;
            while (first < script.size() && isContext(script, first)) {
                first++;
            }
            if (first == script.size()) {
                break;
            }
            int end = first;
            for (int next = first; next < script.size() && next <= end + 1 + 2 * context; next++) {
                end = isContext(script, next) ? end : next;
            }
            int from = Math.max(i, first - context);
            int to = Math.min(script.size(), end + 1 + context);
            text.append(hunk(script, from, to).toText());
            i = to;
        }
        return Diff.parse(text.toString()).files().get(0);
    }

    private static boolean isContext(List<DiffLine> script, int index) {
        return script.get(index).kind() == DiffLine.Kind.CONTEXT;
    }

    private static Hunk hunk(List<DiffLine> script, int from, int to) {
        return new Hunk(
                start(script, from, to, Side.BEFORE),
                start(script, from, to, Side.AFTER),
                "",
                script.subList(from, to));
    }

    private static int start(List<DiffLine> script, int from, int to, Side side) {
        long above = script.subList(0, from).stream()
                .filter(line -> line.kind().isOn(side))
                .count();
        boolean empty =
                script.subList(from, to).stream().noneMatch(line -> line.kind().isOn(side));
        return (int) above + (empty ? 0 : 1);
    }

    private static List<DiffLine> script(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<DiffLine> script = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                script.add(line(DiffLine.Kind.CONTEXT, before.get(i++)));
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                script.add(line(DiffLine.Kind.REMOVED, before.get(i++)));
            } else {
                script.add(line(DiffLine.Kind.ADDED, after.get(j++)));
            }
        }
        return script;
    }

    private static DiffLine line(DiffLine.Kind kind, String content) {
        boolean ended = content.endsWith("\n");
        return new DiffLine(kind, ended ? content.substring(0, content.length() - 1) : content, !ended);
    }

    private static List<String> lines(String text) {
        TextLines lines = TextLines.of(text);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < lines.count(); i++) {
            list.add(lines.get(i));
        }
        return list;
    }
}
