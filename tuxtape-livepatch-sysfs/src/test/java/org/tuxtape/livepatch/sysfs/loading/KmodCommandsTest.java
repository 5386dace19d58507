package org.tuxtape.livepatch.sysfs.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/** Real child processes: scripts of ours that say what kmod's tools say, and the tools of this machine. */
class KmodCommandsTest {
    private static final LivepatchName NAME = new LivepatchName("livepatch_a");

    @TempDir
    Path directory;

    private KmodCommands commands(Duration timeout) {
        return new KmodCommands(List.of(directory.resolve("not_there"), directory), timeout);
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_tool_that_succeeds_has_loaded_the_module() throws Exception {
        tool("insmod", "echo \"$@\" > " + directory + "/asked; env >> " + directory + "/asked");

        commands(Duration.ofMinutes(1)).load(directory.resolve("-a b.ko"));

        assertThat(Files.readAllLines(directory.resolve("asked")))
                .contains(directory + "/-a b.ko", "LC_ALL=C")
                .noneMatch(line -> line.startsWith("HOME="));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    insmod: ERROR: could not insert module a.ko: Invalid module format             | ENOEXEC
                    insmod: ERROR: could not insert module a.ko: File exists                       | EEXIST
                    insmod: ERROR: could not insert module a.ko: Unknown symbol in module          | ENOENT
                    insmod: ERROR: could not insert module a.ko: Invalid parameters                | EINVAL
                    insmod: ERROR: could not insert module a.ko: Device or resource busy           | EBUSY
                    insmod: ERROR: could not insert module a.ko: Operation not permitted           | EPERM
                    insmod: ERROR: could not insert module a.ko: Key was rejected by service       | EKEYREJECTED
                    insmod: can't insert 'a.ko': invalid module format                             | ENOEXEC
                    insmod: something that nobody has said before                                  | unknown
                    """)
    void the_error_is_known_by_what_insmod_says(String output, String errno) throws IOException {
        tool("insmod", "cat >&2 <<'EOF'\n" + output + "\nEOF\nexit 1");

        KernelRefusal refusal = catchThrowableOfType(
                KernelRefusal.class, () -> commands(Duration.ofMinutes(1)).load(Path.of("a.ko")));

        assertThat(refusal.errno()).isEqualTo(errno);
        assertThat(refusal).hasMessageContaining(output);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rmmod: ERROR: Module livepatch_a is in use                                                  | EWOULDBLOCK
                    rmmod: ERROR: Module livepatch_a is not currently loaded                                    | ENOENT
                    rmmod: ERROR: could not remove module livepatch_a: Resource temporarily unavailable         | EWOULDBLOCK
                    """)
    void the_error_is_known_by_what_rmmod_says(String output, String errno) throws IOException {
        tool("rmmod", "cat >&2 <<'EOF'\n" + output + "\nEOF\nexit 1");

        KernelRefusal refusal = catchThrowableOfType(
                KernelRefusal.class, () -> commands(Duration.ofMinutes(1)).unload(NAME));

        assertThat(refusal.errno()).isEqualTo(errno);
    }

    @Test
    void the_name_of_a_file_is_not_taken_for_an_error() throws IOException {
        tool("insmod", "echo \"insmod: $1: Exec format error\" >&2; exit 1");

        KernelRefusal refusal = catchThrowableOfType(
                KernelRefusal.class,
                () -> commands(Duration.ofMinutes(1)).load(directory.resolve("Operation not permitted.ko")));

        assertThat(refusal.errno()).isEqualTo("ENOEXEC");
    }

    @Test
    void a_tool_that_hangs_is_ended_with_its_children() throws IOException {
        tool("rmmod", "sleep 600 & echo $! > " + directory + "/child; wait");

        assertThatThrownBy(() -> commands(Duration.ofSeconds(1)).unload(NAME))
                .isInstanceOf(KernelAccessException.class)
                .hasMessageContaining("did not end in time");
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofMinutes(1)));
    }

    @Test
    void a_machine_without_the_tool_says_so() {
        assertThatThrownBy(() -> commands(Duration.ofMinutes(1)).unload(NAME))
                .isInstanceOf(KernelAccessException.class)
                .hasMessageContaining("there is no rmmod");
    }

    @Test
    void the_rmmod_of_this_machine_cannot_remove_what_is_not_there() {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/sbin/rmmod")), "There is no rmmod on this machine to be tried.");

        KernelRefusal refusal = catchThrowableOfType(
                KernelRefusal.class,
                () -> KmodCommands.ofThisMachine().unload(new LivepatchName("tuxtape_no_such_module")));

        assertThat(refusal).isNotNull();
    }
}
