package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.diff.FileDiff.Kind;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.SourcePath;

class DiffTest {
    private static final String ID = "0123456789abcdef0123456789abcdef01234567";
    private static final String HUNK = "@@ -1 +1 @@\n-a\n+b\n";

    private static FileDiff only(String... lines) {
        Diff diff = Diff.parse(String.join("\n", lines) + "\n");
        assertThat(diff.files()).hasSize(1);
        assertThat(Diff.parse(diff.toText())).as("the text that it writes").isEqualTo(diff);
        assertThat(diff.reversed().reversed()).isEqualTo(diff);
        assertThat(Diff.parse(diff.reversed().toText()).files())
                .as("the text of its reversal")
                .isEqualTo(diff.reversed().files());
        return diff.files().get(0);
    }

    private static Optional<SourcePath> path(String text) {
        return Optional.of(SourcePath.parse(text));
    }

    @Nested
    @DisplayName("a mail of git format-patch")
    class Mail {
        private static final String MAIL = """
                From %s Mon Sep 17 00:00:00 2001
                From: A <a@example.org>
                Subject: [PATCH 6.1 2/3] net: do not
                 count twice

                --- is no file, and @@ -1 +1 is no hunk.

                ---
                 net/a.c | 3 ++-
                 1 file changed

                """.formatted(ID);
        private static final String CHANGE = """
                diff --git a/net/a.c b/net/a.c
                index 1234567..89abcde 100644
                --- a/net/a.c
                +++ b/net/a.c
                @@ -10,3 +10,4 @@ static int first(void)
                 \tint i;
                \s
                -\tcount += 2;
                +\tcount++;
                +\treturn 0;
                """;

        private final Diff diff = Diff.parse(MAIL + CHANGE + "-- \n2.43.0\n\n");

        @Test
        void saysItsCommitAndSubject() {
            assertThat(diff.commit()).contains(CommitId.parse(ID));
            assertThat(diff.subject()).isEqualTo("net: do not count twice");
            assertThat(diff.header()).isEqualTo(MAIL);
        }

        @Test
        void hasItsHunksLineByLine() {
            FileDiff file = diff.files().get(0);
            Hunk hunk = file.hunks().get(0);

            assertThat(file.kind()).isEqualTo(Kind.MODIFIED);
            assertThat(file.path().inTree()).isEqualTo(path("net/a.c"));
            assertThat(file.oldMode()).contains(new FileMode("100644")).isEqualTo(file.newMode());
            assertThat(file.blobs()).contains(new Blobs("1234567", "89abcde"));
            assertThat(hunk.oldStart()).isEqualTo(10);
            assertThat(hunk.oldCount()).isEqualTo(3);
            assertThat(hunk.newCount()).isEqualTo(4);
            assertThat(hunk.heading()).isEqualTo("static int first(void)");
            assertThat(hunk.lines())
                    .extracting(DiffLine::kind)
                    .containsExactly(
                            DiffLine.Kind.CONTEXT,
                            DiffLine.Kind.CONTEXT,
                            DiffLine.Kind.REMOVED,
                            DiffLine.Kind.ADDED,
                            DiffLine.Kind.ADDED);
            assertThat(hunk.lines().get(2).text()).isEqualTo("\tcount += 2;");
        }

        @Test
        void isWrittenAsItWas() {
            assertThat(diff.toText()).isEqualTo(MAIL + CHANGE);
        }

        @Test
        void ofOneDiffAfterAnotherHasTheFilesOfBoth() {
            Diff series = Diff.parse(MAIL + CHANGE + "-- \n2.43.0\n\n" + MAIL + CHANGE);

            assertThat(series.files())
                    .containsExactly(diff.files().get(0), diff.files().get(0));
            assertThat(series.commit()).isEqualTo(diff.commit());
        }

        @Test
        void withReturnsFromItsWayThroughMailIsReadWithoutThem() {
            assertThat(Diff.parse((MAIL + CHANGE).replace("\n", "\r\n")).files())
                    .isEqualTo(diff.files());
        }
    }

    @Test
    void theOutputOfGitLogSaysItsCommitAndSubject() {
        Diff diff = Diff.parse("commit " + ID + " (HEAD)\nAuthor: A\n\n    net: caf\u00c3\u00a9\n\n    More.\n\n");

        assertThat(diff.commit()).contains(CommitId.parse(ID));
        assertThat(diff.subject()).isEqualTo("net: caf\u00e9");
        assertThat(diff.files()).isEmpty();
    }

    @Test
    void aTextWithoutDiffHasNoFiles() {
        assertThat(Diff.parse("").files()).isEmpty();
        assertThat(Diff.parse("Hello\n--- a/b\n\n+++ b/c\n").files()).isEmpty();
    }

