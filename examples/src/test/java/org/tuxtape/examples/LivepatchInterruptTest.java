package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.examples.build.Workshop;
import org.tuxtape.testkit.kernel.SimulatedTask;

/** In a process of its own, since the signal ends it. */
class LivepatchInterruptTest {
    private static final int ENDED_BY_TERM = 128 + 15;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void whoStopsAStalledLoadFindsItTakenBack(@TempDir Path directory) throws IOException, InterruptedException {
        Process process = JavaProcess.of(StalledLoad.class, directory.toString());
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            assertThat(err.lines().anyMatch(line -> line.contains("1 of 7 tasks left")))
                    .isTrue();

            process.toHandle().destroy(); // which leaves the streams open

            assertThat(out.lines())
                    .contains("livepatch_a is not in force: stopped on request, and all is as it was before.");
            assertThat(process.waitFor()).isEqualTo(ENDED_BY_TERM);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Begins a load that comes to no end. */
    static final class StalledLoad {
        private StalledLoad() {}

        public static void main(String[] arguments) throws IOException {
            SimulatedMachine machine = new SimulatedMachine(Path.of(arguments[0]));
            machine.kernel().stall(SimulatedTask.kernelThread(311, "nfsd").sleepingOn("tcp_v4_rcv"));
            String module = machine.module("livepatch_a", Replacement.REPLACE_ALL, "tcp_v4_rcv");
            Console console = new Console(System.out, System.err);
            System.exit(Tuxtape.commandLine(console, machine.machine(), Workshop.ofThisMachine())
                    .execute("livepatch", "load", module, "--deadline", "999999h"));
        }
    }
}
