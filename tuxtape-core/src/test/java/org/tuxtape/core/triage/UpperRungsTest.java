package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.diff.HunkState;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.source.Inclusion;
import org.tuxtape.core.source.SourceTree;

@DisplayName("With the source and the fix at hand")
class UpperRungsTest {
    private static final String VENDOR = "6.1.20-vendor";
    private static final String BEFORE = "int f(int *p)\n{\n\tint a;\n\n\ta = *p;\n\treturn a;\n}\n";
    private static final String AFTER =
            "int f(int *p)\n{\n\tint a;\n\n\tif (!p)\n\t\treturn 0;\n\ta = *p;\n\treturn a;\n}\n";
    private static final String STRANGE = "int f(int *p)\n{\n\treturn p ? *p : 0;\n}\n";
    private static final String FIX = fix("a.c");

    private static String fix(String file) {
        return "--- a/" + file + "\n+++ b/" + file + "\n@@ -2,6 +2,8 @@ int f(int *p)\n {\n \tint a;\n \n"
                + "+\tif (!p)\n+\t\treturn 0;\n \ta = *p;\n \treturn a;\n }\n";
    }

    private static SourceTree tree(String... pathsAndTexts) {
        Map<SourcePath, String> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(SourcePath.parse(pathsAndTexts[i]), pathsAndTexts[i + 1]);
        }
        return SourceTree.of(files);
    }

    private static Cve cve(String pairs, String... files) {
        return Cve.builder(WrittenFixes.CVE)
                .ranges(Pairs.parse(pairs))
                .files(files)
                .build();
    }

    private static WrittenProfile profile(String release) {
        return WrittenProfile.of(release).compiled("a.c", "vmlinux").absent("absent.c");
    }

    private static Verdict assess(Cve cve, WrittenProfile profile, SourceTree source, FixSource fixes) {
        return Applicability.assess(cve, Target.of(profile).with(source).with(fixes), Context.standard());
    }

    private static Verdict assess(String release, String pairs, String text) {
        return assess(cve(pairs, "a.c"), profile(release), tree("a.c", text), WrittenFixes.own("6.1", FIX));
    }

    @ParameterizedTest(name = "release {0}, pairs {1}, source {2}: {3}, weak {4}")
    @CsvSource({
        // the source knows better than the version
        "6.1.20,        5.0->?,      AFTER,   fixed,               false, version files function source",
        "6.1.20,        5.0->?,      BEFORE,  affected,            false, version files function source",
        "6.1.20,        5.0->?,      STRANGE, affected,            false, version files function source",
        "6.1.20,        5.0->6.1.10, AFTER,   fixed,               false, version files function source",
        "6.1.20,        5.0->6.1.10, BEFORE,  affected,            false, version files function source",
        "6.1.20,        '',          STRANGE, under_investigation, false, version files function source",
        "6.1.20,        '',          BEFORE,  affected,            false, version files function source",
        "6.1.20-vendor, 5.0->?,      AFTER,   fixed,               false, version files function source",
        "6.1.20-vendor, 5.0->?,      STRANGE, affected,            true,  version files function source",
        "6.1.20-vendor, 5.0->6.1.10, STRANGE, fixed,               true,  version files function source",
        // code as before the fix is no bug where what brought the bug in never came
        "6.1.20,        6.2->?,      BEFORE,  not_affected,        false, version",
        "6.1.20-vendor, 6.2->?,      BEFORE,  not_affected,        true,  version files function source",
        "6.1.20-vendor, 6.2->?,      AFTER,   fixed,               false, version files function source",
    })
    void theSourceDecidesWhateverTheVersionSays(
            String release, String pairs, String side, String status, boolean weak, String rungs) {
        Verdict verdict =
                assess(release, pairs, Map.of("BEFORE", BEFORE, "AFTER", AFTER).getOrDefault(side, STRANGE));

        assertThat(verdict.status()).hasToString(status);
        assertThat(verdict.isWeak()).isEqualTo(weak);
        assertThat(verdict.evidence())
                .extracting(found -> found.rung().toString())
                .containsExactly(rungs.split(" ", -1));
    }

    @Test
    void eachHunkIsEvidence() {
        String two = FIX + fix("b.c").replace("a = *p", "b = *p");
        SourceTree tree = tree("a.c", AFTER, "b.c", BEFORE.replace("a = *p", "b = *p"));

        Verdict verdict = assess(cve("", "a.c", "b.c"), profile(VENDOR), tree, WrittenFixes.own("6.1", two));

        assertThat(verdict.status()).isEqualTo(VexStatus.UNDER_INVESTIGATION);
        Evidence.Source source = verdict.source().orElseThrow();
        assertThat(source.hunks().values()).containsExactly(HunkState.AFTER, HunkState.BEFORE);
        assertThat(source.hunks().keySet()).hasToString("[a.c, hunk 1, b.c, hunk 1]");
        assertThat(source.reason())
                .isEqualTo("The source does not tell whether it has the fix for 6.1 (012345678901)."
                        + " Of 2 hunks: 1 before it, 1 after it. Not there: b.c, hunk 1 (before it).");
    }

    @Test
    void aFixOfAnotherBranchOrADifferenceOfTreesIsWeak() {
        for (FixSource fixes : List.of(WrittenFixes.ofOtherBranch("6.6", FIX), WrittenFixes.ofTrees("6.1", FIX))) {
            Verdict verdict = assess(cve("", "a.c"), profile("6.1.20"), tree("a.c", AFTER), fixes);

            assertThat(verdict.status()).isEqualTo(VexStatus.FIXED);
            assertThat(verdict.isWeak()).isTrue();
        }
    }

    @Test
    void codeThatIsNotBuiltIsNotComparedSinceItDoesNotMatter() {
        Verdict verdict = assess(
                cve("5.0->?", "absent.c"),
                profile("6.1.20"),
                tree("absent.c", BEFORE),
                WrittenFixes.own("6.1", fix("absent.c")));

        assertThat(verdict.status()).isEqualTo(VexStatus.NOT_AFFECTED);
        assertThat(verdict.source()).isEmpty();
    }

    @ParameterizedTest(name = "under {0}: {1}, {2}")
    @CsvSource({
        "#ifdef CONFIG_OFF,                LEFT_OUT, not_affected",
        "#if IS_ENABLED(CONFIG_OFF),       LEFT_OUT, not_affected",
        "#if 0,                            LEFT_OUT, not_affected",
        "#ifdef CONFIG_ON,                 COMPILED, affected",
        "#if LINUX_VERSION_CODE > 5,       UNKNOWN,  affected",
        "#ifdef CONFIG_OFF_BY_ITSELF,      UNKNOWN,  affected",
    })
    void whatThePreprocessorLeavesOutIsNotThere(String condition, Inclusion inclusion, String status) {
        String head = "#define CONFIG_OFF_BY_ITSELF\n" + condition + "\n";
        for (String text : List.of(BEFORE, AFTER)) {
            Verdict verdict = assess(
                    cve("5.0->?", "a.c"),
                    profile("6.1.20").option("ON", "y"),
                    tree("a.c", head + text + "#endif\n"),
                    WrittenFixes.own("6.1", FIX));

            Evidence.Functions functions = verdict.functions().orElseThrow();
            assertThat(functions.hunks().values()).containsExactly(inclusion);
            boolean fixed = text.equals(AFTER) && inclusion != Inclusion.LEFT_OUT;
            assertThat(verdict.status()).hasToString(fixed ? "fixed" : status);
            assertThat(verdict.justification().isPresent()).isEqualTo(inclusion == Inclusion.LEFT_OUT);
        }
    }

    @Test
    void withoutAConfigurationOnlyWhatNoneCanLetInIsLeftOut() {
        Verdict verdict = assess("6.1.20", "5.0->?", "#ifdef CONFIG_OFF\n" + BEFORE + "#endif\n");

        assertThat(verdict.functions().orElseThrow().hunks().values()).containsExactly(Inclusion.UNKNOWN);
        assertThat(verdict.status()).isEqualTo(VexStatus.AFFECTED);
    }

    @Test
    void oneLineThatIsCompiledKeepsTheCodeThere() {
        String within = BEFORE.replace("\ta = *p;\n", "#ifdef CONFIG_OFF\n\ta = *p;\n#endif\n");
        String fix = """
                --- a/a.c
                +++ b/a.c
                @@ -3,7 +3,7 @@ int f(int *p)
                 \tint a;
                \s
                 #ifdef CONFIG_OFF
                -\ta = *p;
                +\ta = 1;
                 #endif
                -\treturn a;
                +\treturn 0;
                 }
                """;

        Verdict verdict = assess(
                cve("5.0->?", "a.c"),
                profile("6.1.20").option("ON", "y"),
                tree("a.c", within),
                WrittenFixes.own("6.1", fix));

        assertThat(verdict.functions().orElseThrow().hunks().values()).containsExactly(Inclusion.COMPILED);
        assertThat(verdict.status()).isEqualTo(VexStatus.AFFECTED);
    }

    @Test
    void hunksOfAFileThatIsNotBuiltCountAsLeftOut() {
        String fix = fix("absent.c") + FIX;
        Verdict verdict = assess(
                cve("5.0->?", "a.c", "absent.c"),
                profile("6.1.20").option("ON", "y"),
                tree("a.c", "#ifdef CONFIG_OFF\n" + BEFORE + "#endif\n", "absent.c", BEFORE),
                WrittenFixes.own("6.1", fix));

        assertThat(verdict.status()).isEqualTo(VexStatus.NOT_AFFECTED);
        assertThat(verdict.functions().orElseThrow().reason())
                .isEqualTo("This build leaves out every line that is changed by the fix for 6.1 (012345678901).");
    }

    @Test
    void theFunctionsThatTheFixChangesAreLookedUpAmongTheSymbols() {
        Verdict verdict = assess(
                cve("5.0->?", "a.c"),
                profile("6.1.20").function("f", "vmlinux"),
                tree("a.c", BEFORE),
                WrittenFixes.own("6.1", FIX));

        Evidence.Functions functions = verdict.functions().orElseThrow();
        assertThat(functions.functions()).extracting(ChangedFunction::name).containsExactly("f");
        assertThat(functions.decides()).isEmpty();
        assertThat(functions.reason()).endsWith("Among the symbols: f.");
    }

    @Test
    void aFileThatMovedIsFoundByTheFixOfTheBranch() {
        Verdict verdict = assess(
                cve("5.0->?", "new/a.c"),
                WrittenProfile.of("6.1.20").compiled("old/a.c", "vmlinux").absent("old/b.c"),
                tree("old/a.c", BEFORE, "old/b.c", ""),
                WrittenFixes.own("6.1", fix("old/a.c")));

        Evidence.Files files = verdict.files().orElseThrow();
        assertThat(files.moved()).containsExactly(moved("new/a.c", "old/a.c", MovedFile.Means.BRANCH_FIX));
        assertThat(files.outcome()).isEqualTo(Evidence.Files.Outcome.COMPILED);
        assertThat(files.reason())
                .startsWith("new/a.c is not in this source; by the fix of this branch, it is old/a.c. ");
        assertThat(verdict.status()).isEqualTo(VexStatus.AFFECTED);
    }

    @Test
    void aFileThatMovedIsFoundByTheFixOfTheBranchAlsoWithoutASource() {
        Target kernel =
                Target.of(WrittenProfile.of("6.1.20").absent("old/a.c")).with(WrittenFixes.own("6.1", fix("old/a.c")));

        Verdict verdict = Applicability.assess(cve("5.0->?", "new/a.c"), kernel, Context.standard());

        assertThat(verdict.status()).isEqualTo(VexStatus.NOT_AFFECTED);
        assertThat(verdict.source()).isEmpty();
    }

    @Test
    void aFileThatMovedIsFoundByItsNameAndContent() {
        SourceTree tree = tree("old/a.c", AFTER, "other/a.c", "int g;\n");

        Verdict verdict = assess(
                cve("", "new/a.c"),
                WrittenProfile.of("6.1.20").compiled("old/a.c", "vmlinux"),
                tree,
                WrittenFixes.ofOtherBranch("6.6", fix("new/a.c")));

        assertThat(verdict.files().orElseThrow().moved())
                .containsExactly(moved("new/a.c", "old/a.c", MovedFile.Means.NAME_AND_CONTENT));
        assertThat(verdict.status()).isEqualTo(VexStatus.FIXED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"two files match, AFTER, AFTER", "none matches, STRANGE, STRANGE"})
    void aFileThatCouldBeAnyOrNoneStaysUnknown(String why, String one, String other) {
        Map<String, String> texts = Map.of("AFTER", AFTER, "STRANGE", STRANGE);
        SourceTree tree = tree("x/a.c", texts.getOrDefault(one, ""), "y/a.c", texts.getOrDefault(other, ""));

        Verdict verdict = assess(
                cve("", "new/a.c"),
                WrittenProfile.of("6.1.20").absent("x/a.c").absent("y/a.c"),
                tree,
                WrittenFixes.ofOtherBranch("6.6", fix("new/a.c")));

        assertThat(verdict.status()).as(why).isEqualTo(VexStatus.UNDER_INVESTIGATION);
        assertThat(verdict.files().orElseThrow().moved()).isEmpty();
    }

    @Test
    void aPathThatTheSourceHasIsNotLookedForElsewhere() {
        Verdict verdict = assess(
                cve("", "new/a.c"),
                WrittenProfile.of("6.1.20"),
                tree("new/a.c", STRANGE, "old/a.c", AFTER),
                WrittenFixes.own("6.1", fix("old/a.c")));

        assertThat(verdict.files().orElseThrow().moved()).isEmpty();
    }

    @Test
    void whereThereIsNoFixThatIsSaid() {
        Verdict verdict = assess(cve("5.0->?", "a.c"), profile("6.1.20"), tree("a.c", AFTER), WrittenFixes.none());

        assertThat(verdict.status()).isEqualTo(VexStatus.AFFECTED);
        assertThat(verdict.source().orElseThrow().reason())
                .isEqualTo("There is no fix to compare with. Nobody wrote one down.");
    }

    @Test
    void aFixThatCannotBeReadLeavesTheMatterOpen() {
        Verdict malformed = assess(
                cve("", "a.c"), profile("6.1.20"), tree("a.c", AFTER), WrittenFixes.own("6.1", FIX.substring(0, 40)));
        Verdict broken = assess(
                cve("", "a.c"),
                profile("6.1.20"),
                tree("a.c", AFTER),
                WrittenFixes.broken(new Broken("The store is gone.")));

        assertThat(malformed.status()).isEqualTo(VexStatus.UNDER_INVESTIGATION);
        assertThat(malformed.source().orElseThrow().reason()).startsWith("The fix cannot be relied on. Line ");
        assertThat(broken.status()).isEqualTo(VexStatus.UNDER_INVESTIGATION);
        assertThat(broken.source().orElseThrow().reason()).isEqualTo("The fix cannot be looked up. The store is gone.");
    }

    @Test
    void aSourceThatCannotBeReadLeavesTheMatterOpen() {
        SourceTree unreadable = path -> {
            throw new Broken(path + " may not be read.");
        };

        Verdict verdict = assess(cve("5.0->?", "a.c"), profile("6.1.20"), unreadable, WrittenFixes.own("6.1", FIX));
        Verdict moved = assess(cve("5.0->?", "b.c"), profile("6.1.20"), unreadable, WrittenFixes.own("6.1", FIX));

        assertThat(verdict.status()).isEqualTo(VexStatus.AFFECTED);
        assertThat(verdict.source().orElseThrow().reason())
                .isEqualTo("The source cannot be read. a.c may not be read.");
        assertThat(moved.files()).isPresent();
        assertThat(moved.status()).isEqualTo(VexStatus.AFFECTED);
    }

    @Test
    void theCallerMayStop() {
        CancellationToken token = CancellationToken.create();
        token.cancel();
        Target kernel = Target.of(profile("6.1.20")).with(tree("a.c", AFTER)).with(WrittenFixes.own("6.1", FIX));

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> Applicability.assess(
                        cve("", "a.c"), kernel, Context.standard().with(token)));
    }

    @Test
    void theModulesOfAMachineAreEvidenceAndNoVerdict() {
        Target kernel = Target.of(WrittenProfile.of("6.1.20").compiled("a.c", "net/a-b", "net/c", "vmlinux"))
                .with(RunningModules.parse("a_b 16384 0 - Live 0x0\n", List.of("install c /bin/false\n"), false));

        Verdict verdict = Applicability.assess(cve("5.0->?", "a.c"), kernel, Context.standard());

        assertThat(verdict.status()).isEqualTo(VexStatus.AFFECTED);
        assertThat(verdict.runTime().orElseThrow().reason())
                .isEqualTo("vmlinux is loaded. net/a-b is loaded. net/c is denied.");
        assertThat(Applicability.assess(cve("5.0->6.1.10", "a.c"), kernel, Context.standard())
                        .runTime())
                .as("of a kernel that is fixed")
                .isEqualTo(Optional.empty());
    }

    private static MovedFile moved(String listed, String found, MovedFile.Means by) {
        return MovedFile.of(SourcePath.parse(listed), List.of(SourcePath.parse(found)), by);
    }

    private static final class Broken extends TuxtapeException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }
}