    @Test
    void plainDiffsLoseTheirTimeStamps() {
        FileDiff file = only(
                "diff -ru linux.orig/net/a b.c linux/net/a b.c",
                "--- linux.orig/net/a b.c\t2024-01-02 03:04:05.000000000 +0100",
                "+++ linux/net/a b.c\t2024-01-02 03:04:06.000000000 +0100",
                "@@ -1 +1 @@",
                "-a",
                "+b");

        assertThat(file.kind()).isEqualTo(Kind.MODIFIED);
        assertThat(file.oldPath()).contains(new DiffPath("net/a b.c")).isEqualTo(file.newPath());
        assertThat(file.oldMode()).isEmpty();
        assertThat(file.toText()).isEqualTo("--- a/net/a b.c\t\n+++ b/net/a b.c\t\n" + HUNK);
    }

    @Test
    void aStampAfterABlankIsNoPartOfTheName() {
        assertThat(only("--- a/x.c 2024-01-02 03:04:05", "+++ b/x.c 2024-01-02T03:04Z", "@@ -1 +1 @@", "-a", "+b")
                        .path())
                .isEqualTo(new DiffPath("x.c"));
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/null, b/x.c, ADDED",
        "/dev/null\t1970-01-01 01:00:00 +0100, b/x.c, ADDED",
        "a/x.c\t1970-01-01 01:00:00 +0100, b/x.c\t2024-01-01 01:00:00 +0100, ADDED",
        "a/x.c\t2024-01-01 01:00:00 +0100, b/x.c\t2024-01-01 01:00:00 +0100, MODIFIED"
    })
    void anEmptySideOfAPlainDiffIsNoFileIfItsNameOrStampSaysSo(String before, String after, Kind kind) {
        FileDiff file = only("--- " + before, "+++ " + after, "@@ -0,0 +1 @@", "+a");

        assertThat(file.kind()).isEqualTo(kind);
        assertThat(file.path()).isEqualTo(new DiffPath("x.c"));
        assertThat(file.reversed().kind()).isEqualTo(kind == Kind.ADDED ? Kind.DELETED : kind);
    }

    @Test
    void aNewFileMayBeEmpty() {
        FileDiff file = only("diff --git a/x y/z b/x y/z", "new file mode 100755", "index 0000000..e69de29");

        assertThat(file.kind()).isEqualTo(Kind.ADDED);
        assertThat(file.path()).isEqualTo(new DiffPath("x y/z"));
        assertThat(file.newMode()).contains(new FileMode("100755"));
    }

    @Test
    void aDeletedFileHasItsOldNameOnly() {
        FileDiff file = only(
                "diff --git a/x b/x", "deleted file mode 120000", "--- a/x", "+++ /dev/null", "@@ -1 +0,0 @@", "-/etc");

        assertThat(file.kind()).isEqualTo(Kind.DELETED);
        assertThat(file.newPath()).isEmpty();
        assertThat(file.oldMode().orElseThrow().isSymbolicLink()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"rename, RENAMED", "copy, COPIED"})
    void aRenameOrCopyHasBothNames(String verb, Kind kind) {
        FileDiff file = only(
                "diff --git a/net/a.c b/net/b.c",
                "similarity index 90%",
                verb + " from net/a.c",
                verb + " to net/b.c",
                "--- a/net/a.c",
                "+++ b/net/b.c",
                "@@ -1 +1 @@",
                "-a",
                "+b");

        assertThat(file.kind()).isEqualTo(kind);
        assertThat(file.oldPath()).contains(new DiffPath("net/a.c"));
        assertThat(file.newPath()).contains(new DiffPath("net/b.c"));
        assertThat(file.hunks()).hasSize(1);
    }

    @Test
    void aModeCanBeAllThatChanges() {
        FileDiff file = only("diff --git a/x b/x", "old mode 100644", "new mode 100755");

        assertThat(file.kind()).isEqualTo(Kind.MODE_ONLY);
        assertThat(file.newMode()).contains(new FileMode("100755"));
    }

    @Test
    void aBinaryChangeIsKept() {
        FileDiff file = only(
                "diff --git a/x.png b/x.png",
                "new file mode 100644",
                "index 0000000..f76dd23",
                "GIT binary patch",
                "literal 3",
                "KcmZQzWcmC",
                "",
                "literal 0",
                "HcmV?d00001",
                "");

        assertThat(file.kind()).isEqualTo(Kind.ADDED);
        assertThat(file.binary())
                .contains(new BinaryChange(List.of("literal 3", "KcmZQzWcmC"), List.of("literal 0", "HcmV?d00001")));
    }

    @ParameterizedTest
    @CsvSource({
        "Binary files a/x.png and b/x.png differ, MODIFIED",
        "Binary files /dev/null and b/x.png differ, ADDED",
        "Binary files a/x.png and /dev/null differ, DELETED"
    })
    void aBinaryChangeOfWhichNothingElseIsSaidIsKept(String line, Kind kind) {
        FileDiff file = only(line);

        assertThat(file.kind()).isEqualTo(kind);
        assertThat(file.binary()).contains(BinaryChange.UNKNOWN);
        assertThat(file.path()).isEqualTo(new DiffPath("x.png"));
    }

    @Test
    void quotedNamesAreUnquoted() {
        FileDiff file = only(
                "diff --git \"a/\\344\\270\\255 \\\"x\\\"\\t.c\" \"b/\\344\\270\\255 \\\"x\\\"\\t.c\"",
                "--- \"a/\\344\\270\\255 \\\"x\\\"\\t.c\"",
                "+++ \"b/\\344\\270\\255 \\\"x\\\"\\t.c\"",
                "@@ -1 +1 @@",
                "-a",
                "+b");

        assertThat(file.path().raw()).isEqualTo("\u00e4\u00b8\u00ad \"x\"\t.c");
        assertThat(file.path().inTree()).as("it has a tab").isEmpty();
        assertThat(only("--- a/\u00e4\u00b8\u00ad.c", "+++ \"b/\\344\\270\\255.c\"", "@@ -1 +1 @@", "-a", "+b")
                        .path()
                        .inTree())
                .isEqualTo(path("\u4e2d.c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.c",
                "/etc/passwd",
                "a//etc/passwd",
                "a/../x.c",
                "a/b/../../x.c",
                "a/./x.c",
                "a/x\\y.c",
                "\"a/x\\ny.c\"",
                "a/\u00ff.c"
            })
    void aNameThatLeadsOutOfTheTreeIsReportedAsSuch(String name) {
        FileDiff file = only("--- " + name, "+++ " + name, "@@ -1 +1 @@", "-a", "+b");

        assertThat(file.path().inTree()).isEmpty();
    }

    @Test
    void bytesOfAnyCharacterSetComeThrough() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i == '\n' ? 'n' : i);
        }
        String line = new String(bytes, StandardCharsets.ISO_8859_1);

        FileDiff file = only("--- a/x", "+++ b/x", "@@ -1 +1,2 @@", " " + line, "+" + line + "\r");

        assertThat(file.hunks().get(0).lines().get(0).text()).isEqualTo(line);
        assertThat(file.hunks().get(0).lines().get(1).text()).isEqualTo(line + "\r");
    }

    @Test
    void aLineMayLackItsEnd() {
        FileDiff file = only(
                "--- a/x",
                "+++ b/x",
                "@@ -1 +1,2 @@",
                "-a",
                "\\ No newline at end of file",
                "+a",
                "+b",
                "\\ Kein Zeilenumbruch am Dateiende.");

        assertThat(file.hunks().get(0).lines()).extracting(DiffLine::content).containsExactly("a", "a\n", "b");
    }

    @Test
    void contextLinesMayHaveLostTheirSpace() {
        FileDiff file = only("--- a/x", "+++ b/x", "@@ -1,4 +1,4 @@", " a", "", "\tint b;", "-c", "+d");

        assertThat(file.hunks().get(0).lines())
                .extracting(DiffLine::text)
                .containsExactly("a", "", "\tint b;", "c", "d");
    }

    @Test
    void changedLinesThatLookLikeHeadersAreLines() {
        FileDiff file = only(
                "--- a/x",
                "+++ b/x",
                "@@ -1,3 +1,3 @@",
                "--- a",
                "--- ",
                "-@@ -1 +1 @@",
                "+++ b",
                "+-- ",
                "+diff --git");

        assertThat(file.hunks().get(0).lines())
                .extracting(DiffLine::text)
                .containsExactly("-- a", "-- ", "@@ -1 +1 @@", "++ b", "-- ", "diff --git");
    }

    @Test
    void removedLinesComeBeforeTheAddedOnesOfTheirNeighbourhood() {
        FileDiff file = only("--- a/x", "+++ b/x", "@@ -1,3 +1,3 @@", "+1", "-2", "+3", " 4", "-5");

        assertThat(file.toText()).endsWith("@@\n-2\n+1\n+3\n 4\n-5\n");
    }

    @Test
    void reversingTurnsEverythingAround() {
        Diff diff = Diff.parse("--- a/x\n+++ b/x\n@@ -1,2 +2 @@ f\n a\n-b\n--- a/y\n+++ b/y\n" + HUNK);

        assertThat(diff.reversed().toText())
                .isEqualTo("--- a/y\n+++ b/y\n@@ -1 +1 @@\n-b\n+a\n--- a/x\n+++ b/x\n@@ -2 +1,2 @@ f\n a\n+b\n");
    }
}
