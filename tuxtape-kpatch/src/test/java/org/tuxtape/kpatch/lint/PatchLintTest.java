package org.tuxtape.kpatch.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.source.SourceView;

@DisplayName("The lint calls a fix")
class PatchLintTest {
    private static final PatchLint LINT = PatchLint.forKpatchBuild();
    private static final String F = "int f(void)\n{\n\treturn 1;\n}\n";
    private static final String G = "int f(void)\n{\n\treturn 2;\n}\n";
    private static final SourceView TREE = view(Map.of("net/image.c", F));

    private static SourceView view(Map<String, String> files) {
        return path -> Optional.ofNullable(files.get(path.text()));
    }

    private static LintReport check(SourceView tree, String... diffs) {
        return LINT.check(List.of(diffs).stream().map(Diff::parse).toList(), tree, Optional.of(LintCase.BUILD));
    }

    private static LintFinding only(LintReport report) {
        assertThat(report.findings()).hasSize(1);
        return report.findings().get(0);
    }

    @Test
    @DisplayName("likely to work where it changes a function and nothing else")
    void likely() {
        LintReport report = LintCase.of("net/image.c", F, G).report();

        assertThat(report.verdict()).isEqualTo(LintVerdict.LIKELY);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    @DisplayName("risky, and says where, in which function, and what to do")
    void risky() {
        String data = "\nstatic int limit = 1;\n";
        LintReport report =
                LintCase.of("net/image.c", data + F, data.replace('1', '2') + G).report();

        assertThat(report.verdict()).isEqualTo(LintVerdict.RISKY);
        LintFinding finding = only(report);
        assertThat(finding.rule()).isEqualTo(LintRule.STATIC_DATA);
        assertThat(finding.place()).contains(new SourcePlace(SourcePath.parse("net/image.c"), OptionalInt.of(2)));
        assertThat(finding.symbol()).contains("limit");
        assertThat(finding.explain()).isEqualTo("STATIC_DATA net/image.c:2 limit: limit has another value.");
        assertThat(report.reasons()).containsExactly(finding);
    }

    @Test
    @DisplayName("impossible only where the tool refuses it: what of klp-build is a no is none of kpatch-build")
    void impossible() {
        LintCase vdso = LintCase.of("arch/x86/entry/vdso/x.c", F, G);

        assertThat(vdso.report().verdict()).isEqualTo(LintVerdict.RISKY);
        assertThat(vdso.report(PatchLint.forKlpBuild()).verdict()).isEqualTo(LintVerdict.IMPOSSIBLE);
        assertThat(LintCase.of("lib/x.c", F, F + "\n").report().verdict())
                .as("comments only, but the name is enough for the tool")
                .isEqualTo(LintVerdict.IMPOSSIBLE);
    }

    @Test
    @DisplayName("risky for klp-build where a traced system call changes, and has nothing to say of line numbers there")
    void systemCalls() {
        LintCase call = LintCase.of(
                "net/image.c",
                "SYSCALL_DEFINE1(f, int, a) { a(); }\nvoid g(void) { ASSERT(1); }\n",
                "SYSCALL_DEFINE1(f, int, a) {\n b(); }\nvoid g(void) { ASSERT(1); }\n");

        assertThat(call.report().findings()).extracting(LintFinding::rule).containsExactly(LintRule.LINE_NUMBERS);
        assertThat(call.report(PatchLint.forKlpBuild()).findings()).isEmpty();
        assertThat(PatchLint.forKlpBuild()
                        .check(List.of(call.diff()), call.tree(), Optional.empty())
                        .findings())
                .extracting(LintFinding::rule)
                .containsExactly(LintRule.SYSCALL);
    }

    @Test
    @DisplayName("without effect only if no part of it has one")
    void withoutEffect() {
        String absent = LintCase.diff("net/absent.c", F, G);
        String present = LintCase.diff("net/image.c", F, G);
        SourceView tree = view(Map.of("net/absent.c", F, "net/image.c", F));

        assertThat(check(tree, absent).verdict()).isEqualTo(LintVerdict.NO_EFFECT);
        assertThat(check(tree, absent, present).verdict()).isEqualTo(LintVerdict.LIKELY);
        assertThat(check(tree, absent, present).findings())
                .extracting(LintFinding::rule)
                .containsExactly(LintRule.NOT_COMPILED);
        assertThat(LINT.check(List.of(Diff.parse(absent)), tree, Optional.empty())
                        .findings())
                .as("nothing is known without a profile")
                .isEmpty();
    }

    @Test
    @DisplayName("without effect where it changes nothing at all")
    void nothingAtAll() {
        assertThat(only(check(TREE)).rule()).isEqualTo(LintRule.NO_CHANGE);
        assertThat(only(check(TREE, LintCase.diff("net/image.c", F, G), LintCase.diff("net/image.c", G, F)))
                        .rule())
                .isEqualTo(LintRule.NO_CHANGE);
    }

    @Test
    @DisplayName("impossible where it does not apply, and names the hunks")
    void doesNotApply() {
        String misfit =
                "--- a/net/image.c\n+++ b/net/image.c\n@@ -1 +1 @@\n-x\n+y\n@@ -3 +3 @@\n-\treturn 1;\n+\treturn 2;\n";

        LintFinding finding = only(check(TREE, misfit));

        assertThat(finding.rule()).isEqualTo(LintRule.DOES_NOT_APPLY);
        assertThat(finding.detail()).startsWith("Hunk 1 of 2 ");
        assertThat(only(check(TREE, LintCase.diff("net/none.c", F, G))).detail())
                .isEqualTo("net/none.c is not there.");
        assertThat(only(check(TREE, LintCase.diff("net/image.c", "", G))).detail())
                .isEqualTo("net/image.c is there already.");
    }

    @Test
    @DisplayName("risky where it applies with fuzz only")
    void fuzz() {
        String inexact = """
                --- a/net/image.c
                +++ b/net/image.c
                @@ -1,4 +1,4 @@
                 long f(void)
                 {
                -	return 1;
                +	return 2;
                 }
                """;

        assertThat(only(check(TREE, inexact)).rule()).isEqualTo(LintRule.FUZZ);
        assertThat(check(TREE, inexact).verdict()).isEqualTo(LintVerdict.RISKY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.c", "/etc/x.c", "net/../../x.c"})
    @DisplayName("refused where a name leads out of the tree")
    void leavesTheTree(String name) {
        LintFinding finding = only(check(TREE, LintCase.diff(name, F, G)));

        assertThat(finding.rule()).isEqualTo(LintRule.PATH_ESCAPE);
        assertThat(finding.verdict()).isEqualTo(LintVerdict.REFUSED);
        assertThat(finding.place()).isEmpty();
    }

    @Test
    @DisplayName("refused where it makes a symbolic link or goes through one")
    void links(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("outside"));
        Files.createDirectories(root.resolve("tree"));
        Files.createSymbolicLink(root.resolve("tree/net"), root.resolve("outside"));
        String made = "diff --git a/x b/x\nnew file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc\n";
        SourceView tree = SourceDirectory.of(root.resolve("tree"));

        assertThat(check(tree, LintCase.diff("net/x.c", "", G)).findings())
                .extracting(LintFinding::rule)
                .contains(LintRule.SYMLINK);
        assertThat(check(TREE, made).verdict()).isEqualTo(LintVerdict.REFUSED);
    }

    @Test
    @DisplayName("refused where it touches a makefile, whatever else it does")
    void makefile() {
        SourceView tree = view(Map.of("net/image.c", F, "net/Makefile", "a\n"));
        LintReport report =
                check(tree, LintCase.diff("net/image.c", F, G), LintCase.diff("net/Makefile", "a\n", "b\n"));

        assertThat(report.verdict()).isEqualTo(LintVerdict.REFUSED);
        assertThat(report.reasons()).extracting(LintFinding::rule).containsExactly(LintRule.BUILD_SCRIPT);
    }

    @Test
    @DisplayName("impossible where a file is binary")
    void binary() {
        assertThat(only(check(TREE, "Binary files a/net/image.c and b/net/image.c differ\n"))
                        .rule())
                .isEqualTo(LintRule.BINARY);
    }

    @Test
    @DisplayName("likely to work also where the file is large")
    void large() {
        String text = "int x;\n".repeat(1 << 18);

        assertThat(LintCase.of("net/image.c", text, text + F).report().verdict())
                .isEqualTo(LintVerdict.LIKELY);
    }
}
