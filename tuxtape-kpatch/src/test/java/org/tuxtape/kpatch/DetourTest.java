package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Replacement;

class DetourTest {
    private static final KernelVersion KERNEL = KernelVersion.parse("6.1.192");
    private static final String LONGER = "--- a/x.c\n+++ b/x.c\n@@ -1 +1,2 @@\n-a\n+b\n+c\n";
    private static final String AS_LONG = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n";
    private static final BuildDiagnosis CRASH =
            BuildDiagnosis.of(BuildFailure.TOOL_BROKE, "ERROR: create-diff-object SIGSEGV", "None.");

    @TempDir
    private Path directory = Path.of("");

    private static BuildRequest request(String diff) {
        Fix fix = new Fix(
                CveId.parse("CVE-2024-1000"), KERNEL.branch(), List.of(new FixCommit(Optional.empty(), "A fix", diff)));
        return new BuildRequest(
                LivepatchName.parse("fix"), KernelBuild.of(KERNEL), List.of(fix), Replacement.REPLACE_ALL);
    }

    private static List<Detour> around(BuildFailure failure, String diff) {
        return Detour.around(BuildDiagnosis.of(failure, "it", "None."), request(diff), KERNEL, Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_TRACEABLE", "UNSUPPORTED_SECTION", "STATIC_LOCAL", "STATIC_KEY_OR_CALL", "DATA_CHANGE"})
    void whatOtherLineNumbersCanCauseIsBuiltWithTheOldOnesWhereTheFixMovesLines(BuildFailure failure) {
        assertThat(around(failure, LONGER)).containsExactly(Detour.KEPT_NUMBERS);
        assertThat(around(failure, AS_LONG)).isEmpty();
        assertThat(around(failure, "no diff")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILE_ERROR", "PATCH_DOES_NOT_APPLY", "REFUSED", "NO_SPACE", "TIMEOUT", "TOOL_BROKE"})
    void anythingElseIsNot(BuildFailure failure) {
        assertThat(around(failure, LONGER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".ref.text", ".sched.text"})
    void codeInASectionThatItSharesIsCompiledIntoOneOfItsOwn(String section) {
        String excerpt = "image.o: changed section " + section + " not selected for inclusion\n"
                + "image.o: changed section .rela" + section + " not selected for inclusion";
        String more = excerpt + "\nimage.o: changed section .init.text not selected for inclusion";

        assertThat(unsupported(excerpt, LONGER)).containsExactly(Detour.PLAIN_SECTIONS, Detour.KEPT_NUMBERS);
        assertThat(unsupported(excerpt, AS_LONG)).containsExactly(Detour.PLAIN_SECTIONS);
        assertThat(unsupported(more, AS_LONG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.o: changed section __ksymtab_strings not selected for inclusion",
                "ERROR: image.o: object size mismatch: image_ops"
            })
    void neitherAnExportNorASizeIsOfLineNumbers(String excerpt) {
        assertThat(unsupported(excerpt, LONGER)).isEmpty();
    }

    private static List<Detour> unsupported(String excerpt, String diff) {
        return Detour.around(
                BuildDiagnosis.of(BuildFailure.UNSUPPORTED_SECTION, excerpt, "None."),
                request(diff),
                KERNEL,
                Optional.empty());
    }

    @Test
    void theKnownCrashIsGoneAroundWhereKernelAndScriptAreThoseThatHaveIt() throws IOException {
        Optional<Path> faulty = script("\"$TOOLSDIR\"/create-diff-object --klp-arch \"orig/$i\"");
        Optional<Path> other = script("\"$TOOLSDIR\"/create-diff-object \"${FLAGS[@]}\" \"orig/$i\"");

        assertThat(Detour.around(CRASH, request(AS_LONG), KERNEL, faulty)).containsExactly(Detour.MENDED_SCRIPT);
        assertThat(Detour.around(CRASH, request(AS_LONG), KernelVersion.parse("5.7.19"), faulty))
                .isEmpty();
        assertThat(Detour.around(CRASH, request(AS_LONG), KERNEL, other)).isEmpty();
        assertThat(Detour.around(CRASH, request(AS_LONG), KERNEL, Optional.of(directory.resolve("missing"))))
                .isEmpty();
    }

    @Test
    void theMendedScriptFindsTheSamePrograms() throws IOException {
        Path script = script("\"$TOOLSDIR\"/create-diff-object --klp-arch \"orig/$i\"")
                .orElseThrow();
        Files.createDirectories(directory.resolve("lib/kpatch"));

        Path copy = KpatchScript.copy(script, directory.resolve("copy"));

        assertThat(copy).isExecutable().content().isEqualTo("\"$TOOLSDIR\"/create-diff-object \"orig/$i\"");
        assertThat(copy.resolveSibling("../lib/kpatch").toRealPath())
                .isEqualTo(directory.resolve("lib/kpatch").toRealPath());
    }

    private Optional<Path> script(String line) throws IOException {
        Path script = Files.createTempDirectory(directory, "bin").resolve("kpatch-build");
        return Optional.of(Files.writeString(script, line));
    }
}
