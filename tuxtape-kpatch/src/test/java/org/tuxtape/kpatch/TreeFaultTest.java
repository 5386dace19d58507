package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildOutcome.Built;
import org.tuxtape.core.livepatch.BuildOutcome.Failed;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.kpatch.standin.Fault;
import org.tuxtape.kpatch.standin.SmallFix;
import org.tuxtape.kpatch.tree.TreeException;

/** Trees that do not fit, and trees that somebody else has or had. */
final class TreeFaultTest {
    @TempDir
    private Path directory = Path.of("");

    private Site site;

    private Site site(LivepatchTool tool) {
        site = Site.of(tool, directory);
        return site;
    }

    @AfterEach
    void endWhatIsLeft() {
        if (site != null) {
            site.standIn().endProcesses();
        }
    }

    /** The fault: klp-build was ended in its first build, which begins with make clean. */
    @Test
    void aTreeThatKlpBuildHasCleanedIsBuiltAllTheSame() throws IOException {
        Site here = site(LivepatchTool.KLP_BUILD);
        Files.delete(here.tree().directory().resolve("vmlinux"));
        Files.deleteIfExists(here.tree().directory().resolve("vmlinux.o"));

        assertThat(here.build(SmallFix.BUILDS)).isInstanceOf(Built.class);
    }

