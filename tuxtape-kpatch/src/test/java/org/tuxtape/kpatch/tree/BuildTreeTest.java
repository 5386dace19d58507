package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.kpatch.tree.TreeException.Fault;

class BuildTreeTest {
    @TempDir
    private Path root = Path.of("");

    private SmallTree small;

    @BeforeEach
    void makeTree() {
        small = SmallTree.in(root.resolve("linux"));
    }

    @Test
    void saysWhichBuildItIs() {
        KernelBuild kernel = BuildTree.open(small.root).kernel();

        assertThat(kernel.release()).isEqualTo(KernelRelease.parse("6.1.192-lab"));
        assertThat(kernel.version()).isEqualTo(KernelVersion.parse("6.1.192"));
        assertThat(kernel.architecture()).contains("x86");
        assertThat(kernel.compiler()).contains("gcc (Debian 12.2.0-14) 12.2.0");
        assertThat(kernel.configDigest()).isPresent();
    }

    @Test
    void knowsTheConfig() {
        BuildTree tree = BuildTree.open(small.root);

        assertThat(tree.config(ConfigSymbol.parse("CONFIG_LIVEPATCH"))).isEqualTo(ConfigValue.YES);
        assertThat(tree.config(ConfigSymbol.parse("BTRFS_FS"))).isEqualTo(ConfigValue.MODULE);
        assertThat(tree.config(ConfigSymbol.parse("X86_KERNEL_IBT"))).isEqualTo(ConfigValue.NO);
        assertThat(tree.config(ConfigSymbol.parse("NEVER_HEARD_OF"))).isEqualTo(ConfigValue.NO);
        assertThat(tree.config(ConfigSymbol.parse("LOCALVERSION"))).isEqualTo(new ConfigValue("-lab"));
    }

    @Test
    void takesTheReleaseFromTheMakefileWhereNothingWasPrepared() {
        small.delete("include/config/kernel.release");
        assertThat(BuildTree.open(small.root).kernel().release()).isEqualTo(KernelRelease.parse("6.1.192-lab"));
    }

    @Test
    void keepsTheCandidateOfTheMakefileInTheVersion() {
        small.write("Makefile", "VERSION = 6\nPATCHLEVEL = 19\nSUBLEVEL = 0\nEXTRAVERSION = -rc3\n");
        assertThat(BuildTree.open(small.root).kernel().version()).isEqualTo(KernelVersion.parse("6.19-rc3"));
    }

    @Test
    void findsTheImageOnceItIsThere() {
        BuildTree tree = BuildTree.open(small.root);
        assertThat(tree.vmlinux()).isEmpty();
        small.write("vmlinux", "image");
        assertThat(tree.vmlinux()).isEqualTo(Optional.of(tree.directory().resolve("vmlinux")));
    }

    @Test
    void leavesNothingBehindWhenItIsOnlyLookedAt() {
        BuildTree.open(small.root);
        assertThat(small.root).isDirectoryNotContaining("glob:**/.tuxtape");
    }

    @Test
    void isThereByWhateverPathItIsReached() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), small.root);
        assertThat(BuildTree.open(link).directory()).isEqualTo(small.root.toRealPath());
    }

    @Test
    void refusesWhatIsNoTree() throws IOException {
        assertRefused(root.resolve("nowhere"), Fault.MISSING, "does not exist");
        assertRefused(Files.writeString(root.resolve("file"), ""), Fault.NOT_A_TREE, "is no directory");
        assertRefused(Files.createDirectory(root.resolve("empty")), Fault.NOT_A_TREE, "it has no Makefile");
        small.delete(".config");
        assertRefused(small.root, Fault.NOT_A_TREE, "it has no .config");
        small.write("Makefile", "all:\n\techo\n");
        assertRefused(small.root, Fault.NOT_A_TREE, "its Makefile names no kernel version");
    }

    private static void assertRefused(Path directory, Fault fault, String why) {
        assertThatExceptionOfType(TreeException.class)
                .isThrownBy(() -> BuildTree.open(directory))
                .withMessageContaining(directory.toString())
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    }

    /** The fault: a file that never ends, as far as a reader is concerned. */
    @Test
    void readsNoConfigWithoutEnd() {
        small.write(".config", "#".repeat((16 << 20) + 1));
        assertRefused(small.root, Fault.LIMIT_EXCEEDED, "is larger than 16 MiB");
    }
}
