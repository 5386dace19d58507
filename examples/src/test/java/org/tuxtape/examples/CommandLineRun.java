package org.tuxtape.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tuxtape.examples.build.Workshop;
import org.tuxtape.examples.livepatch.Machine;

/** What the command line printed, and how it ended. */
record CommandLineRun(int status, String out, String err) {

    static CommandLineRun of(String... arguments) {
        return on(Machine.ofThis(), arguments);
    }

    static CommandLineRun on(Machine machine, String... arguments) {
        return on(machine, Workshop.ofThisMachine(), arguments);
    }

    static CommandLineRun in(Workshop workshop, String... arguments) {
        return on(Machine.ofThis(), workshop, arguments);
    }

    static CommandLineRun on(Machine machine, Workshop workshop, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Tuxtape.commandLine(new Console(print(out), print(err)), machine, workshop)
                .execute(arguments);
        return new CommandLineRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
