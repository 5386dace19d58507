package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.kernel.KernelObject;

class PlainSectionsTest {
    private static final Path HEADER = Path.of("/scratch/flags/plain_sections.h");

    @TempDir
    private Path tree = Path.of("");

    private List<String> flags(String... targets) {
        return PlainSections.flags(tree, units(targets), HEADER);
    }

    private static List<CompiledUnit> units(String... targets) {
        return List.of(targets).stream()
                .map(target -> new CompiledUnit(target, KernelObject.VMLINUX))
                .toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theObjectsAreThoseThatAFailureNames() {
        assertThat(PlainSections.objects("""
                        build_utility.o: changed section .rela.sched.text not selected for inclusion
                        ERROR: memcontrol.o: 2 unsupported section change(s)
                        memcontrol.o: changed section .ref.text not selected for inclusion
                        memcontrol.o: changed section .rela.ref.text not selected for inclusion
                        """)).containsExactly("build_utility.o", "memcontrol.o");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "namei.o: function f has no fentry/mcount call, unable to patch",
                "changed section .ref.text not selected for inclusion",
                "a.o: changed section .ref.text not selected for inclusion\n"
                        + "b.o: changed section .init.text not selected for inclusion"
            })
    void nothingIsGainedWhereOthersAreNamedOrNone(String excerpt) {
        assertThat(PlainSections.objects(excerpt)).isEmpty();
    }

    @Test
    void everyObjectGetsTheHeaderOnce() {
        assertThat(flags("mm/a.o", "net/b.o", "fs/a.o"))
                .containsExactly("CFLAGS_a.o=-include" + HEADER, "CFLAGS_b.o=-include" + HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CFLAGS_a.o := -O1\n", "CFLAGS_$(name).o += -DX\n", "obj-y += a.o\nCFLAGS_a.o+=-DX"})
    void flagsOfAnObjectThatAMakefileHasAreNotReplaced(String makefile) throws IOException {
        write("mm/Makefile", makefile);

        assertThat(flags("mm/a.o")).isEmpty();
        assertThat(flags("fs/a.o")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CFLAGS_ba.o := -O1\n", "CFLAGS_REMOVE_a.o = -pg\n", "CFLAGS_a.o.x = 1\n", "KASAN_a.o := n\n"})
    void otherVariablesStay(String makefile) throws IOException {
        write("mm/Makefile", makefile);

        assertThat(flags("mm/a.o")).hasSize(1);
    }

    @Test
    void anObjectWithTheNameOfOneOfTheBuildIsLeftAlone() throws IOException {
        write("tools/objtool/arch/x86/special.o", "");

        assertThat(flags("mm/special.o")).isEmpty();
        assertThat(flags("mm/ordinary.o")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b/x.h", "/a*/x.h", "/$HOME/x.h", "/a;b/x.h"})
    void aPathThatTheScriptWouldCutOrReadIsNotGiven(String header) {
        assertThat(PlainSections.flags(tree, units("mm/a.o"), Path.of(header))).isEmpty();
    }

    @Test
    void theHeaderTakesTheSectionsAwayAndNothingElse() throws IOException {
        assertThat(PlainSections.header(tree.resolve("flags")))
                .hasParent(tree.resolve("flags"))
                .content()
                .containsSubsequence("#include <linux/init.h>", "#undef __ref", "#define __ref noinline")
                .containsSubsequence("#include <linux/sched/debug.h>", "#undef __sched", "#define __sched\n");
    }
}
