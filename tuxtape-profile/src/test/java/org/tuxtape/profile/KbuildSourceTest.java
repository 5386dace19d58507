package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** A small source whose makefiles have one of everything that Kbuild's have. */
class KbuildSourceTest {
    @TempDir
    private Path directory;

    private Path source = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void writeSource() throws IOException {
        source = directory.resolve("linux");
        config = directory.resolve("config");
        Files.createDirectories(source);
        Files.writeString(config, """
                CONFIG_X86=y
                CONFIG_X86_64=y
                CONFIG_MODULES=y
                CONFIG_NET=y
                CONFIG_EXT9=m
                CONFIG_EXT9_ACL=y
                CONFIG_LOCALVERSION="-test"
                """);
        file("Makefile", """
                VERSION = 6
                PATCHLEVEL = 1
                SUBLEVEL = 3
                EXTRAVERSION =
                core-y :=
                libs-y := lib/
                include $(srctree)/arch/$(SRCARCH)/Makefile
                export ARCH_CORE := $(core-y)
                export ARCH_LIB := $(filter %/, $(libs-y))
                """);
        file("arch/x86/Makefile", """
                ifeq ($(CONFIG_X86_32),y)
                        BITS := 32
                else
                        BITS := 64
                endif
                export BITS
                libs-y += arch/x86/lib/
                """);
        file("Kbuild", """
                obj-y += init/ fs/ arch/$(SRCARCH)/
                obj-$(CONFIG_NET) += net/
                obj-$(CONFIG_OFF) += off/
                obj-y += $(ARCH_LIB)
                """);
        file("init/Makefile", "obj-y := main.o version.o\n");
        sources("init/main.c", "init/version.c", "init/version-timestamp.c", "init/unused.c", "off/off.c");
        file("off/Makefile", "obj-y := off.o\n");
        file("arch/x86/Kbuild", "obj-y += kernel/\nobj-$(subst m,y,$(CONFIG_EXT9)) += extra/\n");
        file("arch/x86/kernel/Makefile", "obj-y := head_$(BITS).o table.o\n$(obj)/table.S: gen FORCE\n\tgen > $@\n");
        sources("arch/x86/kernel/head_64.S", "arch/x86/kernel/head_32.S", "arch/x86/extra/extra.c");
        file("arch/x86/extra/Makefile", "obj-$(CONFIG_NET) += extra.o\n");
        file("arch/x86/lib/Makefile", "lib-y := copy.o\nlib-$(CONFIG_OFF) += slow.o\nobj-y += msr.o\n");
        sources(
                "arch/x86/lib/copy.c",
                "arch/x86/lib/slow.c",
                "arch/x86/lib/msr.c",
                "tools/far.c",
                "lib/string.c",
                "lib/core.c");
        file("lib/Makefile", """
                lib-y := string.o core.o
                obj-y += core.o far.o
                $(obj)/far.o: $(srctree)/tools/far.c FORCE
                """);
        file("fs/Makefile", "obj-y := open.o\nobj-$(CONFIG_EXT9) += ext9/ single.o\n");
        sources("fs/open.c", "fs/single.c", "fs/ext9/super.c", "fs/ext9/acl.c", "fs/ext9/dax.c", "fs/ext9/builtin.c");
        file("fs/ext9/Makefile", """
                obj-$(CONFIG_EXT9) += ext9.o
                obj-y += builtin.o
                ext9-y := super.o
                ext9-$(CONFIG_EXT9_ACL) += acl.o
                ext9-$(CONFIG_EXT9_DAX) += dax.o
                """);
        file("net/Makefile", """
                obj-y := sock.o empty.o
                empty-$(CONFIG_OFF) += part.o
                ifeq ($(shell uname),Linux)
                obj-y += maybe.o
                endif
                """);
        sources("net/sock.c", "net/part.c", "net/maybe.c", "net/empty.c");
    }

    private void sources(String... paths) throws IOException {
        for (String path : paths) {
            file(path, "");
        }
    }

    private void file(String path, String text) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private KbuildProfile read() {
        return KbuildSource.of(config, source).read(Context.standard());
    }

