package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.examples.livepatch.Machine;

/** In a process of its own, since the signal ends it. */
class BuildInterruptTest {
    private static final int ENDED_BY_TERM = 128 + 15;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void whoStopsABuildIsToldSoAndNoOtherIsBegun(@TempDir Path directory) throws IOException, InterruptedException {
        Process process = JavaProcess.of(EndlessBuild.class, directory.toString());
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            assertThat(err.lines().anyMatch("it builds"::equals)).isTrue();

            process.toHandle().destroy(); // which leaves the streams open

            assertThat(out.lines()).containsExactly("CVE-2024-26582   stopped on request; all is as it was before");
            assertThat(process.waitFor()).isEqualTo(ENDED_BY_TERM);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Begins a build that comes to no end. */
    static final class EndlessBuild {
        private EndlessBuild() {}

        public static void main(String[] arguments) throws IOException {
            SimulatedWorkshop workshop = new SimulatedWorkshop(Path.of(arguments[0]));
            PatchBuilder endless = new PatchBuilder() {
                @Override
                public BuildKey key(BuildRequest request) {
                    return workshop.key(request);
                }

                @Override
                public BuildOutcome build(BuildRequest request, Context context) {
                    System.err.println("it builds");
                    try {
                        context.pause(Duration.ofDays(1));
                    } catch (CancelledException e) {
                        return new BuildOutcome.Cancelled();
                    }
                    throw new IllegalStateException("Nobody has stopped it.");
                }
            };
            System.exit(Tuxtape.commandLine(
                            new Console(System.out, System.err),
                            Machine.ofThis(),
                            (tool, tree, store, options) -> endless)
                    .execute(
                            "build",
                            "--tree",
                            workshop.tree().toString(),
                            "--store",
                            workshop.store().toString(),
                            "--fix",
                            workshop.patch("CVE-2024-26582", "net/tls.c"),
                            workshop.patch("CVE-2024-26583", "net/xfrm.c")));
        }
    }
}
