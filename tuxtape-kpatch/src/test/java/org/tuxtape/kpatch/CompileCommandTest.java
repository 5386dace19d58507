package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.kernel.SourcePath;

class CompileCommandTest {
    private static final SourcePath FILE = SourcePath.parse("net/core/sock.c");
    private static final String TARGET = "net/core/sock.o";

    private static List<String> words(String line) {
        return CompileCommand.parse(line, TARGET, FILE)
                .map(CompileCommand::words)
                .orElse(List.of());
    }

    @Test
    void itIsWhatMakeHasCalledWithoutSourceProductAndDependencies() {
        assertThat(words("cmd_net/core/sock.o := gcc -Wp,-MMD,net/core/.sock.o.d -nostdinc -I./include -O2 -c -o"
                        + " net/core/sock.o net/core/sock.c"))
                .containsExactly("gcc", "-nostdinc", "-I./include", "-O2", "-c");
    }

    @Test
    void quotesAreThoseOfTheShell() {
        assertThat(words("savedcmd_net/core/sock.o := gcc -DKBUILD_MODNAME='\"sock\"' -DA=\"x y\" -DB=\\\"z\\\" -c -o"
                        + " net/core/sock.o /usr/src/linux/net/core/sock.c"))
                .containsExactly("gcc", "-DKBUILD_MODNAME=\"sock\"", "-DA=x y", "-DB=\"z\"", "-c");
    }

    @Test
    void whatFollowsTheCompilerAndTheWrapperOfAToolAreLeftOut() {
        assertThat(words("cmd_net/core/sock.o := /usr/lib/kpatch/kpatch-cc gcc -c -o net/core/sock.o net/core/sock.c"
                        + "   ; ./tools/objtool/objtool --orc net/core/sock.o"))
                .containsExactly("gcc", "-c");
        assertThat(words("cmd_net/core/sock.o := gcc -c -o net/core/sock.o net/core/sock.c && rm $(x)"))
                .containsExactly("gcc", "-c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cmd_net/core/sock.o := ld -r -o net/core/sock.o net/core/a.o",
                "cmd_net/core/sock.o := gcc -c -o net/core/other.o net/core/sock.c",
                "cmd_net/core/sock.o := gcc -o net/core/sock.o net/core/sock.c",
                "cmd_net/core/sock.o := gcc `cat flags` -c -o net/core/sock.o net/core/sock.c",
                "cmd_net/core/sock.o := gcc -c -o net/core/sock.o net/core/sock.c 'open",
                "cmd_net/core/sock.o := gcc -c -o",
            })
    void whatIsNotOfThatFormIsNone(String line) {
        assertThat(CompileCommand.parse(line, TARGET, FILE)).isEmpty();
    }

    @Test
    void anotherTextIsCompiledAsIfItLayInTheTree() {
        assertThat(new CompileCommand(List.of("gcc", "-c", "-g"))
                        .compiling(FILE, Path.of("/scratch/after"), Path.of("/scratch/after.o")))
                .containsExactly(
                        "gcc",
                        "-c",
                        "-g",
                        "-iquote",
                        "net/core",
                        "-fmacro-prefix-map=/scratch/after/=",
                        "-g0",
                        "-o",
                        "/scratch/after.o",
                        "/scratch/after/net/core/sock.c");
    }
}
