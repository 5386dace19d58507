package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.diff.DiffException.Fault;

@DisplayName("A text that is no diff to rely on")
class MalformedDiffTest {
    private static final String NAMES = "--- a/x\n+++ b/x\n";
    private static final String GIT = "diff --git a/x b/x\n";

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("a hunk cut off", NAMES + "@@ -1,2 +1,2 @@\n a\n", Fault.TRUNCATED, 5),
                Arguments.of(
                        "a hunk cut off by a signature",
                        NAMES + "@@ -1,3 +1,2 @@\n a\n-- \n2.4\n",
                        Fault.MALFORMED_HUNK,
                        6),
                Arguments.of("too few lines", NAMES + "@@ -1,2 +1,2 @@\n a\ndiff\n", Fault.MALFORMED_HUNK, 5),
                Arguments.of("too many lines", NAMES + "@@ -1 +1 @@\n-a\n+b\n+c\n", Fault.MALFORMED_HUNK, 6),
                Arguments.of("too many of one side", NAMES + "@@ -1 +1,2 @@\n-a\n-b\n", Fault.MALFORMED_HUNK, 5),
                Arguments.of("no numbers", NAMES + "@@ somewhere @@\n-a\n", Fault.MALFORMED_HUNK, 3),
                Arguments.of("a number beyond all files", NAMES + "@@ -1,9999999999 +1 @@\n", Fault.MALFORMED_HUNK, 3),
                Arguments.of("line 0", NAMES + "@@ -0,1 +1 @@\n-a\n+b\n", Fault.MALFORMED_HUNK, 3),
                Arguments.of("no change", NAMES + "@@ -1 +1 @@\n a\n", Fault.MALFORMED_HUNK, 3),
                Arguments.of("no line at all", NAMES + "@@ -1,0 +1,0 @@\n", Fault.MALFORMED_HUNK, 3),
                Arguments.of("no line to lack its end", NAMES + "@@ -1 +1 @@\n\\ No\n", Fault.MALFORMED_HUNK, 4),
                Arguments.of("lines below the last", NAMES + "@@ -1,2 +1 @@\n-a\n\\ No\n", Fault.MALFORMED_HUNK, 5),
                Arguments.of("two lacking ends", NAMES + "@@ -1 +0,0 @@\n-a\n\\ No\n\\ No\n", Fault.MALFORMED_HUNK, 6),
                Arguments.of("names only", NAMES, Fault.TRUNCATED, 3),
                Arguments.of("names and other text", NAMES + "x\n", Fault.MALFORMED_HEADER, 3),
                Arguments.of("a hunk of no file", "x\n@@ -1 +1 @@\n-a\n+b\n", Fault.MALFORMED_HEADER, 2),
                Arguments.of("a header that says nothing", GIT + "x\n", Fault.MALFORMED_HEADER, 2),
                Arguments.of("a header cut off", GIT, Fault.TRUNCATED, 2),
                Arguments.of("no mode", GIT + "old mode 1006\n", Fault.MALFORMED_HEADER, 2),
                Arguments.of("an empty name", GIT + "rename from \n", Fault.MALFORMED_HEADER, 2),
                Arguments.of(
                        "new and deleted",
                        GIT + "new file mode 100644\ndeleted file mode 100644\n",
                        Fault.MALFORMED_HEADER,
                        3),
                Arguments.of(
                        "two names for one file",
                        "x\n" + GIT + "--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n",
                        Fault.MALFORMED_HEADER,
                        2),
                Arguments.of(
                        "a new file with old lines",
                        "--- /dev/null\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
                        Fault.MALFORMED_HEADER,
                        1),
                Arguments.of("no name", "--- x\n+++ y\n@@ -1 +1 @@\n-a\n+b\n", Fault.MALFORMED_HEADER, 1),
                Arguments.of("binary content cut off", GIT + "GIT binary patch\nliteral 1\nAa\n", Fault.TRUNCATED, 5),
                Arguments.of("no binary content", GIT + "GIT binary patch\n\n", Fault.MALFORMED_HEADER, 3),
                Arguments.of("a merge", "diff --cc x\n", Fault.UNSUPPORTED, 1),
                Arguments.of("context marks", "*** a/x\n--- b/x\n***************\n", Fault.UNSUPPORTED, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void isRefusedAtItsLine(String what, String text, Fault fault, int line) {
        assertThatExceptionOfType(DiffException.class)
                .isThrownBy(() -> Diff.parse(text))
                .satisfies(e -> assertThat(e.line()).isEqualTo(line))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault))
                .withMessageStartingWith("Line " + line + " of the diff: ");
    }

    @Test
    void isRefusedWhereItIsLongerThanAllowed() {
        assertThatExceptionOfType(DiffException.class)
                .isThrownBy(() -> Diff.parse("four\n", 4))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.LIMIT_EXCEEDED))
                .satisfies(e -> assertThat(e.line()).isZero());
        assertThat(Diff.parse("four", 4).files()).isEmpty();
    }

    @Test
    void isRefusedWhereItWasDecodedInAnotherWay() {
        assertThatExceptionOfType(DiffException.class)
                .isThrownBy(() -> Diff.parse("\u4e2d"))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NOT_BYTES));
    }
}
