package org.tuxtape.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of the {@code java} command that also runs the tests. */
final class JavaProcess {
    private static final int TIMEOUT_SECONDS = 60;

    private JavaProcess() {}

    /** Runs it, expects exit code 0, and returns the lines of its standard output. */
    static List<String> run(Path scratch, List<String> arguments) throws IOException, InterruptedException {
        Path out = scratch.resolve("stdout");
        Path err = scratch.resolve("stderr");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ended within %s s", command, TIMEOUT_SECONDS)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s%n%s%s", command, Files.readString(out), Files.readString(err))
                .isZero();
        return Files.readAllLines(out);
    }
}
