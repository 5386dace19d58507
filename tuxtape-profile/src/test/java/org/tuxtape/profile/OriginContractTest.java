package org.tuxtape.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.testkit.contract.BuildProfileContract;
import org.tuxtape.testkit.contract.BuildProfileSubject;

/** The rules BP-1 to BP-5, for profiles of origins that know less than a tree. */
class OriginContractTest {
    private static final String LIST = """
            [{"directory": "/b", "file": "init/main.c", "command": "gcc -D__KERNEL__ -c -o init/main.o init/main.c"},
             {"directory": "/b", "file": "fs/ext9/super.c", "output": "fs/ext9/super.o",
              "arguments": ["gcc", "-D__KERNEL__", "-DMODULE", "-DKBUILD_MODFILE=\\"fs/ext9/ext9\\""]}]
            """;

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class CompileCommandsWithSource extends BuildProfileContract {
        @TempDir
        private Path directory;

        @Override
        protected BuildProfileSubject subject() {
            Path source = SmallBuild.complete(directory).tree();
            Path list = write(directory.resolve("lists/compile_commands.json"), LIST);
            return BuildProfileSubject.of(
                            CompileCommands.at(list).withSource(source).read(Context.standard()))
                    .compiled("init/main.c", "fs/ext9/super.c")
                    .absent("fs/xfs9/super.c")
                    .configUnknown();
        }
    }

    @Nested
    class ConfigWithSource extends BuildProfileContract {
        @TempDir
        private Path directory;

        @Override
        protected BuildProfileSubject subject() {
            Path source = SmallBuild.complete(directory).tree();
            write(source.resolve("arch/x86/Makefile"), "");
            write(source.resolve("Kbuild"), "obj-y += init/ fs/ext9/\n");
            write(source.resolve("init/Makefile"), "obj-y := main.o\n");
            write(source.resolve("fs/ext9/Makefile"), "obj-$(CONFIG_EXT9_FS) += ext9.o\next9-y := super.o inode.o\n");
            return BuildProfileSubject.of(
                            KbuildSource.of(source.resolve(".config"), source).read(Context.standard()))
                    .compiled("init/main.c", "fs/ext9/super.c")
                    .absent("fs/xfs9/super.c")
                    .option("CONFIG_EXT9_FS", "m");
        }
    }

    @Nested
    class Written extends BuildProfileContract {
        @TempDir
        private Path directory;

        @Override
        protected BuildProfileSubject subject() {
            Path file = directory.resolve("x.profile");
            ProfileFile.write(KbuildTree.read(SmallBuild.complete(directory).tree()), file);
            return BuildProfileSubject.of(ProfileFile.read(file))
                    .compiled("init/main.c", "fs/ext9/super.c", "arch/x86/kernel/head_64.S", "kernel/bounds.c")
                    .included("include/linux/fs.h", "kernel/sched/fair.c")
                    .absent("fs/xfs9/super.c", "include/linux/unused.h")
                    .option("CONFIG_EXT9_FS", "m");
        }
    }
}
