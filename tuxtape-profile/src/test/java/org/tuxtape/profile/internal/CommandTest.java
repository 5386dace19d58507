package org.tuxtape.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @Test
    void anArchiveThatPrintfNames() {
        Command command = Command.link(
                "rm -f fs/built-in.a;  printf \"fs/%s \" open.o proc/built-in.a | xargs ar cDPrST" + " fs/built-in.a");

        assertThat(command.members())
                .containsExactly("fs/built-in.a", "fs/open.o", "fs/proc/built-in.a", "fs/built-in.a");
    }

    @Test
    void theTopArchive() {
        assertThat(Command.link("rm -f built-in.a;  printf \"./%s \" init/built-in.a | xargs ar cDPrST built-in.a")
                        .members())
                .containsExactly("built-in.a", "./init/built-in.a", "built-in.a");
    }

    @Test
    void anArchiveThatNamesItsMembers() {
        assertThat(Command.link("rm -f lib/lib.a; ar cDPrsT lib/lib.a lib/a.o lib/b.o")
                        .members())
                .containsExactly("lib/lib.a", "lib/lib.a", "lib/a.o", "lib/b.o");
    }

    @Test
    void theListOfAModule() {
        assertThat(Command.link("printf '%s\\n'   a.o b.o | awk '!x[$$0]++ { print(\"fs/x/\"$$0) }' > fs/x/x.mod")
                        .members())
                .containsExactly("fs/x/a.o", "fs/x/b.o");
    }

    @Test
    void aModuleOfAList() {
        assertThat(Command.link("ld -m elf_x86_64 -r -o fs/x/x.o @fs/x/x.mod  ; ./tools/objtool/objtool fs/x/x.o")
                        .members())
                .containsExactly("fs/x/x.o", "fs/x/x.mod", "fs/x/x.o");
    }

    @Test
    void groupsAreLinkedOnDemand() {
        Command command = Command.link("ld -r -o vmlinux.o --whole-archive vmlinux.a --no-whole-archive --start-group"
                + " lib/lib.a --end-group x.o");

        assertThat(command.members()).containsExactly("vmlinux.o", "vmlinux.a", "x.o");
        assertThat(command.onDemand()).containsExactly("lib/lib.a");
    }

    @Test
    void theListOfModules() {
        assertThat(Command.link("{   cat fs/modules.order;   echo fs/x/x.ko; :; } > modules.order")
                        .members())
                .containsExactly("fs/modules.order", "fs/x/x.ko", "modules.order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -Wp,-MMD,x -nostdinc -I./include -c -o x.o x.c",
                "clang -D__KERNEL__ -c -o x.o x.c",
                "rustc --edition=2021 @./include/generated/rustc_cfg --emit=obj=x.o x.rs"
            })
    void kernelCode(String command) {
        assertThat(Command.compilation(command).kernelCode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -Wp,-MMD,x -Wall -O2 -I ./scripts/include -D__EXPORTED_HEADERS__ -c -o x.o x.c",
                "rustc --crate-type proc-macro -o x.so x.rs"
            })
    void hostCode(String command) {
        assertThat(Command.compilation(command).kernelCode()).isFalse();
    }
}
