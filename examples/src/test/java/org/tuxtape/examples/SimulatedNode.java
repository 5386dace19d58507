package org.tuxtape.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.examples.build.Workshop;

/**
 * The command line as a program of its own, on a simulated kernel. That is booted anew for every call, with what the store
 * has accepted, so that from one call to the next it is as if a machine went on.
 */
final class SimulatedNode {
    private SimulatedNode() {}

    public static void main(String[] arguments) throws IOException {
        Path scratch = Files.createTempDirectory("simulated-node-");
        SimulatedMachine machine = new SimulatedMachine(scratch);
        machine.clock().advance(Duration.between(machine.clock().instant(), Instant.now()));
        // A module is known to the simulated kernel by its content, which is always the same.
        machine.write("livepatch_a", Replacement.REPLACE_ALL, "f");
        int at = Arrays.asList(arguments).indexOf("--store");
        if (arguments[0].equals("agent")) {
            boot(machine, arguments[at + 1]);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status = Tuxtape.commandLine(new Console(out, System.err), machine.machine(), Workshop.ofThisMachine())
                .execute(arguments);
        if (arguments[0].equals("agent")) {
            CommandLineRun.on(machine.machine(), "livepatch", "boot", "--going-down", "--store", arguments[at + 1]);
        }
        System.exit(status);
    }

    private static void boot(SimulatedMachine machine, String store) {
        for (String moment : List.of("", "--settled")) {
            String[] call =
                    ("livepatch boot --store " + store + " " + moment).strip().split(" ");
            CommandLineRun run = CommandLineRun.on(machine.machine(), call);
            if (run.status() != 0) {
                System.err.println(run.out() + run.err());
            }
        }
    }
}
