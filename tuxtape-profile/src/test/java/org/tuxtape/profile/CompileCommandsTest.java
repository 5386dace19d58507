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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** What is made of a list of compile commands, as the kernel's own script and as Bear writes it. */
class CompileCommandsTest {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.1.3"));

    @TempDir
    private Path directory;

    private Path source = Path.of("");
    private Path list = Path.of("");

    @BeforeEach
    void writeSource() throws IOException {
        source = directory.resolve("linux");
        list = directory.resolve("compile_commands.json");
        file("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 3\nEXTRAVERSION =\n");
        file("init/main.c", "#include <linux/fs.h>\n");
        file("fs/ext9/super.c", "");
        file("fs/ext9/unused.c", "");
        file("kernel/sched/policy.c", "# include \"fair.c\"\n#include \"local.h\"\n#include <by_path.c>\n");
        file("kernel/sched/local.h", "#include \"../far.c\"\n");
        file("kernel/sched/fair.c", "");
        file("kernel/far.c", "");
        file("kernel/sched/idle.c", "");
        file("lib/by_path.c", "");
        file("include/linux/fs.h", "");
        file("arch/x86/boot/string.c", "");
    }

    private void file(String path, String text) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private KbuildProfile read(String json) throws IOException {
        Files.writeString(list, json.replace("SRC", source.toString()));
        return CompileCommands.at(list).withSource(source).read(Context.standard());
    }

    private static String entry(String file, String macros) {
        return """
                {"directory": "SRC", "file": "SRC/%1$s.c",
                 "command": "gcc -nostdinc -D__KERNEL__ %2$s -c -o %1$s.o SRC/%1$s.c"}
                """.formatted(file, macros.replace("\"", "\\\""));
    }

    private static String whole(String... more) {
        return "[" + entry("init/main", "-DKBUILD_MODFILE='\"init/main\"'")
                + (more.length == 0 ? "" : "," + String.join(",", more)) + "]";
    }

    @Test
    void macrosOfKbuildTellTheObject() throws IOException {
        KbuildProfile profile = read(whole(
                entry("fs/ext9/super", "-DMODULE -DKBUILD_MODFILE='\"fs/ext9/ext9\"' -DKBUILD_MODNAME='\"ext9\"'"),
                entry("kernel/sched/idle", "-DMODULE -DKBUILD_MODFILE='\"kernel/sched/a kernel/sched/b\"'")));

        assertThat(lines(profile.units()))
                .containsExactly(
                        "fs/ext9/super.c\tfs/ext9/ext9",
                        "init/main.c\tvmlinux",
                        "kernel/sched/idle.c\tkernel/sched/a",
                        "kernel/sched/idle.c\tkernel/sched/b");
        assertThat(profile.kernel().version()).isEqualTo(KERNEL.version());
    }

    @Test
    void beforeItsFileAModuleHadOnlyAName() throws IOException {
        KbuildProfile profile = read(whole(entry("fs/ext9/super", "-DMODULE -DKBUILD_MODNAME='\"ext9\"'")));

        in(profile).compiled("fs/ext9/super.c", "fs/ext9/ext9");
        assertThat(profile.notes()).anyMatch(note -> note.contains("KBUILD_MODNAME"));
    }

    @Test
    void argumentsSayTheSameAsACommand() throws IOException {
        KbuildProfile profile = read("""
                [{"directory": "SRC", "file": "init/main.c",
                  "arguments": ["gcc", "-nostdinc", "-D", "__KERNEL__", "-c", "-o", "init/main.o", "init/main.c"]},
                 {"directory": "SRC", "file": "fs/ext9/../ext9/./super.c", "output": "fs/ext9/super.o",
                  "arguments": ["gcc", "-D__KERNEL__", "-DMODULE", "-DKBUILD_MODFILE=\\"fs/ext9/ext9\\"", "super.c"]}]
                """);

        in(profile).compiled("init/main.c", "vmlinux").compiled("fs/ext9/super.c", "fs/ext9/ext9");
    }

