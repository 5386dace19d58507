package org.tuxtape.kpatch.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.kpatch.internal.run.ToolExit.Exited;

/** One line of each kind that the tools' sources hold, alone as it comes out of the tool. */
class SignsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ERROR: getopt failed.                                                              | BAD_ARGUMENTS        |
            ERROR: source dir '/x' not found.                                                  | BAD_ARGUMENTS        |
            ERROR: config file '/x' not found.                                                 | BAD_ARGUMENTS        |
            ERROR: vmlinux file '/x' not found.                                                | BAD_ARGUMENTS        |
            ERROR: Invalid number of make jobs '0'.                                            | BAD_ARGUMENTS        |
            ERROR: output dir '/x' not found.                                                  | BAD_ARGUMENTS        |
            ERROR: patch file 'x.patch' not found.                                             | BAD_ARGUMENTS        |
            ERROR: out-of-tree module source dir '/x' not found.                               | BAD_ARGUMENTS        |
            ERROR: no patch file(s) specified                                                  | BAD_ARGUMENTS        |
            ERROR: --archversion is incompatible with --sourcerpm                              | BAD_ARGUMENTS        |
            ERROR: --oot-module requires --oot-module-src                                      | BAD_ARGUMENTS        |
            getopt: unrecognized option '--frobnicate'                                         | BAD_ARGUMENTS        |
            ERROR: Couldn't create /x/tmp.                                                     | BAD_ARGUMENTS        | /x/tmp
            ERROR: gawk not installed.                                                         | MISSING_TOOL         | gawk
            ERROR: can't find supporting tools. Check /c/build.log for more details.           | MISSING_TOOL         |
            ERROR: Unsupported distribution. Check /c/build.log for more details.              | MISSING_TOOL         |
            ERROR: yumdownloader (yum-utils or dnf-utils) not installed. Check /c/build.log for more details. | MISSING_TOOL | yumdownloader (yum-utils or dnf-utils)
            /bin/sh: 1: bc: not found                                                          | MISSING_TOOL         | bc
            /usr/bin/kpatch-build: line 12: lsdiff: command not found                          | MISSING_TOOL         | lsdiff
            make: gcc-12: No such file or directory                                            | MISSING_TOOL         | gcc-12
            ERROR: can't find vmlinux.                                                         | MISSING_DEBUG_INFO   |
            ERROR: kernel-debuginfo-6.1.0 not installed.                                       | MISSING_DEBUG_INFO   |
            ERROR: linux-image-6.1.0-dbgsym not installed.                                     | MISSING_DEBUG_INFO   |
            ERROR: linux-image-6.1.0-dbg not installed.                                        | MISSING_DEBUG_INFO   |
            ERROR: can't find special struct alt_instr size. Check /c/build.log for more details. | MISSING_DEBUG_INFO | alt_instr
            ERROR: Kernel version mismatch: 6.1 was specified but vmlinux was built for 6.2.   | KERNEL_MISMATCH      |
            ERROR: Unable to determine the kernel version from vmlinux.                        | KERNEL_MISMATCH      |
            ERROR: setlocalversion failed. Check /c/build.log for more details.                | KERNEL_MISMATCH      |
            ERROR: Kernel path not found: /src/Makefile. Check /c/build.log for more details.  | KERNEL_MISMATCH      | /src/Makefile
            ERROR: rpmbuild -bp failed.  you may need to run 'yum-builddep kernel' first.. Check /c/b for more details. | SOURCE_UNAVAILABLE |
            ERROR: dget: Could not fetch/unpack x. Check /c/build.log for more details.        | SOURCE_UNAVAILABLE   |
            ERROR: can't find config file. Check /c/build.log for more details.                | CONFIG_UNSUPPORTED   |
            ERROR: kernel doesn't have 'CONFIG_DEBUG_INFO' enabled. Check /c/b for more details. | CONFIG_UNSUPPORTED | CONFIG_DEBUG_INFO
            ERROR: The kernel doesn't support klp replace. Check /c/build.log for more details. | CONFIG_UNSUPPORTED  |
            ERROR: kernel option 'CONFIG_X86_KERNEL_IBT' not supported. Check /c/b for more details. | CONFIG_UNSUPPORTED | CONFIG_X86_KERNEL_IBT
            ERROR: gcc/kernel version mismatch                                                 | COMPILER_MISMATCH    |
            ERROR: clang/kernel version mismatch                                               | COMPILER_MISMATCH    |
            ERROR: /p/x.patch file failed to apply. Check /c/build.log for more details.       | PATCH_DOES_NOT_APPLY |
            ERROR: /p/x.patch: unsupported patch to lib/: lib/idr.c                            | UNSUPPORTED_FILE     |
            ERROR: /p/x.patch: unsupported patch to assembly: arch/x86/entry/entry_64.S        | UNSUPPORTED_FILE     |
            ERROR: Unsupported changes detected. Check /c/build.log for more details.          | UNSUPPORTED_FILE     |
            ERROR: truncated /src/Module.symvers file. Check /c/build.log for more details.    | TREE_DOES_NOT_BUILD  |
            ERROR: Malformed /c/tmp/Module.symvers file. Check /c/build.log for more details.  | TREE_DOES_NOT_BUILD  |
            ERROR: Undefined symbols: foo_bar baz . Check /c/build.log for more details.       | UNDEFINED_SYMBOL     | foo_bar
            ERROR: can't find net/x.o associated with net/.x.o.cmd. Check /c/b for more details. | OBJECT_MAPPING     |
            ERROR: can't find .ko for net/x.mod. Check /c/build.log for more details.          | OBJECT_MAPPING       | net/x.mod
            ERROR: invalid ancestor net/x.o for net/x.o. Check /c/build.log for more details.  | OBJECT_MAPPING       |
            ERROR: multiple parent matches for net/x.o: a b. Check /c/build.log for more details. | OBJECT_MAPPING    | net/x.o
            x.o: data section .data.table selected for inclusion                               | DATA_CHANGE          | table
            ERROR: x.o: object size mismatch: table                                            | DATA_CHANGE          | table
            ERROR: x.o: symbol info mismatch: table                                            | DATA_CHANGE          | table
            ERROR: x.o: symbol changed sections: table                                         | DATA_CHANGE          | table
            ERROR: x.o: .data.table section header details differ from .data.table             | DATA_CHANGE          | table
            x.o: changed section .rela.data.table not selected for inclusion                   | DATA_CHANGE          | table
            x.o: changed section .init.text not selected for inclusion                         | UNSUPPORTED_SECTION  |
            x.o: changed section __ksymtab_strings not selected for inclusion                  | UNSUPPORTED_SECTION  |
            x.o: changed section __ex_table not selected for inclusion                         | UNSUPPORTED_SECTION  |
            x.o: changed section .text.f is part of a section group                            | UNSUPPORTED_SECTION  | f
            x.o: new/changed group sections are not supported                                  | UNSUPPORTED_SECTION  |
            ERROR: x.o: 2 unsupported section change(s)                                        | UNSUPPORTED_SECTION  |
            x.o: function f has no fentry/mcount call, unable to patch                         | NOT_TRACEABLE        | f
            x.o: function f doesn't have patchable function entry, unable to patch             | NOT_TRACEABLE        | f
            ERROR: x.o: 1 function(s) can not be patched                                       | NOT_TRACEABLE        |
            ERROR: x.o: reference to static local variable once.12 in f was removed            | STATIC_LOCAL         | once.12
            ERROR: x.o: static local a.1 has been correlated with a.2, but patched f is missing a reference to it | STATIC_LOCAL | a.1
            x.o: Found a jump label at f()+0x1c, using key k.  Use static_key_enabled() instead. | STATIC_KEY_OR_CALL | f
            create-diff-object: ERROR: x.o: kpatch_process_special_sections: 2666: Found 1 unsupported jump label(s) in the patched code. | STATIC_KEY_OR_CALL |
            x.o: Found a static call at f()+0x1c, using key k, which is defined in a module.   | STATIC_KEY_OR_CALL   | f
            x.o: Found an unsupported sibling call at f()+0x1c.  Add __attribute__             | UNSUPPORTED_CODE     | f
            create-diff-object: ERROR: x.o: find_local_syms: 200: couldn't find matching tcp.c local symbols in vmlinux symbol table | SYMBOL_LOOKUP | tcp.c
            create-diff-object: ERROR: x.o: find_local_syms: 200: found duplicate matches for tcp.c local symbols in vmlinux symbol table | SYMBOL_LOOKUP | tcp.c
            create-diff-object: ERROR: x.o: main: 3535: can't find symbol 'g' in symbol table  | SYMBOL_LOOKUP        | g
            create-diff-object: ERROR: x.o: lookup: 100: duplicate exported symbol found for g | SYMBOL_LOOKUP        | g
            ERROR: Version disagreement for symbol g                                           | MODVERSIONS          | g
            ERROR: Patch module references g with invalid version                              | MODVERSIONS          | g
            ERROR: create-diff-object SIGSEGV                                                  | TOOL_BROKE           | create-diff-object
            ERROR: create-klp-module: exited with return code: 2. Check /c/b for more details. | TOOL_BROKE           |
            ERROR: x.o: ELF headers differ                                                     | TOOL_BROKE           |
            create-diff-object: ERROR: x.o: rela_insn: 186: can't decode instruction in section .text.f at offset 0x1 | TOOL_BROKE |
            create-diff-object: ERROR: x.o: kpatch_elf_open: 597: Unsupported target architecture | TOOL_BROKE        |
            create-diff-object: ERROR: x.o: kpatch_write_output_elf: 40: elf_update            | TOOL_BROKE           |
            create-diff-object: ERROR: x.o: alt_group_size: 2129: ALT_STRUCT_SIZE not set      | TOOL_BROKE           |
            create-diff-object: ERROR: x.o: kpatch_new_check: 12: something never said before  | UNCLASSIFIED         |
            ERROR: something never said before. Check /c/build.log for more details.           | UNCLASSIFIED         |
            """)
    void kpatchBuildSays(String line, BuildFailure failure, String name) {
        assertSays(
                ToolOutput.ofKpatch(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none()),
                line,
                failure,
                name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            error: this script requires bash 4.4+                                              | MISSING_TOOL         |
            error: klp-build: please run from the kernel root directory                        | BAD_ARGUMENTS        |
            error: klp-build: output filename should end with .ko                              | BAD_ARGUMENTS        |
            error: klp-build: --short-circuit requires preserved klp-tmp dir                   | BAD_ARGUMENTS        |
            error: klp-build: invalid short-circuit step '9'                                   | BAD_ARGUMENTS        |
            error: klp-build: -S 2 requires completed /src/klp-tmp/1-orig                      | BAD_ARGUMENTS        |
            error: klp-build: x.patch doesn't exist                                            | BAD_ARGUMENTS        |
            klp-build: unrecognized option '--frobnicate'                                      | BAD_ARGUMENTS        |
            Usage: klp-build [OPTIONS] PATCH_FILE(s)                                           | BAD_ARGUMENTS        |
            error: klp-build: no .config file in /src                                          | CONFIG_UNSUPPORTED   |
            error: klp-build: CONFIG_LIVEPATCH not enabled                                     | CONFIG_UNSUPPORTED   | CONFIG_LIVEPATCH
            error: klp-build: CONFIG_KLP_BUILD not enabled                                     | CONFIG_UNSUPPORTED   | CONFIG_KLP_BUILD
            error: klp-build: kernel option 'CONFIG_GCC_PLUGIN_RANDSTRUCT' not supported       | CONFIG_UNSUPPORTED   | CONFIG_GCC_PLUGIN_RANDSTRUCT
            error: klp-build: Clang assembler version < 20 not supported                       | MISSING_TOOL         |
            error: klp-build: objtool not built with KLP support; install libxxhash-dev        | MISSING_TOOL         |
            error: klp-build: recountdiff not found (install patchutils)                       | MISSING_TOOL         |
            error: klp-build: can't find fix-patch-lines                                       | MISSING_TOOL         |
            error: klp-build: .config mismatch, check your .config or run 'make olddefconfig'  | KERNEL_MISMATCH      |
            error: klp-build: make syncconfig failed                                           | KERNEL_MISMATCH      |
            error: klp-build: failed to get kernel version                                     | KERNEL_MISMATCH      |
            error: klp-build: x.patch: unsupported patch to lib/idr.c                          | UNSUPPORTED_FILE     |
            error: klp-build: x.patch did not apply                                            | PATCH_DOES_NOT_APPLY |
            error: klp-build: missing btrfs.o for fs/btrfs/btrfs.ko                            | TREE_DOES_NOT_BUILD  | fs/btrfs/btrfs.ko
            error: klp-build: original kernel build failed                                     | TREE_DOES_NOT_BUILD  |
            error: klp-build: patched kernel build failed                                      | COMPILE_ERROR        |
            error: klp-build: missing vmlinux                                                  | TREE_DOES_NOT_BUILD  |
            error: klp-build: no file to stash: /src/scripts/setlocalversion                   | KERNEL_MISMATCH        | /src/scripts/setlocalversion
            vmlinux.o: error: objtool: changed data: table                                     | DATA_CHANGE          | table
            vmlinux.o: error: objtool: f+0x1c: unsupported static branch key k.  Use static_key_enabled() instead | STATIC_KEY_OR_CALL | f
            vmlinux.o: error: objtool: f()+0x1c: unsupported static call key k.  Use KLP_STATIC_CALL() instead | STATIC_KEY_OR_CALL | f
            vmlinux.o: error: objtool: FILE symbol mismatch: a.c != b.c                        | SYMBOL_LOOKUP        | a.c
            vmlinux.o: error: objtool: can't find sympos for g                                 | SYMBOL_LOOKUP        | g
            vmlinux.o: error: objtool: .klp.symids address mismatch for symbol g, stale orig vmlinux? | KERNEL_MISMATCH | g
            vmlinux.o: error: objtool: no .klp.symids entry for symbol g in orig vmlinux.o     | SYMBOL_LOOKUP        | g
            vmlinux.o: error: objtool: malformed Module.symvers at line 3                      | TREE_DOES_NOT_BUILD  |
            vmlinux.o: error: objtool: not sure how to handle section .data.x                  | TOOL_BROKE           |
            objtool klp diff failed                                                            | UNCLASSIFIED         |
            error: klp-build: objtool klp diff failed                                          | UNCLASSIFIED         |
            error: klp-build: something never said before                                      | UNCLASSIFIED         |
            """)
    void klpBuildSays(String line, BuildFailure failure, String name) {
        assertSays(
                ToolOutput.ofKlp(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none()), line, failure, name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            net/x.c:12:5: error: implicit declaration of function 'g' [-Werror=implicit-function-declaration] | COMPILE_ERROR | g    | net/x.c:12
            net/x.c:12:5: error: call to undeclared function 'g'; ISO C99 and later            | COMPILE_ERROR       | g           | net/x.c:12
            ./include/net/x.h:3:10: fatal error: net/y.h: No such file or directory            | COMPILE_ERROR       | net/y.h     | include/net/x.h:3
            net/x.c:7:9: error: 'struct s' has no member named 'field'                         | COMPILE_ERROR       | field       | net/x.c:7
            net/x.c:7:9: error: \u2018v\u2019 undeclared (first use in this function)          | COMPILE_ERROR       | v           | net/x.c:7
            net/x.c:7:9: error: unused variable 'v' [-Werror=unused-variable]                  | COMPILE_ERROR       |             | net/x.c:7
            arch/x86/x.S:7: Error: no such instruction: 'foo'                                  | COMPILE_ERROR       |             | arch/x86/x.S:7
            scripts/x.c:7:9: fatal error: openssl/bio.h: No such file or directory             | MISSING_TOOL        | openssl/bio.h | scripts/x.c:7
            "make[3]: *** [scripts/Makefile.build:250: net/x.o] Error 1"                       | COMPILE_ERROR       |             |
            "make[1]: *** No rule to make target 'net/y.o', needed by 'net/built-in.a'.  Stop." | COMPILE_ERROR      | net/y.o     |
            "ERROR: modpost: ""g"" [net/x.ko] undefined!"                                      | UNDEFINED_SYMBOL    | g           |
            ERROR: modpost: module x uses symbol g from namespace N, but does not import it.   | UNDEFINED_SYMBOL    | g           |
            ld: net/x.c:(.text+0x1): undefined reference to `g'                                | UNDEFINED_SYMBOL    | g           |
            "ld.lld: error: undefined symbol: g"                                               | UNDEFINED_SYMBOL    | g           |
            ld: net/x.o: multiple definition of `g'; net/y.o: first defined here               | COMPILE_ERROR       | g           |
            ERROR: modpost: Section mismatches detected.                                       | UNSUPPORTED_SECTION |             |
            "net/x.o: error: objtool: f+0x12: unreachable instruction"                         | COMPILE_ERROR       | f           |
            gcc: fatal error: Killed signal terminated program cc1                             | KILLED              |             |
            "make[2]: *** [scripts/Makefile.build:250: net/x.o] Killed"                        | KILLED              |             |
            cc1: out of memory allocating 65536 bytes after a total of 1 bytes                 | KILLED              |             |
            srun: error: Node failure on node7                                                 | KILLED              |             |
            srun: error: node7: task 0: Killed                                                 | KILLED              |             |
            srun: Job allocation 2 has been revoked                                            | KILLED              |             |
            "slurmstepd-node7: error: *** STEP 2.0 ON node7 CANCELLED AT 2026-11-26T23:16:37 ***" | KILLED              |             |
            Connection to 192.0.2.7 closed by remote host.                                     | KILLED              |             |
            client_loop: send disconnect: Broken pipe                                          | KILLED              |             |
            Timeout, server 192.0.2.7 not responding.                                          | KILLED              |             |
            "net/x.c:9:1: internal compiler error: Segmentation fault"                         | TOOL_BROKE          |             |
            "ld: final link failed: No space left on device"                                   | NO_SPACE            |             |
            "cp: error writing 'x': Disk quota exceeded"                                       | NO_SPACE            |             |
            "gcc: error: unrecognized command-line option '-fx'"                               | COMPILER_MISMATCH   |             |
            "cc1: error: unknown option '-fx'"                                                 | COMPILER_MISMATCH   |             |
            """)
    void programsBelowSay(String line, BuildFailure failure, String name, String place) {
        for (ToolOutput output : List.of(
                ToolOutput.ofKpatch(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none()),
                ToolOutput.ofKlp(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none()))) {
            BuildDiagnosis diagnosis = assertSays(output, line, failure, name);
            assertThat(diagnosis.place().map(Object::toString).orElse(null)).isEqualTo(place);
        }
    }

    private static BuildDiagnosis assertSays(ToolOutput output, String line, BuildFailure failure, String name) {
        output.line(line);
        ToolVerdict verdict = output.verdict(new Exited(1), Optional::empty);
        BuildDiagnosis diagnosis = assertThat(verdict)
                .asInstanceOf(type(ToolVerdict.Failed.class))
                .actual()
                .diagnosis();
        assertThat(diagnosis.failure()).isEqualTo(failure);
        assertThat(diagnosis.function().orElse(null)).isEqualTo(name);
        assertThat(diagnosis.excerpt()).contains(line);
        assertThat(diagnosis.remedy()).endsWith(".").doesNotContain("{}");
        return diagnosis;
    }
}
