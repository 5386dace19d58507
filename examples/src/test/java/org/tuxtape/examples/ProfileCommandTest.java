package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {

    @Test
    void theUnitsAreListedWithTheirObjects() {
        CommandLineRun run =
                CommandLineRun.of("profile", "--build-tree", Sample.buildTree().toString(), "--units");

        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "fs/btrfs/inode.c\tfs/btrfs/btrfs",
                        "fs/btrfs/qgroup.c\tfs/btrfs/btrfs",
                        "fs/btrfs/scrub.c\tfs/btrfs/btrfs",
                        "fs/ext4/inode.c\tvmlinux",
                        "net/core/sock.c\tvmlinux");
    }

    @Test
    void theSummaryNamesTheKernelAndCountsUnitsPerObject() {
        CommandLineRun run =
                CommandLineRun.of("profile", "--build-tree", Sample.buildTree().toString());

        assertThat(run.lines())
                .contains(
                        "release       6.12.8",
                        "architecture  x86",
                        "units         5",
                        "      2       vmlinux",
                        "      3       fs/btrfs/btrfs");
    }

    @Test
    void aDirectoryThatIsNoTreeIsOneSentenceThatNamesIt(@TempDir Path directory) {
        CommandLineRun run = CommandLineRun.of("profile", "--build-tree", directory.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains(directory.toString());
    }

    @Test
    void aProfileIsWrittenAndReadAgain(@TempDir Path directory) {
        String file = directory.resolve("sample.profile").toString();
        String tree = Sample.buildTree().toString();
        assertThat(CommandLineRun.of("profile", "--build-tree", tree, "--out", file)
                        .status())
                .isZero();

        CommandLineRun run = CommandLineRun.of("profile", "--profile", file, "--units");

        assertThat(run.lines())
                .isEqualTo(CommandLineRun.of("profile", "--build-tree", tree, "--units")
                        .lines());
        CommandLineRun diff = CommandLineRun.of("profile", "diff", file, file);
        assertThat(diff.status()).isZero();
        assertThat(diff.lines()).isEmpty();
    }

    @Test
    void severalOriginsAreMergedAndTheirConflictsPrinted(@TempDir Path directory) throws IOException {
        Path list = directory.resolve("compile_commands.json");
        Files.writeString(list, """
                [{"directory": "/b", "file": "net/core/sock.c",
                  "command": "gcc -D__KERNEL__ -DMODULE -DKBUILD_MODFILE=net/core/core -o net/core/sock.o -c"}]
                """);

        CommandLineRun run = CommandLineRun.of(
                "profile",
                "--build-tree",
                Sample.buildTree().toString(),
                "--compile-commands",
                list.toString(),
                "--kernel",
                "6.12.8");

        assertThat(run.status()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.startsWith("conflict      net/core/sock.c: [vmlinux], but"));
    }

    @Test
    void withoutAnOriginTheCallIsNotUnderstood() {
        assertThat(CommandLineRun.of("profile").status()).isEqualTo(2);
    }

    @Test
    void whatDoesNotMakeAnOriginIsNotUnderstood() {
        CommandLineRun run = CommandLineRun.of("profile", "--config", "config");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("tuxtape: --config needs the --source that it is for.");
        assertThat(CommandLineRun.of("profile", "--installed", "/", "--release", "x y")
                        .status())
                .isEqualTo(2);
    }
}
