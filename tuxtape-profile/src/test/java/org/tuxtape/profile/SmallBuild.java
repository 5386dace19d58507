package org.tuxtape.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tiny kernel build in a directory, written as Kbuild leaves one. {@link #complete} is the one that most tests start
 * from; they add to it, and take away from it.
 */
public final class SmallBuild {
    /** How the build spells where its source lies, and where that is. */
    public enum Layout {
        /** Built in its own source. */
        IN_TREE,
        /** Built with {@code O=} somewhere else, the source named by an absolute path. */
        ELSEWHERE,
        /** Built with {@code O=} in a directory of the source. */
        BELOW_SOURCE
    }

    /** How the command's variable is called: {@code savedcmd_} since 6.3. */
    public enum Spelling {
        SAVEDCMD("savedcmd_"),
        CMD("cmd_");

        private final String prefix;

        Spelling(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String KERNEL_CC = "gcc -Wp,-MMD,x.d -nostdinc -I./include -D__KERNEL__ -Wall -c -o ";
    private static final String HOST_CC = "gcc -Wp,-MMD,x.d -Wall -O2 -I ./scripts/include -c -o ";

    private final Path tree;
    private final Path source;
    private final String spelledSource;
    private final String prefix;
    private final List<String> archives = new ArrayList<>();
    private final List<String> libraries = new ArrayList<>();
    private final List<String> modules = new ArrayList<>();

    private SmallBuild(Path tree, Path source, String spelledSource, Spelling spelling) {
        this.tree = tree;
        this.source = source;
        this.spelledSource = spelledSource;
        this.prefix = spelling.prefix;
    }

    /** Begins a build with nothing in it. */
    public static SmallBuild empty(Path directory, Layout layout, Spelling spelling) {
        Path source = directory.resolve("linux");
        SmallBuild build = switch (layout) {
            case IN_TREE -> new SmallBuild(source, source, "", spelling);
            case ELSEWHERE -> new SmallBuild(directory.resolve("out"), source, source + "/", spelling);
            case BELOW_SOURCE -> new SmallBuild(source.resolve("out"), source, "../", spelling);
        };
        build.source("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 7\nEXTRAVERSION =\nNAME = Test\n");
        build.source("Kbuild", "", "Kconfig", "");
        if (layout == Layout.ELSEWHERE) {
            build.file("Makefile", "include " + source + "/Makefile\n");
            build.link("source", source);
        }
        return build;
    }

    /** Returns a whole build in its own source, as a kernel of today leaves it. */
    public static SmallBuild complete(Path directory) {
        return complete(directory, Layout.IN_TREE, Spelling.SAVEDCMD);
    }

    /** Returns a whole build that has one of everything. */
    public static SmallBuild complete(Path directory, Layout layout, Spelling spelling) {
        SmallBuild build = empty(directory, layout, spelling);
        build.file(".config", """
                        # Linux/x86 6.12.7 Kernel Configuration
                        CONFIG_X86=y
                        CONFIG_MODULES=y
                        CONFIG_CC_VERSION_TEXT="gcc (Test) 12.2.0"
                        CONFIG_EXT9_FS=m
                        # CONFIG_XFS9_FS is not set
                        """)
                .file("include/config/kernel.release", "6.12.7-test\n")
                .file("include/generated/uapi/linux/version.h", """
                        #define LINUX_VERSION_MAJOR 6
                        #define LINUX_VERSION_PATCHLEVEL 12
                        #define LINUX_VERSION_SUBLEVEL 7
                        """)
                .file("System.map", """
                        ffffffff81000000 T start_kernel
                        ffffffff81000100 t do_fork.isra.0
                        ffffffff81000200 t pick_next.constprop.0.cold
                        ffffffff82000000 D jiffies
                        """);
        build.source("include/linux/fs.h", "", "include/linux/unused.h", "", "fs/xfs9/super.c", "")
                .source("arch/arm64/kernel/entry.S", "", "arch/arm64/boot/dts/board.dtsi", "")
                .source("Documentation/index.rst", "", "tools/perf/perf.c", "", "fs/Kconfig", "", "MAINTAINERS", "");

        build.unit("init/main.o", "init/main.c", "include/linux/fs.h", "include/linux/init.h")
                .archive("init", "main.o")
                .unit("init/version-timestamp.o", "init/version-timestamp.c")
                .unit("kernel/fork.o", "kernel/fork.c", "include/linux/fs.h")
                .unit("kernel/sched/policy.o", "kernel/sched/policy.c", "kernel/sched/fair.c", "kernel/sched/sched.h")
                .archive("kernel/sched", "policy.o")
                .archive("kernel", "fork.o", "sched/built-in.a")
                .unit("kernel/bounds.s", "kernel/bounds.c", "include/linux/init.h", "include/linux/bounds-only.h")
                .unit("arch/x86/kernel/head_64.o", "arch/x86/kernel/head_64.S", "arch/x86/include/asm/page.h")
                .unit("arch/x86/kernel/asm-offsets.s", "arch/x86/kernel/asm-offsets.c")
                .archive("arch/x86/kernel", "head_64.o")
                .archive("arch/x86", "kernel/built-in.a", "entry/vdso/built-in.a")
                .unit("lib/string.o", "lib/string.c")
                .library("lib", "string.o");

        // The vdso: an image that gets into vmlinux as data, by way of a generated source.
        build.unit("arch/x86/entry/vdso/vgetcpu.o", "arch/x86/entry/vdso/vgetcpu.c", "lib/vdso/../vdso/getcpu.c")
                .image("arch/x86/entry/vdso/vdso64.so.dbg", "arch/x86/entry/vdso/vgetcpu.o")
                .generatedUnit("arch/x86/entry/vdso/vdso-image-64.o", "arch/x86/entry/vdso/vdso-image-64.c")
                .archive("arch/x86/entry/vdso", "vdso-image-64.o");

        // The boot loader's part of bzImage.
        build.unit("arch/x86/boot/string.o", "arch/x86/boot/string.c")
                .image("arch/x86/boot/setup.elf", "arch/x86/boot/string.o");

        build.unit("fs/ext9/super.o", "fs/ext9/super.c", "fs/ext9/ext9.h", "include/linux/fs.h")
                .unit("fs/ext9/inode.o", "fs/ext9/inode.c", "fs/ext9/ext9.h")
                .module("fs/ext9/ext9", "super.o", "inode.o")
                .unit("drivers/char/toy.o", "drivers/char/toy.c")
                .module("drivers/char/toy", "toy.o")
                .unit("drivers/char/rusty.o", "drivers/char/rusty.rs")
                .module("drivers/char/rusty", "rusty.o")
                .hostObject("scripts/mod/modpost.o", "scripts/mod/modpost.c")
                .hostProgram("scripts/mod/modpost", "scripts/mod/modpost.o")
                .unit("scripts/mod/empty.o", "scripts/mod/empty.c")
                .hostTool("lib/gen_table", "lib/gen_table.c", "lib/table-defs.h")
                .hostObject("tools/objtool/check.o", "tools/objtool/check.c")
                .source("tools/objtool/elf.c", "");
        return build.vmlinux();
    }

    public Path tree() {
        return tree;
    }

    public Path sourceDirectory() {
        return source;
    }

    /** Compiles a file of the source, which comes into being with all that it includes. */
    public SmallBuild unit(String object, String path, String... includes) {
        source(path, "");
        Stream.of(includes).filter(include -> !include.contains("..")).forEach(include -> source(include, ""));
        return compile(object, spelledSource + path, spelled(includes));
    }

    /** Compiles a file that the build itself made. */
    public SmallBuild generatedUnit(String object, String path) {
        file(path, "");
        return compile(object, path, List.of());
    }

    private SmallBuild compile(String object, String spelledPath, List<String> includes) {
        String command = spelledPath.endsWith(".rs")
                ? "rustc --edition=2021 @./include/generated/rustc_cfg --emit=obj=" + object + " " + spelledPath
                : KERNEL_CC + object + " " + spelledPath;
        return cmd(object, command, spelledPath, includes);
    }

    /** Compiles an object of a host program. */
    public SmallBuild hostObject(String object, String path, String... includes) {
        source(path, "");
        return cmd(object, HOST_CC + object + " " + spelledSource + path, spelledSource + path, spelled(includes));
    }

    /** Links a host program. */
    public SmallBuild hostProgram(String program, String... objects) {
        return cmd(program, "gcc   -o " + program + " " + String.join(" ", objects));
    }

    /** Compiles and links a host program in one step. */
    public SmallBuild hostTool(String program, String path, String... includes) {
        source(path, "");
        Stream.of(includes).forEach(include -> source(include, ""));
        return cmd(program, "gcc -Wall -o " + program + " " + path, spelledSource + path, spelled(includes));
    }

    /** Makes {@code built-in.a} of a directory; those that stand in no other are what vmlinux is linked from. */
    public SmallBuild archive(String directory, String... members) {
        String archive = directory + "/built-in.a";
        for (String member : members) {
            archives.remove(directory + "/" + member);
        }
        archives.add(archive);
        return cmd(
                archive,
                "rm -f " + archive + ";  printf \"" + directory + "/%s \" " + String.join(" ", members)
                        + " | xargs ar cDPrST " + archive);
    }

    /** Makes {@code lib.a} of a directory. */
    public SmallBuild library(String directory, String... members) {
        String library = directory + "/lib.a";
        libraries.add(library);
        String objects =
                Stream.of(members).map(member -> directory + "/" + member).collect(Collectors.joining(" "));
        return cmd(library, "rm -f " + library + "; ar cDPrsT " + library + " " + objects);
    }

    /** Links a module from objects of its directory; a single one of its own name is not linked again. */
    public SmallBuild module(String name, String... members) {
        String directory = name.substring(0, name.lastIndexOf('/') + 1);
        cmd(
                name + ".mod",
                "printf '%s\\n'   " + String.join(" ", members) + " | awk '!x[$$0]++ { print(\"" + directory
                        + "\"$$0) }' > " + name + ".mod");
        if (members.length > 1) {
            cmd(name + ".o", "ld -m elf_x86_64 -r -o " + name + ".o @" + name + ".mod ");
        }
        compile(name + ".mod.o", name + ".mod.c", List.of());
        cmd(name + ".ko", "ld -r -T scripts/module.lds -o " + name + ".ko " + name + ".o " + name + ".mod.o");
        modules.add(name);
        return file(
                "modules.order", modules.stream().map(module -> module + ".o\n").collect(Collectors.joining()));
    }

    /** Links an image of its own. */
    public SmallBuild image(String image, String... objects) {
        return cmd(image, "ld -m elf_x86_64 -T x.lds " + String.join(" ", objects) + " -o " + image);
    }

    /** Links vmlinux from all that was archived so far. */
    public SmallBuild vmlinux() {
        cmd(
                "built-in.a",
                "rm -f built-in.a;  printf \"./%s \" " + String.join(" ", archives) + " | xargs ar cDPrST built-in.a");
        cmd(
                "vmlinux.a",
                "rm -f vmlinux.a; ar cDPrST vmlinux.a ./built-in.a  " + String.join(" ", libraries)
                        + "; ar mPiT $$(ar t vmlinux.a | sed -n 1p) vmlinux.a");
        cmd("vmlinux.o", "ld -r -o vmlinux.o  --whole-archive vmlinux.a --no-whole-archive --start-group --end-group ");
        return cmd("vmlinux", "scripts/link-vmlinux.sh \"ld\" \"-m elf_x86_64\"", "scripts/link-vmlinux.sh", List.of());
    }

    /** Writes the record of a command that reads no source. */
    public SmallBuild cmd(String target, String command) {
        return file(cmdPath(target), prefix + target + " := " + command + "\n");
    }

    /** Writes the record of a command that reads a source. */
    public SmallBuild cmd(String target, String command, String spelledPath, List<String> includes) {
        StringBuilder text = new StringBuilder(prefix + target + " := " + command + "\n\n");
        text.append("source_" + target + " := " + spelledPath + "\n\n");
        text.append("deps_" + target + " := \\\n    $(wildcard include/config/X86) \\\n");
        includes.forEach(include -> text.append("  " + include + " \\\n"));
        text.append("\n" + target + ": $(deps_" + target + ")\n\n$(deps_" + target + "):\n");
        return file(cmdPath(target), text.toString());
    }

    private static String cmdPath(String target) {
        int name = target.lastIndexOf('/') + 1;
        return target.substring(0, name) + "." + target.substring(name) + ".cmd";
    }

    private List<String> spelled(String... includes) {
        return Stream.of(includes).map(include -> spelledSource + include).toList();
    }

    /** Writes files of the source: path, text, path, text. */
    public SmallBuild source(String... pathsAndTexts) {
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            write(source.resolve(pathsAndTexts[i]), pathsAndTexts[i + 1]);
        }
        return this;
    }

    /** Writes a file of the build tree. */
    public SmallBuild file(String path, String text) {
        write(tree.resolve(path), text);
        return this;
    }

    /** Makes a symbolic link in the build tree. */
    public SmallBuild link(String path, Path target) {
        try {
            Files.deleteIfExists(tree.resolve(path));
            Files.createDirectories(tree.resolve(path).getParent());
            Files.createSymbolicLink(tree.resolve(path), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Removes a file of the build tree. */
    public SmallBuild without(String path) {
        try {
            Files.delete(tree.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Removes the record of how a file was made. */
    public SmallBuild withoutCmd(String target) {
        return without(cmdPath(target));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
