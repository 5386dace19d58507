package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** A kernel of a few lines, compiled and linked by the real tools, as its debug info tells it. */
class DebugInfoTest {
    @TempDir
    private Path directory;

    private Path source = Path.of("");

    @BeforeEach
    void writeSource() throws IOException {
        assumeTrue(isThere("gcc") && isThere("objcopy"), "there is no gcc or no objcopy here");
        source = directory.toRealPath().resolve("linux");
        file("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 3\nEXTRAVERSION =\n");
        file(
                "include/linux/fs.h",
                "struct file { int mode; };\nstatic inline int mode(struct file *f) { return f->mode; }\n");
        file("include/linux/only-macros.h", "#define NOTHING 0\n");
        file("init/main.c", """
                #include "../include/linux/fs.h"
                #include "../include/linux/only-macros.h"
                const char linux_banner[] = "Linux version 6.1.3-test (me@here) (gcc (Test) 12.2.0, GNU ld 2.40) #1 SMP";
                int start_kernel(struct file *f) { return mode(f) + NOTHING; }
                int load_module(void) { return 1; }
                int main(void) { return 0; }
                """);
        file("kernel/sched/policy.c", "#include \"fair.c\"\nint policy(void) { return fair(); }\n");
        file("kernel/sched/fair.c", "int fair(void) { return 2; }\n");
        file("kernel/left_out.c", "");
        file("lib/entry.S", ".text\n.globl entry\nentry:\n nop\n nop\n");
        file("fs/ext9/super.c", """
                #include "../../include/linux/fs.h"
                __attribute__((section(".modinfo"))) const char magic[] = "vermagic=6.1.3-test SMP";
                int fill(struct file *f) { return mode(f); }
                """);
        file("fs/ext9/inode.c", "int inode(void) { return 3; }\n");
        file("modules.order", "fs/ext9/ext9.o\n");
    }

    private static boolean isThere(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    private void file(String path, String text) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(source.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as(String.join(" ", command) + ": " + Files.readString(directory.resolve("log")))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void build(String... options) throws IOException {
        compile("init/main", ".c", options);
        compile("kernel/sched/policy", ".c", options);
        compile("lib/entry", ".S", options);
        compile("fs/ext9/super", ".c", options);
        compile("fs/ext9/inode", ".c", options);
        run("gcc", "-no-pie", "-o", "vmlinux", "init/main.o", "kernel/sched/policy.o", "lib/entry.o");
        run("ld", "-r", "-o", "fs/ext9/ext9.ko", "fs/ext9/super.o", "fs/ext9/inode.o");
    }

    private void compile(String stem, String extension, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("gcc", "-c", "-O0", "-fno-pie", "-o", stem + ".o"));
        command.addAll(List.of(options));
        command.add(stem + extension);
        run(command.toArray(String[]::new));
    }

    private KbuildProfile read() {
        return DebugInfo.of(source).withSource(source).read(Context.standard());
    }

    private static void assertWhole(KbuildProfile profile) {
        assertThat(lines(profile.units()))
                .containsExactly(
                        "fs/ext9/inode.c\tfs/ext9/ext9",
                        "fs/ext9/super.c\tfs/ext9/ext9",
                        "init/main.c\tvmlinux",
                        "kernel/sched/policy.c\tvmlinux",
                        "lib/entry.S\tvmlinux");
        in(profile)
                .included("include/linux/fs.h", List.of("fs/ext9/super.c", "init/main.c"), "vmlinux", "fs/ext9/ext9")
                .included("kernel/sched/fair.c", List.of("kernel/sched/policy.c"), "vmlinux")
                .unknown("include/linux/only-macros.h", "only the headers")
                .absent("kernel/left_out.c");
        assertThat(profile.absence()).isEqualTo(AbsenceBasis.UNITS);
        assertThat(profile.kernel().release().toString()).isEqualTo("6.1.3-test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-3", "-gdwarf-4", "-gdwarf-5"})
    void everyVersionOfDwarfTellsTheSame(String version) throws IOException {
        build(version);

        KbuildProfile profile = read();

        assertWhole(profile);
        assertThat(profile.kernel().compiler()).contains("gcc (Test) 12.2.0");
        assertThat(profile.function("start_kernel", SourcePath.parse("init/main.c")))
                .isInstanceOf(FunctionPresence.Present.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "zlib-gnu"})
    void sectionsMayBeCompressed(String kind) throws IOException {
        build("-g");
        run("objcopy", "--compress-debug-sections=" + kind, "vmlinux");
        run("objcopy", "--compress-debug-sections=" + kind, "fs/ext9/ext9.ko");

        assertWhole(read());
    }

    enum Packing {
        GZ,
        XZ,
        ZST
    }

    @ParameterizedTest
    @EnumSource
    void modulesMayBeCompressed(Packing packing) throws IOException {
        build("-g");
        Path module = source.resolve("fs/ext9/ext9.ko");
        Path packed = source.resolve("fs/ext9/ext9.ko." + packing.name().toLowerCase(Locale.ROOT));
        try (OutputStream out = Files.newOutputStream(packed);
                OutputStream compressed = switch (packing) {
                    case GZ -> new GZIPOutputStream(out);
                    case XZ -> new XZOutputStream(out, new LZMA2Options(1));
                    case ZST -> new ZstdOutputStream(out);
                }) {
            Files.copy(module, compressed);
        }
        Files.delete(module);

        assertWhole(read());
    }

    @Test
    void separateDebugInfoNeedsTheKernelsName() throws IOException {
        build("-g");
        for (String file : List.of("vmlinux", "fs/ext9/ext9.ko")) {
            run("objcopy", "--only-keep-debug", file, file + ".debug");
            Files.delete(source.resolve(file));
        }

        KernelBuild kernel = KernelBuild.of(KernelVersion.parse("6.1.3"));
        KbuildProfile profile =
                DebugInfo.of(source).withSource(source).withKernel(kernel).read(Context.standard());

        assertThat(lines(profile.units())).contains("init/main.c\tvmlinux", "fs/ext9/super.c\tfs/ext9/ext9");
    }

    @Test
    void withoutOneOfItsModulesAKernelLeavesNothingOut() throws IOException {
        build("-g");
        Files.delete(source.resolve("fs/ext9/ext9.ko"));

        KbuildProfile profile = read();

        in(profile).unknown("kernel/left_out.c", "fs/ext9/ext9");
        assertThat(profile.isComplete()).isFalse();
    }

    @Test
    void aModuleByItselfIsNamedAfterItsUnits() throws IOException {
        build("-g");

        KbuildProfile profile = DebugInfo.of(source.resolve("fs/ext9/ext9.ko"))
                .withSource(source)
                .read(Context.standard());

        in(profile).compiled("fs/ext9/super.c", "fs/ext9/ext9").unknown("init/main.c", "vmlinux");
    }

    @Test
    void aKernelWithoutDebugInfoIsNotBuiltForThis() throws IOException {
        build();

        assertFault(source, Fault.NOT_BUILT);
    }

    @Test
    void whatIsNoElfFileIsDamaged() throws IOException {
        file("vmlinux", "text");

        assertFault(source.resolve("vmlinux"), Fault.WRONG_KIND);
        assertFault(source.resolve("gone"), Fault.MISSING);
    }

    private static void assertFault(Path path, Fault fault) {
        assertThatThrownBy(() -> DebugInfo.of(path).read(Context.standard()))
                .isInstanceOfSatisfying(
                        ProfileException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
