package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.profile.SmallBuild.Layout;
import org.tuxtape.profile.SmallBuild.Spelling;

/** A tree in which something is missing: what is there still counts, and "not compiled" becomes "unknown". */
class UnfinishedBuildTest {
    @TempDir
    private Path directory;

    private SmallBuild build;

    @BeforeEach
    void writeBuild() {
        build = SmallBuild.complete(directory);
    }

    private KbuildProfile assertIncomplete(String why) {
        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(profile.isComplete()).isFalse();
        assertThat(profile.notes()).contains(why);
        assertThat(profile.provenance()).endsWith("units, incomplete");
        in(profile)
                .compiled("fs/ext9/super.c", "fs/ext9/ext9")
                .unknown("fs/xfs9/super.c", "It may not have been compiled yet: " + why)
                .unknown("arch/arm64/kernel/entry.S", why)
                .unknown("tools/perf/perf.c", "programs that build the kernel")
                .absent("Documentation/index.rst");
        return profile;
    }

    @Test
    void vmlinuxWasNotLinked() {
        build.withoutCmd("vmlinux")
                .withoutCmd("vmlinux.o")
                .withoutCmd("vmlinux.a")
                .withoutCmd("built-in.a");

        KbuildProfile profile = assertIncomplete("The build did not finish: vmlinux was not linked.");

        in(profile).compiled("init/main.c", "vmlinux").compiled("lib/string.c", "vmlinux");
    }

    @Test
    void aDirectoryWasNotArchived() {
        build.withoutCmd("kernel/built-in.a");

        KbuildProfile profile = assertIncomplete("Parts of what was linked have no .cmd file: kernel/built-in.a.");

        in(profile)
                .compiled("kernel/fork.c", "kernel/fork.o")
                .included(
                        "include/linux/fs.h",
                        List.of("fs/ext9/super.c", "init/main.c", "kernel/fork.c"),
                        "vmlinux",
                        "fs/ext9/ext9",
                        "kernel/fork.o");
        assertThat(lines(profile.otherUnits())).contains("kernel/fork.c\tkernel/fork.o");
    }

    @Test
    void unitsWereNotCompiled() {
        build.withoutCmd("kernel/fork.o").withoutCmd("lib/string.o");

        KbuildProfile profile =
                assertIncomplete("Parts of what was linked have no .cmd file: kernel/fork.o and 1 more.");

        in(profile).unknown("kernel/fork.c", "may not have been compiled yet");
    }

    @Test
    void aUnitOfAModuleWasNotCompiled() {
        build.withoutCmd("fs/ext9/inode.o");

        assertIncomplete("Parts of what was linked have no .cmd file: fs/ext9/inode.o.");
    }

    @Test
    void aListedModuleWasNotLinked() {
        build.withoutCmd("drivers/char/toy.ko").withoutCmd("drivers/char/toy.o");

        assertIncomplete("Parts of what was linked have no .cmd file: drivers/char/toy.o.");
    }

    @Test
    void aUnitOfAnImageWasNotCompiled() {
        build.withoutCmd("arch/x86/boot/string.o")
                .unit("arch/x86/boot/main.o", "arch/x86/boot/main.c")
                .image("arch/x86/boot/setup.elf", "arch/x86/boot/string.o", "arch/x86/boot/main.o");

        assertIncomplete("Parts of what was linked have no .cmd file: arch/x86/boot/string.o.");
    }

    @Test
    void theRecordOfVmlinuxIsMissing() {
        build.withoutCmd("vmlinux.o").withoutCmd("vmlinux.a");

        KbuildProfile profile = assertIncomplete("There is no record of what vmlinux was linked from.");

        in(profile).compiled("init/main.c", "vmlinux").compiled("lib/string.c", "vmlinux");
    }

    @Test
    void modulesWereNotListed() {
        build.without("modules.order");

        assertIncomplete("There is no modules.order: the modules may not all have been built.");
    }

    @Test
    void modulesWereNotListedAndItIsNotKnownWhetherThereAreAny() {
        build.without("modules.order").without(".config");

        assertIncomplete("There is no modules.order: the modules may not all have been built.");
    }

    @Test
    void aKernelWithoutModulesNeedsNoList() {
        build.without("modules.order").file(".config", "# CONFIG_MODULES is not set\n");

        assertThat(KbuildTree.read(build.tree()).isComplete()).isTrue();
    }

