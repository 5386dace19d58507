package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

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
}
