package org.tuxtape.kpatch.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tuxtape.core.Context;

/** The fault: the JVM that runs a tool is killed with -9, and another one takes over. */
@Timeout(120)
class LeftoversTest {

    @Test
    void whatAKilledJvmLeftBehindIsEndedByAnother() throws IOException, InterruptedException {
        ProcessMarker marker = ProcessMarker.create();
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("jdk.module.path", "") + ":" + System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        marker.text())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = jvm.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("patched");
            jvm.destroyForcibly().waitFor();

            assertThat(Leftovers.of(marker)).hasSizeGreaterThanOrEqualTo(2);
            assertThat(Leftovers.end(marker)).isEmpty();
            assertThat(Leftovers.of(marker)).isEmpty();
        } finally {
            jvm.destroyForcibly();
            Leftovers.end(marker);
        }
    }

    @Test
    void thereIsNothingToEndForAMarkerOfBefore() {
        assertThat(Leftovers.end(ProcessMarker.create())).isEmpty();
    }

    /** Runs a tool that hangs, with a daemon that left the tree. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            ToolRun.of(List.of("bash", "-c", "(setsid sleep 1000 &); echo patched; sleep 1000"))
                    .marked(ProcessMarker.parse(arguments[0]))
                    .run(System.out::println, Duration.ofMinutes(1), Context.standard());
        }
    }
}
