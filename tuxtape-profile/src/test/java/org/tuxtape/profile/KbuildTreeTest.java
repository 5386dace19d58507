package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.profile.SmallBuild.Layout;
import org.tuxtape.profile.SmallBuild.Spelling;

/** What a finished build's tree says. */
class KbuildTreeTest {
    private static final List<String> UNITS = List.of(
            "arch/x86/entry/vdso/vdso-image-64.c\tvmlinux",
            "arch/x86/kernel/head_64.S\tvmlinux",
            "drivers/char/rusty.rs\tdrivers/char/rusty",
            "drivers/char/toy.c\tdrivers/char/toy",
            "fs/ext9/inode.c\tfs/ext9/ext9",
            "fs/ext9/super.c\tfs/ext9/ext9",
            "init/main.c\tvmlinux",
            "init/version-timestamp.c\tvmlinux",
            "kernel/fork.c\tvmlinux",
            "kernel/sched/policy.c\tvmlinux",
            "lib/string.c\tvmlinux");
    private static final List<String> OTHER_UNITS = List.of(
            "arch/x86/boot/string.c\tarch/x86/boot/setup.elf",
            "arch/x86/entry/vdso/vgetcpu.c\tarch/x86/entry/vdso/vdso64.so.dbg",
            "arch/x86/kernel/asm-offsets.c\tarch/x86/kernel/asm-offsets.s",
            "kernel/bounds.c\tkernel/bounds.s");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "IN_TREE, SAVEDCMD", "IN_TREE, CMD",
        "ELSEWHERE, SAVEDCMD", "ELSEWHERE, CMD",
        "BELOW_SOURCE, SAVEDCMD", "BELOW_SOURCE, CMD"
    })
    void everyLayoutAndSpellingGivesTheSameProfile(Layout layout, Spelling spelling) {
        SmallBuild build = SmallBuild.complete(directory, layout, spelling);

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(lines(profile.units())).isEqualTo(UNITS);
        assertThat(lines(profile.otherUnits())).isEqualTo(OTHER_UNITS);
        assertThat(profile.isComplete()).isTrue();
        assertThat(profile.notes()).isEmpty();
        assertThat(profile.sourceDirectory()).contains(build.sourceDirectory());
        assertThat(profile.provenance()).isEqualTo("Kbuild tree " + build.tree() + ", 11 units");
        in(profile)
                .compiled("fs/ext9/super.c", "fs/ext9/ext9")
                .included(
                        "lib/vdso/getcpu.c",
                        List.of("arch/x86/entry/vdso/vgetcpu.c"),
                        "arch/x86/entry/vdso/vdso64.so.dbg")
                .absent("fs/xfs9/super.c", "include/linux/unused.h")
                .unknown("fs/nosuch.c", "This kernel's source has no such file");
    }

    private KbuildProfile complete() {
        return KbuildTree.read(SmallBuild.complete(directory).tree());
    }

    @Nested
    class Files {
        @Test
        void unitsAreCompiledIntoVmlinuxOrTheirModule() {
            in(complete())
                    .compiled("init/main.c", "vmlinux")
                    .compiled("arch/x86/kernel/head_64.S", "vmlinux")
                    .compiled("lib/string.c", "vmlinux")
                    .compiled("fs/ext9/inode.c", "fs/ext9/ext9")
                    .compiled("drivers/char/rusty.rs", "drivers/char/rusty");
        }

        @Test
        void unitsOfOtherImagesAreCompiledIntoThatImage() {
            in(complete())
                    .compiled("arch/x86/entry/vdso/vgetcpu.c", "arch/x86/entry/vdso/vdso64.so.dbg")
                    .compiled("arch/x86/boot/string.c", "arch/x86/boot/setup.elf")
                    .compiled("arch/x86/entry/vdso/vdso-image-64.c", "vmlinux");
        }

        @Test
        void unitsThatBecomeConstantsEndInTheirAssembly() {
            in(complete())
                    .compiled("kernel/bounds.c", "kernel/bounds.s")
                    .included("include/linux/bounds-only.h", List.of("kernel/bounds.c"), "kernel/bounds.s")
                    .included("include/linux/init.h", List.of("init/main.c"), "vmlinux");
        }

        @Test
        void headersAndIncludedSourcesNameTheirUnits() {
            in(complete())
                    .included(
                            "include/linux/fs.h",
                            List.of("fs/ext9/super.c", "init/main.c", "kernel/fork.c"),
                            "vmlinux",
                            "fs/ext9/ext9")
                    .included("kernel/sched/fair.c", List.of("kernel/sched/policy.c"), "vmlinux")
                    .included("arch/x86/include/asm/page.h", List.of("arch/x86/kernel/head_64.S"), "vmlinux");
        }

        @Test
        void aUnitThatAnotherOneIncludesIsInTheObjectsOfBoth() {
            SmallBuild build = SmallBuild.complete(directory)
                    .unit(
                            "arch/x86/boot/compressed/string.o",
                            "arch/x86/boot/compressed/string.c",
                            "arch/x86/boot/string.c")
                    .image("arch/x86/boot/compressed/vmlinux", "arch/x86/boot/compressed/string.o");

            in(KbuildTree.read(build.tree()))
                    .compiled("arch/x86/boot/string.c", "arch/x86/boot/setup.elf", "arch/x86/boot/compressed/vmlinux");
        }

        @Test
        void aSourceThatIsCompiledTwiceEndsInBothObjects() {
            SmallBuild build = SmallBuild.complete(directory)
                    .unit("arch/x86/purgatory/string.o", "lib/string.c")
                    .image("arch/x86/purgatory/purgatory.ro", "arch/x86/purgatory/string.o");

            KbuildProfile profile = KbuildTree.read(build.tree());

            in(profile).compiled("lib/string.c", "vmlinux", "arch/x86/purgatory/purgatory.ro");
            assertThat(lines(profile.units())).isEqualTo(UNITS);
            assertThat(lines(profile.otherUnits())).contains("lib/string.c\tarch/x86/purgatory/purgatory.ro");
        }

        @Test
        void anObjectThatTwoModulesShareIsInBoth() {
            SmallBuild build = SmallBuild.complete(directory)
                    .unit("fs/ext9/common.o", "fs/ext9/common.c")
                    .module("fs/ext9/one", "super.o", "common.o")
                    .module("fs/ext9/two", "inode.o", "common.o");

            in(KbuildTree.read(build.tree())).compiled("fs/ext9/common.c", "fs/ext9/one", "fs/ext9/two");
        }

        @Test
        void theSourceThatEveryModuleIsLinkedWithIsAUnitOfAll() {
            SmallBuild build = SmallBuild.complete(directory)
                    .unit(".module-common.o", "scripts/module-common.c")
                    .cmd("drivers/char/toy.ko", "ld -r -o drivers/char/toy.ko drivers/char/toy.o .module-common.o")
                    .cmd("fs/ext9/ext9.ko", "ld -r -o fs/ext9/ext9.ko fs/ext9/ext9.o .module-common.o");

            in(KbuildTree.read(build.tree())).compiled("scripts/module-common.c", "drivers/char/toy", "fs/ext9/ext9");
        }

        @Test
        void hostProgramsAreNoUnitsAndSayNothingOfTheKernel() {
            in(complete())
                    .unknown("scripts/mod/modpost.c", "was read by the build")
                    .unknown("scripts/mod/empty.c", "was read by the build")
                    .unknown("lib/gen_table.c", "was read by the build")
                    .unknown("lib/table-defs.h", "was read by the build")
                    .unknown("tools/objtool/elf.c", "programs that build the kernel");
        }

        @Test
        void whatTheLinkerWritesIsNoUnit() {
            SmallBuild build = SmallBuild.complete(directory).generatedUnit(".vmlinux.export.o", ".vmlinux.export.c");

            assertThat(lines(KbuildTree.read(build.tree()).units())).isEqualTo(UNITS);
        }

        @Test
        void whatLeavesNoTraceInCompiledFilesIsUnknown() {
            SmallBuild build = SmallBuild.complete(directory)
                    .source("arch/x86/Makefile", "", "arch/x86/kernel/unroll.awk", "", "scripts/dtc/dtc.c", "")
                    .source("drivers/of/board.dts", "");

            in(KbuildTree.read(build.tree()))
                    .unknown("Kconfig", "tells the build what to do")
                    .unknown("fs/Kconfig", "tells the build what to do")
                    .unknown("arch/x86/Makefile", "tells the build what to do")
                    .unknown("arch/x86/kernel/unroll.awk", "nothing that a compiler reads")
                    .unknown("scripts/dtc/dtc.c", "programs that build the kernel")
                    .unknown("drivers/of/board.dts", "describes hardware");
        }

        @Test
        void linkerScriptsAreReadForSomethingElseThanAUnit() {
            SmallBuild build = SmallBuild.complete(directory)
                    .source("arch/x86/kernel/vmlinux.lds.S", "")
                    .cmd(
                            "arch/x86/kernel/vmlinux.lds",
                            "gcc -E -nostdinc -D__KERNEL__ -o x",
                            "arch/x86/kernel/vmlinux.lds.S",
                            List.of("include/linux/unused.h"));

            in(KbuildTree.read(build.tree()))
                    .unknown("arch/x86/kernel/vmlinux.lds.S", "was read by the build")
                    .unknown("include/linux/unused.h", "was read by the build");
        }

        @Test
        void documentationOtherArchitecturesAndUnbuiltToolsAreAbsent() {
            in(complete())
                    .absent("Documentation/index.rst", "tools/perf/perf.c")
                    .absent("arch/arm64/kernel/entry.S", "arch/arm64/boot/dts/board.dtsi");
        }

        @Test
        void deviceTreesOfAnotherArchitectureMayBeSharedWhereAnyAreBuilt() {
            SmallBuild build = SmallBuild.complete(directory).cmd("arch/x86/boot/dts/board.dtb", "dtc -o board.dtb");

            in(KbuildTree.read(build.tree())).unknown("arch/arm64/boot/dts/board.dtsi", "describes hardware");
        }
    }

    @Nested
    class Kernel {
        @Test
        void theBuildIsNamed() {
            var kernel = complete().kernel();

            assertThat(kernel.release().text()).isEqualTo("6.12.7-test");
            assertThat(kernel.version()).isEqualTo(KernelVersion.parse("6.12.7"));
            assertThat(kernel.architecture()).contains("x86");
            assertThat(kernel.compiler()).contains("gcc (Test) 12.2.0");
            assertThat(kernel.configDigest().orElseThrow()).matches("[0-9a-f]{64}");
        }

        @Test
        void theReleaseIsAlsoFoundInTheGeneratedHeader() {
            SmallBuild build = SmallBuild.complete(directory)
                    .without("include/config/kernel.release")
                    .file("include/generated/utsrelease.h", "#define UTS_RELEASE \"6.12.7-header\"\n");

            assertThat(KbuildTree.read(build.tree()).kernel().release().text()).isEqualTo("6.12.7-header");
        }

        @Test
        void theReleaseIsPutTogetherFromMakefileAndConfigAtLast() {
            SmallBuild build = SmallBuild.complete(directory)
                    .without("include/config/kernel.release")
                    .file(".config", "CONFIG_MODULES=y\nCONFIG_LOCALVERSION=\"-mine\"\n");

            assertThat(KbuildTree.read(build.tree()).kernel().release().text()).isEqualTo("6.12.7-mine");
        }

        @Test
        void theVersionIsThatOfTheSourceWhereTheReleaseIsFrozen() {
            SmallBuild build =
                    SmallBuild.complete(directory).file("include/config/kernel.release", "6.12.0-30-amd64\n");

            assertThat(KbuildTree.read(build.tree()).kernel().version()).isEqualTo(KernelVersion.parse("6.12.7"));
        }

        @Test
        void theVersionIsThatOfTheReleaseWhereNothingElseSaysIt() {
            SmallBuild build = SmallBuild.complete(directory, Layout.ELSEWHERE, Spelling.CMD)
                    .without("source")
                    .without("include/generated/uapi/linux/version.h");

            assertThat(KbuildTree.read(build.tree()).kernel().version()).isEqualTo(KernelVersion.parse("6.12.7"));
        }

        @Test
        void aReleaseCandidateIsOne() {
            SmallBuild build = SmallBuild.complete(directory)
                    .source("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 7\nEXTRAVERSION = -rc3\n");

            assertThat(KbuildTree.read(build.tree()).kernel().version().toString())
                    .isEqualTo("6.12.7-rc3");
        }
    }

    @Nested
    class Options {
        @Test
        void optionsHaveTheirValueAndTheRestIsNo() {
            KbuildProfile profile = complete();

            assertThat(profile.option(ConfigSymbol.parse("CONFIG_MODULES"))).contains(ConfigValue.YES);
            assertThat(profile.option(ConfigSymbol.parse("CONFIG_EXT9_FS"))).contains(ConfigValue.MODULE);
            assertThat(profile.option(ConfigSymbol.parse("CONFIG_XFS9_FS"))).contains(ConfigValue.NO);
            assertThat(profile.option(ConfigSymbol.parse("CONFIG_NOT_NAMED"))).contains(ConfigValue.NO);
        }

        @Test
        void withoutConfigEveryOptionIsUnknownAndTheRestIsThere() {
            KbuildProfile profile = KbuildTree.read(
                    SmallBuild.complete(directory).without(".config").tree());

            assertThat(profile.option(ConfigSymbol.parse("CONFIG_MODULES"))).isEmpty();
            assertThat(profile.kernel().configDigest()).isEmpty();
            assertThat(profile.notes()).containsExactly("There is no .config: every option is unknown.");
            assertThat(lines(profile.units())).isEqualTo(UNITS);
            in(profile).absent("fs/xfs9/super.c");
        }
    }

    @Nested
    class Functions {
        private FunctionPresence function(String name, String file) {
            return complete().function(name, SourcePath.parse(file));
        }

        @Test
        void functionsOfVmlinuxArePresentAlsoAsCopiesAndPieces() {
            var present = new FunctionPresence.Present(new TreeSet<>(List.of(KernelObject.VMLINUX)));

            assertThat(function("start_kernel", "init/main.c")).isEqualTo(present);
            assertThat(function("do_fork", "kernel/fork.c")).isEqualTo(present);
            assertThat(function("pick_next", "kernel/sched/fair.c")).isEqualTo(present);
        }

        @Test
        void aFunctionThatIsNoSymbolMayBeInlined() {
            assertThat(function("inlined", "init/main.c")).isInstanceOf(FunctionPresence.Unknown.class);
        }

        @Test
        void aSymbolSaysNothingOfAFileThatIsNotInVmlinux() {
            assertThat(function("start_kernel", "fs/ext9/super.c")).isInstanceOf(FunctionPresence.Unknown.class);
            assertThat(function("start_kernel", "fs/xfs9/super.c")).isInstanceOf(FunctionPresence.Unknown.class);
        }

        @Test
        void variablesAreNoFunctions() {
            assertThat(function("jiffies", "init/main.c")).isInstanceOf(FunctionPresence.Unknown.class);
        }

        @Test
        void theOneLineOfADistributionIsNoSymbolTable() {
            SmallBuild build = SmallBuild.complete(directory)
                    .file("System.map", "ffffffffffffffff B The real System.map is in another package\n");

            assertThat(KbuildTree.read(build.tree()).function("The", SourcePath.parse("init/main.c")))
                    .isEqualTo(new FunctionPresence.Unknown("There is no System.map with the functions of vmlinux."));
        }
    }
}
