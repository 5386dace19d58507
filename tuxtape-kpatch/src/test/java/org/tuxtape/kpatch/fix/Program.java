package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** An installed program that tells what is right. */
record Program(String name, Map<String, String> environment) {

    /** Aborts the test where the program is not installed. */
    static Program orAbort(String name) throws IOException, InterruptedException {
        Program program = new Program(name, Map.of());
        try {
            program.run(Path.of("."), "--version");
        } catch (IOException e) {
            Assumptions.abort("The program " + name + " is not installed.");
        }
        return program;
    }

    Program with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Program(name, more);
    }

    /** Runs it, which has to succeed; returns what it printed, one char per byte. */
    String run(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
        return output;
    }
}
