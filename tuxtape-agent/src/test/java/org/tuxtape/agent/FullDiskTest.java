package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fault: a real file system that is full, at every page that an agent needs. */
class FullDiskTest {
    /** Needs no privilege where users may have namespaces. */
    private static final List<String> ALONE = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec");

    private static final String MOUNT = "mount -t tmpfs -o size=4m none \"$0\"; ";

    @Test
    void whatFindsNoRoomIsMadeUpForByTheNextRun(@TempDir Path directory) throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path nodes = Files.createDirectory(home.resolve("nodes"));
        assumeTrue(run(MOUNT + "true", nodes).status() == 0, "This system gives ordinary users no mounts of their own");

        Run run = run(MOUNT + "exec \"$@\"", nodes, program(home));

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(Integer.parseInt(run.output().strip())).isBetween(5, 200);
    }

    private static String[] program(Path home) throws URISyntaxException {
        String classes = Path.of(FullDisk.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String classPath = String.join(
                ":",
                classes,
                Path.of(classes).resolveSibling("test-classes").toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""));
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            FullDisk.class.getName(),
            home.toString()
        };
    }

    private record Run(int status, String output) {}

    private static Run run(String script, Path nodes, String... program) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(ALONE);
        call.addAll(List.of(script, nodes.toString()));
        call.addAll(List.of(program));
        Path log = Files.createTempFile(nodes.resolveSibling(""), "run", ".log");
        Process process = new ProcessBuilder(call)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(log.toString()).isTrue();
            return new Run(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
