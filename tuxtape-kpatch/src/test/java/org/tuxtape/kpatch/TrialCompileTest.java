package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.pipeline.Screening.Outlook;
import org.tuxtape.kpatch.TrialCompile.Effect;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.LintRule;
import org.tuxtape.kpatch.lint.LintVerdict;
import org.tuxtape.kpatch.lint.PatchLint;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.tree.BuildTree;

/** With the machine's own compiler, in a tree of two files. */
class TrialCompileTest {
    private static final String FILE = "net/core/box.c";
    private static final String SOURCE = """
            #include <lock.h>
            #include "box.h"

            const char *where(void)
            {
            \treturn __FILE__;
            }

            int __init begin(void)
            {
            \tspin_lock();
            \treturn 1;
            }

            int weigh(int box)
            {
            \tint sum = 0;
            \tspin_lock();
            \treturn BOX + box + sum;
            }

            #if BOX > 10
            int heavy;
            #endif

            int line(void)
            {
            \treturn __LINE__;
            }
            """;

    @TempDir
    private Path directory = Path.of("");

    private Path root = Path.of("");
    private Path scratch = Path.of("");

    @BeforeEach
    void compile() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "gcc"))),
                "gcc is not installed");
        root = Files.createDirectory(directory.resolve("tree")).toRealPath();
        scratch = Files.createDirectory(directory.resolve("scratch"));
        write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\nEXTRAVERSION =\n");
        write(".config", "CONFIG_LIVEPATCH=y\n");
        write("include/config/kernel.release", "6.1.192\n");
        write(
                "include/lock.h",
                "void lock(void);\n#define spin_lock lock\n#define raw_spin_lock lock\n#define __init\n");
        write("net/core/box.h", "#define BOX 4\n");
        write(FILE, SOURCE);
        write("net/core/box.o", "");
        write(
                "net/core/.box.o.cmd",
                "cmd_net/core/box.o := gcc -Wp,-MMD,net/core/.box.o.d -I./include -fmacro-prefix-map=./= -O2 -g"
                        + " -DKBUILD_MODNAME='\"box\"' -c -o net/core/box.o net/core/box.c ; ./objtool net/core/box.o\n");
        write("net/core/part.c", "int part;\n");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private TrialCompile trial() {
        return TrialCompile.of(BuildTree.open(root), BuilderOptions.in(scratch));
    }

    private static List<Diff> fix(String file, String line, String by) {
        return List.of(Diff.parse("--- a/" + file + "\n+++ b/" + file + "\n" + hunk(file, line, by)));
    }

    private static String hunk(String file, String line, String by) {
        List<String> lines = (file.equals(FILE) ? SOURCE : file.endsWith(".h") ? "#define BOX 4\n" : "int part;\n")
                .lines()
                .toList();
        int at = Math.max(1, lines.lastIndexOf(line) + 1);
        StringBuilder text =
                new StringBuilder("@@ -" + at + " +" + at + "," + by.lines().count() + " @@\n-" + line + "\n");
        by.lines().forEach(each -> text.append('+').append(each).append('\n'));
        return text.toString();
    }

    private Effect effect(String line, String by) {
        return trial().check(fix(FILE, line, by), Context.standard());
    }

    @Test
    void whatAMacroMakesTheSameHasNoEffect() {
        assertThat(effect("\tspin_lock();", "\traw_spin_lock();"))
                .isEqualTo(new Effect.None(List.of(SourcePath.parse(FILE))));
    }

    @Test
    void whatTheCompilerSeesThroughHasNoEffectAndNeitherHasALineMore() {
        assertThat(effect("\tint sum = 0;", "\tint zero = 0;\n\tint sum = zero;"))
                .isInstanceOf(Effect.None.class);
    }

    @Test
    void whatIsLeftOutHasNoEffectAlsoWhereItMovesWhatIsNot() {
        assertThat(effect("int heavy;", "int heavy;\nint heavier;\nint heaviest;"))
                .isInstanceOf(Effect.None.class);
    }

    @Test
    void otherCodeIsAnEffect() {
        assertThat(effect("\treturn BOX + box + sum;", "\treturn BOX - box;"))
                .isEqualTo(new Effect.Some(SourcePath.parse(FILE)));
    }

    @Test
    void ofHeadersOfFilesThatOthersIncludeAndOfWhatDoesNotCompileOrFitNothingIsKnown() {
        assertThat(trial().check(fix("net/core/box.h", "#define BOX 4", "#define BOX 5"), Context.standard()))
                .isInstanceOfSatisfying(
                        Effect.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("net/core/box.h"));
        assertThat(trial().check(fix("net/core/part.c", "int part;", "long part;"), Context.standard()))
                .isInstanceOf(Effect.Unknown.class);
        assertThat(effect("\tint sum = 0;", "\tint sum = nothing;")).isInstanceOf(Effect.Unknown.class);
        assertThat(effect("\tint not_there;", "\tint sum;")).isInstanceOf(Effect.Unknown.class);
        assertThat(trial().check(List.of(), Context.standard())).isInstanceOf(Effect.Unknown.class);
    }

    @Test
    void theTreeStaysAsItIsAndNothingIsLeftInTheScratch() throws IOException {
        effect("\treturn BOX + box + sum;", "\treturn 0;");

        assertThat(Files.readString(root.resolve(FILE))).isEqualTo(SOURCE);
        assertThat(root.resolve("net/core/box.o")).isEmptyFile();
        assertThat(root.resolve("net/core")).isDirectoryNotContaining("glob:**.d");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aCancelledTrialSaysSo() {
        CancellationToken token = CancellationToken.create();
        token.cancel();

        assertThatThrownBy(() -> trial().check(
                                fix(FILE, "\tint sum = 0;", "\tint sum = 1;"),
                                Context.standard().with(token)))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void theLintIsToldThatAFixHasNoEffect() {
        assertThat(refined("\tint sum = 0;", "\tint sum = 0, none;").verdict()).isEqualTo(LintVerdict.NO_EFFECT);
        assertThat(refined("\tint sum = 0;", "\tint sum = 1;").verdict()).isEqualTo(LintVerdict.LIKELY);
    }

    @Test
    void codeThatRunsAtBootOnlyGivesWayWhereItStaysTheSame() {
        assertThat(refined("\treturn 1;", "\treturn 2 - 1;").findings())
                .extracting(finding -> finding.rule())
                .contains(LintRule.SAME_CODE)
                .doesNotContain(LintRule.INIT_ONLY);
        assertThat(refined("\treturn 1;", "\treturn 2;").verdict()).isEqualTo(LintVerdict.IMPOSSIBLE);
    }

    @Test
    void aStageOfAPipelineTellsBeforehandThatAFixHasNoEffect() {
        assertThat(outlook("\tint sum = 0;", "\tint sum = 0, none;")).isEqualTo(Outlook.NO_EFFECT);
        assertThat(outlook("\tint sum = 0;", "\tint sum = 1;")).isEqualTo(Outlook.LIKELY);
    }

    private Outlook outlook(String line, String by) {
        String diff = "--- a/" + FILE + "\n+++ b/" + FILE + "\n" + hunk(FILE, line, by);
        Fix fix = new Fix(
                CveId.parse("CVE-2024-1000"),
                KernelVersion.parse("6.1"),
                List.of(new FixCommit(Optional.empty(), "a fix", diff)));
        return LintScreen.of(PatchLint.forKpatchBuild(), SourceDirectory.of(root), Optional.empty())
                .trying(trial())
                .screen(fix, Context.standard())
                .outlook();
    }

    private LintReport refined(String line, String by) {
        List<Diff> diffs = fix(FILE, line, by);
        LintReport report = PatchLint.forKpatchBuild().check(diffs, SourceDirectory.of(root), Optional.empty());
        return trial().refine(report, diffs, Context.standard());
    }
}
