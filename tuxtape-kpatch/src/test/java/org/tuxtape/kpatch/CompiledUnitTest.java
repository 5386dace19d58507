package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

class CompiledUnitTest {
    private static final SourcePath BUILT_IN = SourcePath.parse("net/core/sock.c");
    private static final SourcePath OF_MODULE = SourcePath.parse("fs/btrfs/scrub.c");
    private static final SourcePath PART = SourcePath.parse("kernel/sched/rt.c");

    @TempDir
    Path tree;

    @BeforeEach
    void compile() throws IOException {
        compiled("net/core/sock", "gcc -c -DKBUILD_MODFILE='\"net/core/sock\"' -DKBUILD_MODNAME='\"sock\"'");
        compiled("fs/btrfs/scrub", "gcc -c -DMODULE -DKBUILD_BASENAME='\"scrub\"' -DKBUILD_MODNAME='\"btrfs\"'");
        Files.createFile(tree.resolve("fs/btrfs/btrfs.mod"));
        compiled("drivers/net/a/b/core", "gcc -c -DMODULE -DKBUILD_MODNAME='\"two_words\"'");
        Files.createFile(tree.resolve("drivers/net/two-words.mod"));
    }

    private void compiled(String name, String command) throws IOException {
        Path object = tree.resolve(name + ".o");
        Files.createDirectories(object.getParent());
        Files.createFile(object);
        Files.writeString(
                object.resolveSibling("." + object.getFileName() + ".cmd"), "cmd_" + name + ".o := " + command + "\n");
    }

    @Test
    void aFileThatWasCompiledByItselfIsAUnitOfTheImageOrOfItsModule() {
        assertThat(CompiledUnit.of(tree, BUILT_IN)).contains(new CompiledUnit("net/core/sock.o", KernelObject.VMLINUX));
        assertThat(CompiledUnit.of(tree, OF_MODULE))
                .contains(new CompiledUnit("fs/btrfs/scrub.o", KernelObject.module("fs/btrfs/btrfs")));
        assertThat(CompiledUnit.of(tree, SourcePath.parse("drivers/net/a/b/core.c")))
                .contains(new CompiledUnit("drivers/net/a/b/core.o", KernelObject.module("drivers/net/two-words")));
        assertThat(CompiledUnit.of(tree, BUILT_IN).orElseThrow().name()).isEqualTo("sock.o");
    }

    @Test
    void aUnitStaysOneWhenItsProductIsGoneAfterACompileThatWasKilled() throws IOException {
        Files.delete(tree.resolve("net/core/sock.o"));

        assertThat(CompiledUnit.of(tree, BUILT_IN)).contains(new CompiledUnit("net/core/sock.o", KernelObject.VMLINUX));
    }

    @Test
    void aHeaderAndAFileThatOthersIncludeAreNone() {
        assertThat(CompiledUnit.of(tree, SourcePath.parse("net/core/sock.h"))).isEmpty();
        assertThat(CompiledUnit.of(tree, PART)).isEmpty();
    }

    @Test
    void aFileThatOthersIncludeHasTheUnitsOfItsFolderThatDo() throws IOException {
        compiled("kernel/sched/build", "gcc -c\n\ndeps_kernel/sched/build.o := \\\n  kernel/sched/rt.c \\");
        compiled("kernel/sched/core", "gcc -c\n\ndeps_kernel/sched/core.o := \\\n  kernel/sched/part.c \\");

        assertThat(CompiledUnit.including(tree, PART))
                .containsExactly(new CompiledUnit("kernel/sched/build.o", KernelObject.VMLINUX));
        assertThat(CompiledUnit.including(tree, SourcePath.parse("kernel/sched/t.c")))
                .isEmpty();
        assertThat(CompiledUnit.including(tree, SourcePath.parse("not/there.c")))
                .isEmpty();
    }

    @Test
    void whereOneFileIsNoUnitThereIsNoListOfUnits() {
        assertThat(CompiledUnit.ofAll(tree, List.of(BUILT_IN, OF_MODULE)))
                .hasValueSatisfying(units -> assertThat(units).hasSize(2));
        assertThat(CompiledUnit.ofAll(tree, List.of(BUILT_IN, PART))).isEmpty();
    }
}