    @Test
    void theListOfModulesIsAlsoFoundInItsRecord() {
        build.without("modules.order")
                .cmd(
                        "modules.order",
                        "{   cat fs/modules.order;   cat drivers/char/modules.order; :; } > modules.order")
                .cmd("fs/modules.order", "{   cat fs/ext9/modules.order; :; } > fs/modules.order")
                .cmd("fs/ext9/modules.order", "{   echo fs/ext9/ext9.o; :; } > fs/ext9/modules.order")
                .cmd("drivers/char/modules.order", "{   echo drivers/char/toy.ko; :; } > drivers/char/modules.order");

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(profile.isComplete()).isTrue();
        in(profile)
                .compiled("fs/ext9/super.c", "fs/ext9/ext9")
                .compiled("drivers/char/toy.c", "drivers/char/toy")
                .unknown("drivers/char/rusty.rs", "was read by the build");
    }

    @Test
    void aRecordIsIllegible() {
        build.file("fs/.empty.o.cmd", "");

        assertIncomplete("A .cmd file is illegible: " + build.tree() + "/fs/.empty.o.cmd holds no command.");
    }

    @Test
    void aDirectoryMayNotBeRead() throws IOException {
        Path closed = build.tree().resolve("net");
        Files.createDirectory(closed);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(closed), "this user may read everything");

        assertIncomplete("Part of the tree cannot be read: net/.");
    }

    @Test
    void objectsAreNotNeeded() {
        assertThat(KbuildTree.read(build.tree()).isComplete()).isTrue();
    }

    @Test
    void whatIsLinkedIntoNothingIsUnknownInAFinishedBuild() {
        build.unit("fs/old9/super.o", "fs/old9/super.c", "fs/old9/old9.h")
                .archive("fs/gone9", "x.o")
                .unit("fs/gone9/x.o", "fs/gone9/x.c")
                .cmd("fs/off9/off9.ko", "ld -r -o fs/off9/off9.ko fs/off9/off9.o")
                .unit("fs/off9/off9.o", "fs/off9/off9.c");

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(profile.isComplete()).isTrue();
        assertThat(profile.notes()).containsExactly("Compiled, but linked into nothing: fs/gone9/x.o and 2 more.");
        in(profile)
                .unknown("fs/old9/super.c", "not for a unit that is linked into the kernel")
                .unknown("fs/old9/old9.h", "not for a unit that is linked into the kernel")
                .unknown("fs/gone9/x.c", "not for a unit that is linked into the kernel")
                .unknown("fs/off9/off9.c", "not for a unit that is linked into the kernel");
        assertThat(lines(profile.otherUnits())).noneMatch(line -> line.contains("9/"));
    }

    @Test
    void librariesOfAKernelWithoutModulesAreLinkedOnDemand() {
        build.file(".config", "# CONFIG_MODULES is not set\n")
                .cmd("vmlinux.a", "rm -f vmlinux.a; ar cDPrST vmlinux.a ./built-in.a")
                .cmd(
                        "vmlinux.o",
                        "ld -r -o vmlinux.o --whole-archive vmlinux.a --no-whole-archive"
                                + " --start-group lib/lib.a --end-group");

        KbuildProfile profile = KbuildTree.read(build.tree());

        in(profile).compiled("lib/string.c", "vmlinux");
        assertThat(profile.notes())
                .containsExactly("Linked into vmlinux only if something there needs it: lib/string.o.");
    }

    @Test
    void withoutTheSourceOnlyNamedFilesAreKnown() {
        build = SmallBuild.complete(directory.resolve("elsewhere"), Layout.ELSEWHERE, Spelling.CMD)
                .without("source");

        KbuildProfile profile = KbuildTree.read(build.tree());

        String why = "the source that this kernel was built from cannot be reached from " + build.tree() + ".";
        assertThat(profile.isComplete()).isTrue();
        assertThat(profile.sourceDirectory()).isEmpty();
        assertThat(profile.notes()).containsExactly("No file can be told to be absent: " + why);
        in(profile)
                .compiled("fs/ext9/super.c", "fs/ext9/ext9")
                .included("include/linux/init.h", List.of("init/main.c"), "vmlinux")
                .unknown("fs/xfs9/super.c", why)
                .unknown("fs/nosuch.c", why)
                .unknown("Documentation/index.rst", why);
    }

    @Test
    void aSourceThatMovedOnIsNotThatOfTheBuild() {
        build.source("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 9\n");

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(profile.kernel().version().toString()).isEqualTo("6.12.7");
        assertThat(profile.notes())
                .containsExactly("No file can be told to be absent: " + build.tree()
                        + " is the source of 6.12.9, but the kernel was built from that of 6.12.7.");
        in(profile).compiled("init/main.c", "vmlinux").unknown("fs/xfs9/super.c", "is the source of 6.12.9");
    }
}
