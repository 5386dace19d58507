package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/cluster/over}, with a transport that leads back to this machine. */
@Timeout(60)
class OverTest {
    private static final Path OVER = Path.of("cluster/over").toAbsolutePath();

    @TempDir
    private Path directory = Path.of("");

    private Process over(String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(OVER.toString(), "env", "-u", "HERE", "::"));
        words.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("CACHEDIR", "/var/tmp/a b");
        builder.environment().put("TUXTAPE_RUN", "marker");
        return builder.start();
    }

    private static List<String> output(Process process) throws IOException, InterruptedException {
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        process.waitFor();
        return lines;
    }

    @Test
    void theCommandGetsItsWordsItsDirectoryAndItsEnvironment() throws IOException, InterruptedException {
        Process process = over("sh", "-c", "pwd; echo \"$CACHEDIR\"; echo \"$#\"; echo \"$2\"", "sh", "", "a 'b' $c");
        assertThat(output(process)).containsExactly(directory.toRealPath().toString(), "/var/tmp/a b", "2", "a 'b' $c");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void theMarkerOfThisMachinesProcessesStaysHere() throws IOException, InterruptedException {
        assertThat(output(over("sh", "-c", "echo \"<$TUXTAPE_RUN>\""))).containsExactly("<>");
    }

    @Test
    void itsStatusIsThatOfTheCommandOrOfTheTransport() throws IOException, InterruptedException {
        Process command = over("sh", "-c", "exit 42");
        assertThat(command.waitFor()).isEqualTo(42);
        Process transport = new ProcessBuilder(OVER.toString(), "sh", "-c", "exit 255", "::", "true").start();
        assertThat(transport.waitFor()).isEqualTo(255);
        Process misused = new ProcessBuilder(OVER.toString(), "ssh", "::").start();
        assertThat(misused.waitFor()).isEqualTo(2);
    }

    @Test
    void whatTheCommandLeavesBehindEndsWithIt() throws IOException, InterruptedException {
        Process process = over("sh", "-c", "sleep 300 & echo $!");
        long left = Long.parseLong(output(process).get(0));
        awaitEnd(left);
    }

    /** The fault: the build is cancelled, which ends the wrapper by TERM, or kills it. */
    @Test
    void theCommandEndsWhenTheWrapperDoes() throws IOException, InterruptedException {
        for (boolean isKilled : new boolean[] {false, true}) {
            Path mark = directory.resolve("mark-" + isKilled);
            Process process =
                    over("sh", "-c", "trap 'echo ended > " + mark + "; exit 3' TERM; echo $$; sleep 300 & wait");
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            long command = Long.parseLong(lines.readLine());
            if (isKilled) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            awaitEnd(command);
            assertThat(Files.readString(mark)).as("it could clean up").isEqualTo("ended\n");
            process.waitFor();
            assertThat(process.exitValue()).isEqualTo(isKilled ? 137 : 3);
        }
    }

    private static void awaitEnd(long pid) throws InterruptedException {
        ProcessHandle.of(pid)
                .ifPresent(handle ->
                        handle.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
}