    @Test
    void aBuildElsewhereNamesItsSourceByRelativePaths() throws IOException {
        KbuildProfile profile = read("""
                [{"directory": "SRC/out", "file": "../init/main.c",
                  "command": "gcc -D__KERNEL__ -c -o init/main.o ../init/main.c"},
                 {"directory": "SRC/out", "file": "lib/table.c",
                  "command": "gcc -D__KERNEL__ -c -o lib/table.o lib/table.c"}]
                """);

        assertThat(lines(profile.units())).containsExactly("init/main.c\tvmlinux", "lib/table.c\tvmlinux");
    }

    @Test
    void hostProgramsAndWhatModpostWritesAreNoUnits() throws IOException {
        KbuildProfile profile = read(whole(entry("fs/ext9/ext9.mod", "-DMODULE"), entry("scripts/mod/empty", ""), """
                {"directory": "SRC", "file": "SRC/usr/gen.c", "command": "gcc -o usr/gen SRC/usr/gen.c"}
                """));

        assertThat(lines(profile.units())).containsExactly("init/main.c\tvmlinux");
    }

    @Test
    void codeOfImagesIsNoPartOfVmlinux() throws IOException {
        KbuildProfile profile = read(whole(entry("arch/x86/boot/string", "")));

        assertThat(lines(profile.otherUnits())).containsExactly("arch/x86/boot/string.c\tarch/x86/boot/string.o");
    }

    @Test
    void onlySourcesInCCanBeAbsent() throws IOException {
        KbuildProfile profile = read(whole(entry("kernel/sched/policy", "")));

        assertThat(profile.absence()).isEqualTo(AbsenceBasis.UNITS);
        in(profile)
                .absent("fs/ext9/super.c", "fs/ext9/unused.c", "kernel/sched/idle.c")
                .unknown("include/linux/fs.h", "names neither headers")
                .unknown("kernel/sched/fair.c", "#include")
                .unknown("kernel/far.c", "#include")
                .unknown("lib/by_path.c", "#include")
                .unknown("fs/gone.c", "no such file");
    }

    @Test
    void aListOfAPartOfABuildLeavesNothingOut() throws IOException {
        KbuildProfile profile =
                read("[" + entry("fs/ext9/super", "-DMODULE -DKBUILD_MODFILE='\"fs/ext9/ext9\"'") + "]");

        assertThat(profile.absence()).isEqualTo(AbsenceBasis.NONE);
        in(profile).unknown("fs/ext9/unused.c", "init/main.c is not in it");
    }

    @Test
    void withoutSourceNothingIsAbsent() throws IOException {
        Files.writeString(list, whole().replace("SRC", "/gone"));
        KbuildProfile profile = CompileCommands.at(list).withKernel(KERNEL).read(Context.standard());

        assertThat(profile.absence()).isEqualTo(AbsenceBasis.NONE);
        in(profile).compiled("init/main.c", "vmlinux").unknown("fs/ext9/unused.c", "source");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|WRONG_KIND",
                "{}|WRONG_KIND",
                "[|WRONG_KIND",
                "[1]|WRONG_KIND",
                "[]|NOT_BUILT",
                "[{}]|WRONG_KIND",
                "[{\"file\": 7}]|WRONG_KIND",
                "[{\"file\": \"a.c\", \"command\": \"gcc a.c\"}]|NOT_BUILT",
                "[{\"file\": \"/a.c\", \"command\": \"gcc -D__KERNEL__ /a.c\"}]|NOT_BUILT",
                "[] []|WRONG_KIND"
            })
    void whatIsNoListOfAKernelIsATypedFault(String text, Fault fault) throws IOException {
        Files.writeString(list, text);

        assertThatThrownBy(() -> CompileCommands.at(list).withSource(source).read(Context.standard()))
                .isInstanceOfSatisfying(ProfileException.class, e -> {
                    assertThat(e.fault()).isEqualTo(fault);
                    assertThat(e.origin()).isEqualTo(list.toString());
                });
    }

    @Test
    void aListThatIsNotThereIsMissing() {
        assertThatThrownBy(() -> CompileCommands.at(list).read(Context.standard()))
                .isInstanceOfSatisfying(
                        ProfileException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MISSING));
    }

    @Test
    void aListThatDoesNotSayItsKernelNeedsTheCaller() throws IOException {
        Files.writeString(list, whole().replace("SRC", "/gone"));

        assertThatThrownBy(() -> CompileCommands.at(list).read(Context.standard()))
                .isInstanceOfSatisfying(
                        ProfileException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_VERSION));
    }
}
