package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;
import org.tuxtape.profile.SmallBuild.Layout;
import org.tuxtape.profile.SmallBuild.Spelling;

/** What gives no profile: one sentence that names the path, and a fault for programs. */
class KbuildTreeFaultsTest {
    @TempDir
    private Path directory;

    private static void assertFault(KbuildTree tree, Fault fault, String message) {
        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> tree.read(Context.standard()))
                .withMessage(message)
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(fault));
    }

    private static void assertFault(Path tree, Fault fault, String message) {
        assertFault(KbuildTree.at(tree), fault, message);
    }

    @Test
    void aMissingDirectory() {
        Path tree = directory.resolve("nowhere");

        assertFault(tree, Fault.MISSING, tree + " does not exist.");
    }

    @Test
    void aFile() throws IOException {
        Path file = Files.createFile(directory.resolve("vmlinux"));

        assertFault(file, Fault.WRONG_KIND, file + " is neither a directory nor an archive.");
        assertFault(
                file.resolve("below"),
                Fault.IO,
                file + "/below cannot be read: java.nio.file.FileSystemException: " + file
                        + "/below: Not a directory.");
    }

    @Test
    void aDirectoryThatMayNotBeRead() throws IOException {
        Path tree = SmallBuild.complete(directory).tree();
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("--x------"));
        try {
            assumeFalse(Files.isReadable(tree), "this user may read everything");
            assertFault(tree, Fault.NOT_PERMITTED, tree + " may not be read.");
        } finally {
            Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aDirectoryOfSomethingElse() throws IOException {
        Files.createFile(directory.resolve("README"));

        assertFault(directory, Fault.WRONG_KIND, directory + " is no kernel build tree.");
    }

    @Test
    void aConfigurationOfSomethingElse() throws IOException {
        Files.createFile(directory.resolve(".config"));

        assertFault(directory, Fault.WRONG_KIND, directory + " is no kernel build tree.");
    }

    @Test
    void aSourceThatWasNeverBuilt() {
        Path tree = SmallBuild.empty(directory, Layout.IN_TREE, Spelling.SAVEDCMD)
                .source("fs/open.c", "")
                .tree();

        assertFault(tree, Fault.NOT_BUILT, tree + " is a kernel tree in which nothing was built.");
    }

    @Test
    void aTreeThatWasOnlyPrepared() {
        Path tree = SmallBuild.empty(directory, Layout.ELSEWHERE, Spelling.CMD)
                .file(".config", "CONFIG_X86=y\n")
                .hostTool("scripts/kconfig/conf", "scripts/kconfig/conf.c")
                .unit("kernel/bounds.s", "kernel/bounds.c", "include/linux/page-flags.h")
                .tree();

        assertFault(tree, Fault.NOT_BUILT, tree + " is a kernel tree in which nothing was built.");
    }

    @Test
    void theSourceOfABuildThatLiesBelowIt() {
        SmallBuild build = SmallBuild.complete(directory, Layout.BELOW_SOURCE, Spelling.SAVEDCMD);
        Path source = build.sourceDirectory();

        assertFault(source, Fault.NOT_BUILT, source + " holds no kernel build itself, but one in out/.");
    }

    @Test
    void aTreeOfAnUnknownKernel() {
        Path tree = SmallBuild.complete(directory)
                .without("include/config/kernel.release")
                .without("Makefile")
                .tree();

        assertFault(
                tree, Fault.NO_VERSION, tree + " says neither by kernel.release nor by a Makefile which kernel it is.");
    }

    @Test
    void aRecordLargerThanAnyBuildMakes() {
        SmallBuild build = SmallBuild.complete(directory)
                .cmd("fs/huge.o", "x".repeat(4 << 20))
                .cmd("mm/huge.o", "x".repeat(4 << 20));

        assertFault(build.tree(), Fault.LIMIT_EXCEEDED, build.tree().resolve("fs/.huge.o.cmd") + " has 4 MiB or more.");
    }

    @Test
    void aSourceGivenByHandThatIsNone() throws IOException {
        SmallBuild build = SmallBuild.complete(directory, Layout.ELSEWHERE, Spelling.SAVEDCMD);
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path missing = directory.resolve("missing");
        KbuildTree tree = KbuildTree.at(build.tree());

        assertFault(
                tree.withSource(empty), Fault.WRONG_KIND, empty + " is no kernel source: its Makefile has no version.");
        assertFault(tree.withSource(missing), Fault.MISSING, missing + " does not exist.");
    }

    @Test
    void aSourceGivenByHandThatIsAnotherKernels() {
        SmallBuild build = SmallBuild.complete(directory, Layout.ELSEWHERE, Spelling.SAVEDCMD)
                .source("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 9\n");
        Path source = build.sourceDirectory();

        assertFault(
                KbuildTree.at(build.tree()).withSource(source),
                Fault.WRONG_KIND,
                source + " is the source of 6.12.9, but the kernel was built from that of 6.12.7.");
    }

    @Test
    void noThreads() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KbuildTree.at(directory).withParallelism(0))
                .withMessage("A tree is read by at least 1 thread, not 0.");
    }
}