    private void assertNotTried(BuildFailure failure, String shown) {
        Map<String, String> before = site.picture();
        assertThat(site.build(SmallFix.BUILDS)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.diagnosis().failure()).isEqualTo(failure);
            assertThat(failed.diagnosis().excerpt()).contains(shown);
            assertThat(failed.diagnosis().remedy()).isNotBlank();
        });
        assertThat(site.runs()).isZero();
        assertThat(site.picture()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void anotherCompilerIsNotUsed(LivepatchTool tool) {
        site(tool).standIn().compiler("(Stand-in 13.1.0-1) 13.1.0");
        assertNotTried(BuildFailure.COMPILER_MISMATCH, "13.1.0");
    }

    @Test
    void theVmlinuxOfAnotherKernelIsNotUsed() throws IOException {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        Path vmlinux = here.tree().directory().resolve("vmlinux");
        String image = Files.readString(vmlinux, StandardCharsets.ISO_8859_1);
        Files.writeString(vmlinux, image.replace("6.12.94", "6.12.93"), StandardCharsets.ISO_8859_1);
        assertNotTried(BuildFailure.KERNEL_MISMATCH, "6.12.93");
    }

    @Test
    void aVmlinuxWithoutDebugInformationIsNotUsed() throws IOException {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        Path vmlinux = here.tree().directory().resolve("vmlinux");
        String image = Files.readString(vmlinux, StandardCharsets.ISO_8859_1);
        Files.writeString(vmlinux, image.replace(".debug_info", ".stripped_x"), StandardCharsets.ISO_8859_1);
        assertNotTried(BuildFailure.MISSING_DEBUG_INFO, ".debug_info");
    }

    @Test
    void aVmlinuxThatIsMissingIsNamed() throws IOException {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        Files.delete(here.tree().directory().resolve("vmlinux"));
        assertNotTried(BuildFailure.MISSING_DEBUG_INFO, "vmlinux");
    }

    @ParameterizedTest
    @EnumSource
    void aConfigThatIsNotTheKernelsIsNotUsed(LivepatchTool tool) {
        site(tool).tree().config("CONFIG_PANTRY=m", "CONFIG_PANTRY=y");
        assertNotTried(BuildFailure.KERNEL_MISMATCH, "CONFIG_PANTRY=y");
    }

    @ParameterizedTest
    @CsvSource({
        "KPATCH_BUILD, CONFIG_LIVEPATCH=y, # CONFIG_LIVEPATCH is not set",
        "KPATCH_BUILD, CONFIG_DEBUG_INFO=y, # CONFIG_DEBUG_INFO is not set",
        "KPATCH_BUILD, CONFIG_NET=y, CONFIG_X86_KERNEL_IBT=y",
        "KPATCH_BUILD, CONFIG_NET=y, CONFIG_GCC_PLUGIN_RANDSTRUCT=y",
        "KLP_BUILD, CONFIG_KLP_BUILD=y, # CONFIG_KLP_BUILD is not set",
        "KLP_BUILD, CONFIG_NET=y, CONFIG_GCC_PLUGIN_LATENT_ENTROPY=y"
    })
    void aConfigThatTheToolCannotTakeIsNamed(LivepatchTool tool, String line, String other) {
        Site here = site(tool);
        here.tree().config(line + "\n", other + "\n");
        here.tree()
                .put(
                        "include/config/auto.conf",
                        here.tree().text("include/config/auto.conf").replace(line, other));
        assertNotTried(BuildFailure.CONFIG_UNSUPPORTED, other.replaceAll("=y|# | is not set", ""));
    }

    @Test
    void aRequestForAnotherBuildOfTheKernelIsNotTried() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        BuildRequest request = here.request("small_fix", SmallFix.BUILDS);
        here.tree().config("CONFIG_NET=y\n", "CONFIG_NET=y\nCONFIG_WLAN=y\n");
        assertThat(here.build(request))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.diagnosis().failure()).isEqualTo(BuildFailure.KERNEL_MISMATCH));
        assertThat(here.runs()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void twoProcessesBuildOneAfterTheOtherInOneTree(LivepatchTool tool) {
        Site here = site(tool);
        Map<String, String> before = here.picture();
        BuilderProcess other = BuilderProcess.start(here, "others", SmallFix.BUILDS_TOO);
        BuildOutcome own = here.build(SmallFix.BUILDS);
        assertThat(other.end()).contains("Built[").contains("postman_round");
        assertThat(own).isInstanceOf(Built.class);
        assertThat(here.picture()).isEqualTo(before);
    }

    @Test
    void whoHasTheTreeIsNamedWhenPatienceEnds() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        here.standIn().faults(Fault.hang("compiling").in("others"));
        BuilderProcess other = BuilderProcess.start(here, "others", SmallFix.BUILDS_TOO);
        other.awaitHanging();
        var impatient = here.builder(here.options().withPatience(Duration.ofMillis(200)));
        BuildRequest request = here.request("small_fix", SmallFix.BUILDS);
        assertThat(catchThrowableOfType(TreeException.class, () -> impatient.build(request, Context.standard())))
                .isNotNull()
                .hasMessageContaining("to build others")
                .hasMessageContaining(Long.toString(other.pid()))
                .satisfies(busy -> assertThat(busy.fault()).isEqualTo(TreeException.Fault.BUSY));
        other.kill();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Building original source",
                "compiling",
                "Extracting new and modified ELF sections",
                "Building patch module",
                "copying"
            })
    void afterABuilderWasKilledTheNextIsRight(String phase) {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        Map<String, String> before = here.picture();
        BuildRequest request = here.request("small_fix", SmallFix.BUILDS, SmallFix.BUILDS_IN_A_MODULE);
        BuildKey key = here.builder().key(request);
        here.standIn().faults(Fault.hang(phase).in("killed"));
        // It changes a header, so the image is linked again, with the fix in the source.
        BuilderProcess.start(here, "killed", SmallFix.BUILDS_BY_A_HEADER).killWhereItHangs();
        assertThat(here.build(request)).isInstanceOfSatisfying(Built.class, built -> {
            assertThat(built.module().manifest().key()).contains(key);
            assertThat(built.module().manifest().functions()).hasSize(2);
            assertThat(built.report().remarks()).anyMatch(remark -> remark.contains("put back"));
        });
        assertThat(here.standIn().processes()).isEmpty();
        assertThat(here.picture()).isEqualTo(before);
    }

    @Test
    void theKeyIsTheSameWhileAnotherBuilds() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        BuildRequest request = here.request("small_fix", SmallFix.BUILDS);
        BuildKey key = here.builder().key(request);
        here.standIn().faults(Fault.hang("Building patched source").in("others"));
        BuilderProcess other = BuilderProcess.start(here, "others", SmallFix.BUILDS_BY_A_HEADER);
        other.awaitHanging();
        assertThat(here.builder().key(request)).isEqualTo(key);
        other.kill();
    }
}
