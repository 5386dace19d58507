package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.kpatch.tree.BuildTree;

class ToolChoiceTest {
    @TempDir
    Path directory;

    private BuildTree tree(int patchlevel, String architecture, String config) throws IOException {
        Files.writeString(
                directory.resolve("Makefile"), "VERSION = 6\nPATCHLEVEL = " + patchlevel + "\nSUBLEVEL = 3\n");
        Files.writeString(directory.resolve(".config"), "CONFIG_LIVEPATCH=y\n" + config);
        Files.createDirectories(directory.resolve("arch/" + architecture + "/include/generated"));
        return BuildTree.open(directory);
    }

    private void hasKlpBuild() throws IOException {
        Path script = directory.resolve("scripts/livepatch/klp-build");
        Files.createDirectories(script.getParent());
        Files.createFile(script);
    }

    @Test
    void below6_19ItIsKpatchBuild() throws IOException {
        ToolChoice choice = ToolChoice.of(tree(18, "x86", ""));

        assertThat(choice.tool()).contains(LivepatchTool.KPATCH_BUILD);
        assertThat(choice.reason()).isEqualTo("Linux 6.18.3 is below 6.19, where klp-build begins.");
    }

    @Test
    void from6_19OnItIsTheKernelsOwn() throws IOException {
        hasKlpBuild();

        ToolChoice choice = ToolChoice.of(tree(19, "x86", "CONFIG_X86_KERNEL_IBT=y\n"));

        assertThat(choice.tool()).contains(LivepatchTool.KLP_BUILD);
        assertThat(choice.reason()).isEqualTo("Linux 6.19.3 has klp-build of its own.");
    }

    @Test
    void anOlderKernelWithKlpBuildBackPortedHasItsOwnToo() throws IOException {
        hasKlpBuild();

        assertThat(ToolChoice.of(tree(12, "x86", "")).tool()).contains(LivepatchTool.KLP_BUILD);
    }

    @Test
    void whatNeitherToolTakesIsSaid() throws IOException {
        ToolChoice ibt = ToolChoice.of(tree(12, "x86", "CONFIG_X86_KERNEL_IBT=y\n"));
        ToolChoice tooNew = ToolChoice.of(tree(19, "x86", ""));

        assertThat(ibt)
                .isEqualTo(new ToolChoice(
                        Optional.empty(),
                        "Linux 6.12.3 has no klp-build, and kpatch-build takes no kernel with CONFIG_X86_KERNEL_IBT."));
        assertThat(tooNew.tool()).isEmpty();
    }

    @Test
    void onOtherArchitecturesItIsKpatchBuildStill() throws IOException {
        hasKlpBuild();

        ToolChoice choice = ToolChoice.of(tree(19, "arm64", ""));

        assertThat(choice.tool()).contains(LivepatchTool.KPATCH_BUILD);
        assertThat(choice.reason()).contains("x86 only").contains("arm64");
    }
}
