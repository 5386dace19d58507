package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tree that make and gcc really build, by rules that decide as Kbuild's do: by time and by the recorded command. */
final class KbuildTree {
    private static final String MAKEFILE = """
        VERSION = 6
        PATCHLEVEL = 1
        SUBLEVEL = 192
        EXTRAVERSION =
        FLAGS = -O1 -Iinclude
        OBJS = net/a.o net/b.o fs/c.o tools/tool.o
        all: vmlinux
        olddefconfig:
        \t@grep -v GONE .config > .config.tmp; mv .config.tmp .config
        vmlinux: $(OBJS)
        \t@echo LINK $@
        \t@ld -r -o $@ $(OBJS)
        \t@printf 'savedcmd_%s := ld\\n' $@ > .$@.cmd
        tools/tool.o: tools/tool.c FORCE
        \t@echo 'gcc $(CURDIR)/tools' | cmp -s - tools/.tool.o.cmd && [ tools/tool.o -nt tools/tool.c ] || \\
        \t  { echo CC $@; gcc -c $(CURDIR)/tools/tool.c -o $@; echo 'gcc $(CURDIR)/tools' > tools/.tool.o.cmd; }
        %.o: %.c include/common.h
        \t@echo CC $@
        \t@gcc $(FLAGS) -c $< -o $@
        \t@printf 'savedcmd_%s := gcc\\n' $@ > $(dir $@).$(notdir $@).cmd
        FORCE:
        .PHONY: FORCE all olddefconfig
        """;

    final SmallTree small;

    private KbuildTree(SmallTree small) {
        this.small = small;
    }

    static KbuildTree in(Path directory) {
        for (String program : List.of("make", "gcc", "ld")) {
            assumeTrue(isThere(program), program + " is not installed");
        }
        SmallTree small = SmallTree.in(directory);
        small.write("Makefile", MAKEFILE);
        small.write("include/common.h", "#define ONE 1\n");
        small.write("net/a.c", "#include \"common.h\"\nint a(void) { return ONE; }\n");
        small.write("net/b.c", "int b(void) { return 2; }\n");
        small.write("fs/c.c", "#include \"common.h\"\nint c(void) { return ONE + 2; }\n");
        small.write("tools/tool.c", "int tool(void) { return 4; }\n");
        return new KbuildTree(small);
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    /** Makes everything in a directory; what was made is told line by line. */
    static List<String> make(Path directory) {
        return run(directory, "make", "-j2");
    }

    static List<String> run(Path directory, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output.lines()
                    .filter(line -> line.startsWith("CC ") || line.startsWith("LINK "))
                    .sorted()
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    byte[] bytes(String name) {
        try {
            return Files.readAllBytes(small.path(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
