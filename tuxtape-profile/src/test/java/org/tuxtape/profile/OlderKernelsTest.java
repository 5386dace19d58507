package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.profile.SmallBuild.Layout;
import org.tuxtape.profile.SmallBuild.Spelling;

/** How older kernels record their links: vmlinux's are not written down, and lists look otherwise. */
class OlderKernelsTest {
    private static final String NOT_RECORDED = "The build does not record what vmlinux was linked from: it is taken to"
            + " hold every archive that is part of nothing else.";

    @TempDir
    private Path directory;

    private SmallBuild build;

    @BeforeEach
    void writeBuildOf510() {
        build = SmallBuild.empty(directory, Layout.IN_TREE, Spelling.CMD)
                .source("Makefile", "VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 200\nEXTRAVERSION =\n")
                .source("fs/xfs9/super.c", "")
                .file("include/config/kernel.release", "5.10.200\n")
                .file(".config", "CONFIG_MODULES=y\n")
                .unit("init/main.o", "init/main.c", "include/linux/fs.h")
                .archive("init", "main.o")
                // head-y stands in no archive
                .unit("arch/x86/kernel/head_64.o", "arch/x86/kernel/head_64.S")
                .unit("arch/x86/kernel/setup.o", "arch/x86/kernel/setup.c")
                .archive("arch/x86/kernel", "setup.o")
                .unit("lib/string.o", "lib/string.c")
                .library("lib", "string.o")
                // a library of the boot loader's, which is no part of vmlinux
                .unit("drivers/firmware/efi/libstub/x86-stub.o", "drivers/firmware/efi/libstub/x86-stub.c")
                .library("drivers/firmware/efi/libstub", "x86-stub.o")
                .image("arch/x86/boot/compressed/vmlinux", "drivers/firmware/efi/libstub/lib.a")
                .cmd("vmlinux", "/bin/bash scripts/link-vmlinux.sh \"ld\" \"-m elf_x86_64\";  true");
    }

    private void addModule() {
        build.unit("fs/ext9/super.o", "fs/ext9/super.c")
                .unit("fs/ext9/inode.o", "fs/ext9/inode.c")
                .cmd("fs/ext9/ext9.o", "ld -m elf_x86_64 -r -o fs/ext9/ext9.o fs/ext9/super.o fs/ext9/inode.o")
                .cmd("fs/ext9/ext9.ko", "ld -r -T x.lds -o fs/ext9/ext9.ko fs/ext9/ext9.o fs/ext9/ext9.mod.o")
                .cmd("fs/ext9/ext9.mod.o", "gcc -nostdinc -c -o fs/ext9/ext9.mod.o fs/ext9/ext9.mod.c");
    }

    @Test
    void vmlinuxIsTakenToHoldEveryArchiveThatIsPartOfNothingElse() {
        build.file("modules.order", "");

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(lines(profile.units()))
                .containsExactly(
                        "arch/x86/kernel/head_64.S\tvmlinux",
                        "arch/x86/kernel/setup.c\tvmlinux",
                        "init/main.c\tvmlinux",
                        "lib/string.c\tvmlinux");
        assertThat(lines(profile.otherUnits()))
                .containsExactly("drivers/firmware/efi/libstub/x86-stub.c\tarch/x86/boot/compressed/vmlinux");
        assertThat(profile.notes()).containsExactly(NOT_RECORDED);
        assertThat(profile.isComplete()).isTrue();
        in(profile).absent("fs/xfs9/super.c");
    }

    @Test
    void theLinkOfVmlinuxMayNameItsArchives() {
        build.file("modules.order", "")
                .unit("fs/old9/super.o", "fs/old9/super.c")
                .archive("fs/old9", "super.o")
                .cmd(
                        "vmlinux.o",
                        "ld -r -o vmlinux.o --whole-archive arch/x86/kernel/head_64.o"
                                + " arch/x86/kernel/built-in.a init/built-in.a lib/lib.a --no-whole-archive");

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(profile.notes()).containsExactly("Compiled, but linked into nothing: fs/old9/super.o.");
        in(profile).compiled("arch/x86/kernel/head_64.S", "vmlinux").compiled("lib/string.c", "vmlinux");
    }

    @Test
    void withoutModulesLibrariesAreLinkedOnDemand() {
        build.file(".config", "# CONFIG_MODULES is not set\n");

        KbuildProfile profile = KbuildTree.read(build.tree());

        in(profile).compiled("lib/string.c", "vmlinux");
        assertThat(profile.notes())
                .containsExactly(NOT_RECORDED, "Linked into vmlinux only if something there needs it: lib/string.o.");
    }

    @Test
    void aCompositeModuleMayNameItsObjectsInItsOwnLink() {
        addModule();
        build.file("modules.order", "fs/ext9/ext9.ko\n");

        in(KbuildTree.read(build.tree()))
                .compiled("fs/ext9/super.c", "fs/ext9/ext9")
                .compiled("fs/ext9/inode.c", "fs/ext9/ext9");
    }

    @Test
    void theListOfModulesMayNameThemAsInstalled() {
        addModule();
        build.file("modules.order", "kernel/fs/ext9/ext9.ko\nkernel/kernel/configs.ko\n")
                .unit("kernel/configs.o", "kernel/configs.c")
                .cmd("kernel/configs.ko", "ld -r -o kernel/configs.ko kernel/configs.o");

        in(KbuildTree.read(build.tree()))
                .compiled("fs/ext9/super.c", "fs/ext9/ext9")
                .compiled("kernel/configs.c", "kernel/configs");
    }

    @Test
    void theListOfAModuleMayBeEchoed() {
        addModule();
        build.file("modules.order", "fs/ext9/ext9.ko\n")
                .cmd("fs/ext9/ext9.o", "ld -r -o fs/ext9/ext9.o @fs/ext9/ext9.mod")
                .cmd("fs/ext9/ext9.mod", "{ echo  fs/ext9/super.o fs/ext9/inode.o;  echo; } > fs/ext9/ext9.mod");

        in(KbuildTree.read(build.tree()))
                .compiled("fs/ext9/super.c", "fs/ext9/ext9")
                .compiled("fs/ext9/inode.c", "fs/ext9/ext9");
    }

    @Test
    void directoriesMayBeLinkedIntoOneObject() {
        SmallBuild old = SmallBuild.empty(directory.resolve("414"), Layout.IN_TREE, Spelling.CMD)
                .file("include/config/kernel.release", "4.14.300\n")
                .file("modules.order", "")
                .unit("fs/open.o", "fs/open.c")
                .unit("fs/proc/root.o", "fs/proc/root.c")
                .cmd("fs/proc/built-in.o", "ld -m elf_x86_64 -r -o fs/proc/built-in.o fs/proc/root.o")
                .cmd("fs/built-in.o", "rm -f fs/built-in.o; ar rcSTPD fs/built-in.o fs/open.o fs/proc/built-in.o")
                .cmd("vmlinux", "/bin/bash scripts/link-vmlinux.sh ld");

        assertThat(lines(KbuildTree.read(old.tree()).units()))
                .containsExactly("fs/open.c\tvmlinux", "fs/proc/root.c\tvmlinux");
    }
}
