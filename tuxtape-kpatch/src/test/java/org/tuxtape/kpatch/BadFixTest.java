package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildOutcome.Built;
import org.tuxtape.core.livepatch.BuildOutcome.Failed;
import org.tuxtape.core.livepatch.BuildOutcome.NoChange;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.kpatch.standin.SmallFix;

/** Fixes from which no livepatch comes: each is a typed outcome, and leaves everything as it was. */
final class BadFixTest {
    @TempDir
    private Path directory = Path.of("");

    private Site site;

    @AfterEach
    void endWhatIsLeft() {
        if (site != null) {
            site.standIn().endProcesses();
        }
    }

    private Site site(LivepatchTool tool) {
        site = Site.of(tool, directory);
        return site;
    }

    /** Builds, and sees that the tree stays as it was. */
    private BuildOutcome build(BuildRequest request) {
        Map<String, String> before = site.picture();
        BuildOutcome outcome = site.build(request);
        assertThat(site.picture()).isEqualTo(before);
        assertThat(site.scratch()).isDirectoryNotContaining("glob:**/build-*");
        return outcome;
    }

    private BuildOutcome build(SmallFix... fixes) {
        return build(site.request("small_fix", fixes));
    }

    private void assertFails(BuildOutcome outcome, BuildFailure failure, Consumer<BuildDiagnosis> further) {
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.diagnosis().failure()).isEqualTo(failure);
            assertThat(failed.diagnosis().remedy()).isNotBlank();
            assertThat(failed.diagnosis()).satisfies(further);
        });
    }

    private void assertFails(BuildOutcome outcome, BuildFailure failure) {
        assertFails(outcome, failure, diagnosis -> {});
    }

    private static void assertPatches(BuildOutcome outcome, String... functions) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Built.class,
                        built -> assertThat(built.module().manifest().functions())
                                .extracting(PatchedFunction::name)
                                .containsExactlyInAnyOrder(functions));
    }

    @ParameterizedTest
    @EnumSource
    void severalFixesGiveOneModule(LivepatchTool tool) {
        site(tool);
        BuildOutcome outcome = build(SmallFix.BUILDS, SmallFix.ADDS_A_FUNCTION, SmallFix.BUILDS_IN_A_MODULE);
        assertPatches(outcome, "mailbox_weigh", "postman_rest", "pantry_take");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatDoesNotApplyIsNotTried(LivepatchTool tool) {
        Site here = site(tool);
        here.tree()
                .put(
                        "net/core/mailbox.c",
                        here.tree().text("net/core/mailbox.c").replace("weight;", "heft;"));
        assertFails(
                build(SmallFix.BUILDS),
                BuildFailure.PATCH_DOES_NOT_APPLY,
                diagnosis -> assertThat(diagnosis.place())
                        .map(SourcePlace::file)
                        .contains(SourcePath.parse("net/core/mailbox.c")));
        assertThat(here.runs()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void twoThatContradictEachOtherAreNotTried(LivepatchTool tool) {
        site(tool);
        assertFails(build(SmallFix.BUILDS, SmallFix.BUILDS), BuildFailure.PATCH_DOES_NOT_APPLY);
        assertThat(site.runs()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatChangesOnlyCommentsChangesNothing(LivepatchTool tool) {
        site(tool);
        assertThat(build(SmallFix.COMMENT)).isInstanceOf(NoChange.class);
    }

    @ParameterizedTest
    @EnumSource
    void oneOfAFileThatIsNotCompiledChangesNothing(LivepatchTool tool) {
        site(tool);
        assertThat(build(SmallFix.NOT_COMPILED)).isInstanceOf(NoChange.class);
    }

    @ParameterizedTest
    @CsvSource({
        "INIT, UNSUPPORTED_SECTION",
        "STRUCT, DATA_CHANGE",
        "DATA, DATA_CHANGE",
        "STATIC_LOCAL, STATIC_LOCAL",
        "STATIC_KEY, STATIC_KEY_OR_CALL",
        "NOTRACE, NOT_TRACEABLE",
        "LIB, UNSUPPORTED_FILE",
        "ASSEMBLY, UNSUPPORTED_FILE",
        "UNDEFINED, UNDEFINED_SYMBOL"
    })
    void whatKpatchBuildCannotPatchHasItsClass(SmallFix fix, BuildFailure failure) {
        site(LivepatchTool.KPATCH_BUILD);
        assertFails(
                build(fix),
                failure,
                diagnosis -> assertThat(diagnosis.excerpt()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "STRUCT, DATA_CHANGE",
        "DATA, DATA_CHANGE",
        "STATIC_KEY, STATIC_KEY_OR_CALL",
        "LIB, UNSUPPORTED_FILE",
        "ASSEMBLY, UNSUPPORTED_FILE",
        "UNDEFINED, UNDEFINED_SYMBOL"
    })
    void whatKlpBuildCannotPatchHasItsClass(SmallFix fix, BuildFailure failure) {
        site(LivepatchTool.KLP_BUILD);
        assertFails(
                build(fix),
                failure,
                diagnosis -> assertThat(diagnosis.excerpt()).isNotBlank());
    }

    @ParameterizedTest
    @EnumSource
    void aCompilersErrorHasItsPlace(LivepatchTool tool) {
        site(tool);
        assertFails(build(SmallFix.COMPILE_ERROR), BuildFailure.COMPILE_ERROR, diagnosis -> {
            assertThat(diagnosis.place())
                    .hasValueSatisfying(place -> assertThat(place.toString())
                            .contains("net/core/mailbox.c")
                            .contains("29"));
            assertThat(diagnosis.function()).contains("mailbox_room");
            assertThat(diagnosis.excerpt()).contains("'not_declared_limit' undeclared");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatIsMissingIsACompilersError(LivepatchTool tool) {
        site(tool);
        assertFails(
                build(SmallFix.MISSING_HEADER),
                BuildFailure.COMPILE_ERROR,
                diagnosis -> assertThat(diagnosis.excerpt()).contains("linux/stamp.h: No such file or directory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.c", "net/../../outside.c", "/outside.c", "net/link/outside.c"})
    void oneThatLeavesTheTreeIsRefused(String path) throws IOException {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(here.tree().directory().resolve("net/link"), outside);
        String diff = "--- /dev/null\n+++ b/" + path + "\n@@ -0,0 +1 @@\n+int evil;\n";
        assertFails(build(here.request("small_fix", diff)), BuildFailure.REFUSED);
        assertThat(here.runs()).isZero();
        assertThat(outside).isEmptyDirectory();
        assertThat(directory.resolve("outside.c")).doesNotExist();
    }

    @Test
    void oneThatChangesWhatALinkPointsToIsNotTried() throws IOException {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        Path outside = Files.writeString(directory.resolve("outside.c"), "int outside;\n");
        Files.createSymbolicLink(here.tree().directory().resolve("net/link.c"), outside);
        String diff = "--- a/net/link.c\n+++ b/net/link.c\n@@ -1 +1 @@\n-int outside;\n+int evil;\n";
        assertFails(build(here.request("small_fix", diff)), BuildFailure.PATCH_DOES_NOT_APPLY);
        assertThat(here.runs()).isZero();
        assertThat(outside).hasContent("int outside;");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatChangesAMakefileIsRefused(LivepatchTool tool) {
        site(tool);
        assertFails(
                build(SmallFix.MAKEFILE),
                BuildFailure.REFUSED,
                diagnosis -> assertThat(diagnosis.place())
                        .map(SourcePlace::file)
                        .contains(SourcePath.parse("net/core/Makefile")));
        assertThat(site.runs()).isZero();
    }

    @Test
    void oneThatChangesAMakefileIsTriedWhereThatIsAllowed() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        BuilderOptions options = here.options().withScripts(BuilderOptions.Scripts.ALLOW);
        BuildOutcome outcome =
                here.builder(options).build(here.request("small_fix", SmallFix.MAKEFILE), Context.standard());
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.diagnosis().excerpt()).contains("evil.o"));
        assertThat(here.runs()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index 1234567..89abcde 100644\nBinary files a/net/core/mailbox.c and b/net/core/mailbox.c differ\n",
                """
                index 1234567..89abcde 100644
                GIT binary patch
                literal 3
                KcmV+b0RR6000031

                literal 3
                KcmV+b0RR6000031

                """
            })
    void oneThatIsBinaryIsNotTried(String change) {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        String diff = "diff --git a/net/core/mailbox.c b/net/core/mailbox.c\n" + change;
        assertThat(build(here.request("small_fix", diff)))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.diagnosis().failure())
                                .isIn(BuildFailure.REFUSED, BuildFailure.PATCH_DOES_NOT_APPLY));
        assertThat(here.runs()).isZero();
    }

    @Test
    void oneOfFiftyMegabytesIsNotTried() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        int lines = 50 * (1 << 20) / 32;
        String diff = "--- /dev/null\n+++ b/net/core/huge.c\n@@ -0,0 +1," + lines + " @@\n"
                + "+int one_of_so_very_many_lines;   \n".repeat(lines);
        assertFails(build(here.request("small_fix", diff)), BuildFailure.PATCH_DOES_NOT_APPLY);
        assertThat(here.runs()).isZero();
    }

    @Test
    void oneThatIsNoDiffIsNotTried() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        BuildRequest cut = here.request("small_fix", SmallFix.BUILDS.diff().substring(0, 200));
        assertFails(build(cut), BuildFailure.PATCH_DOES_NOT_APPLY);
        assertThat(here.runs()).isZero();
    }

    @Test
    void oneThatIsInTheTreeAlreadyIsNotTried() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        BuildRequest back = here.request("small_fix", SmallFix.BUILDS.reversed());
        assertFails(build(back), BuildFailure.PATCH_DOES_NOT_APPLY);
        assertThat(here.runs()).isZero();
    }
}