    @Test
    void theMakefilesTellTheUnitsAndTheirObjects() {
        KbuildProfile profile = read();

        assertThat(lines(profile.units()))
                .containsExactly(
                        "arch/x86/extra/extra.c\tvmlinux",
                        "arch/x86/kernel/head_64.S\tvmlinux",
                        "arch/x86/kernel/table.S\tvmlinux",
                        "arch/x86/lib/copy.c\tvmlinux",
                        "arch/x86/lib/msr.c\tvmlinux",
                        "fs/ext9/acl.c\tfs/ext9/ext9",
                        "fs/ext9/super.c\tfs/ext9/ext9",
                        "fs/open.c\tvmlinux",
                        "fs/single.c\tfs/single",
                        "init/main.c\tvmlinux",
                        "init/version-timestamp.c\tvmlinux",
                        "init/version.c\tvmlinux",
                        "lib/core.c\tvmlinux",
                        "lib/string.c\tvmlinux",
                        "net/sock.c\tvmlinux",
                        "tools/far.c\tvmlinux");
        assertThat(profile.kernel().release().toString()).isEqualTo("6.1.3-test");
        assertThat(profile.kernel().architecture()).contains("x86");
        assertThat(profile.option(new ConfigSymbol("EXT9"))).contains(ConfigValue.MODULE);
    }

    @Test
    void whatTheMakefilesLeaveOutIsAbsentAndWhatTheyLeaveOpenUnknown() throws IOException {
        file("fs/open.c", "#include \"inlined.c\"\n");
        file("fs/inlined.c", "");
        file("include/linux/fs.h", "");
        file("arch/x86/boot/main.c", "");

        KbuildProfile profile = read();

        in(profile)
                .absent(
                        "off/off.c",
                        "fs/ext9/dax.c",
                        "init/unused.c",
                        "arch/x86/kernel/head_32.S",
                        "arch/x86/lib/slow.c")
                .unknown("net/maybe.c", "makefile")
                .unknown("fs/inlined.c", "#include")
                .unknown("include/linux/fs.h", "headers")
                .unknown("arch/x86/boot/main.c", "image");
        assertThat(profile.absence()).isEqualTo(AbsenceBasis.UNITS);
        assertThat(profile.notes()).anyMatch(note -> note.contains("net/"));
    }

    @Test
    void anOlderSourceListsItsDirectoriesInTheTopMakefile() throws IOException {
        Files.delete(source.resolve("Kbuild"));
        file("Makefile", """
                VERSION = 5
                PATCHLEVEL = 10
                SUBLEVEL = 1
                EXTRAVERSION =
                core-y := init/ fs/ arch/$(SRCARCH)/
                libs-y := lib/
                net-y := net/
                include arch/$(SRCARCH)/Makefile
                """);

        in(read())
                .compiled("init/main.c", "vmlinux")
                .compiled("lib/string.c", "vmlinux")
                .compiled("net/sock.c", "vmlinux");
    }

    @Test
    void whatIsNoConfigOrNoSourceIsATypedFault() throws IOException {
        assertFault(directory.resolve("gone"), source, Fault.MISSING);
        assertFault(config, directory.resolve("gone"), Fault.MISSING);
        Files.createDirectories(directory.resolve("empty"));
        assertFault(config, directory.resolve("empty"), Fault.WRONG_KIND);
        Files.writeString(config, "CONFIG_NET=y\n");
        assertFault(config, source, Fault.WRONG_KIND);
        Files.writeString(config, "");
        assertFault(config, source, Fault.WRONG_KIND);
    }

    @Test
    void aMakefileThatExpandsWithoutEndIsATypedFault() throws IOException {
        file("init/Makefile", "obj-y = $(obj-y) main.o\n");

        assertFault(config, source, Fault.LIMIT_EXCEEDED);
    }

    @Test
    void aMakefileThatIsTooLongIsATypedFaultAndNotCutOff() throws IOException {
        file("fs/Makefile", "# none\n".repeat(1 << 20));

        assertFault(config, source, Fault.LIMIT_EXCEEDED);
    }

    private static void assertFault(Path config, Path source, Fault fault) {
        assertThatThrownBy(() -> KbuildSource.of(config, source).read(Context.standard()))
                .isInstanceOfSatisfying(
                        ProfileException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
