package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.examples.build.Workshop;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine;

/** The units of {@code examples/systemd}: systemd understands them, and the command line what they call. */
class SystemdUnitsTest {
    private static final Path UNITS = Page.PROJECT.resolve("examples").resolve("systemd");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final String COMMAND = "/usr/bin/tuxtape";

    @Test
    void systemdUnderstandsThem(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(ANALYZE), ANALYZE + " is missing: apt-get install systemd");
        List<String> call = new ArrayList<>(List.of(ANALYZE.toString(), "--man=no", "verify"));
        for (Path unit : units()) {
            // It wants the command to be there.
            String text = Files.readString(unit).replace(COMMAND, "/bin/true");
            call.add(Files.writeString(directory.resolve(unit.getFileName()), text)
                    .toString());
        }

        Process process = new ProcessBuilder(call).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void theCommandLineUnderstandsWhatTheyCall() throws IOException {
        List<String> calls = new ArrayList<>();
        for (Path unit : units()) {
            String settings = example(unit);
            Files.readString(unit)
                    .lines()
                    .filter(line -> line.matches("Exec\\w+=.*"))
                    .map(line -> line.replaceFirst("Exec\\w+=", "").replace("$TUXTAPE_AGENT", settings))
                    .forEach(calls::add);
        }

        assertThat(calls).hasSizeGreaterThan(3).allSatisfy(call -> {
            assertThat(call).startsWith(COMMAND + " ");
            CommandLine line = Tuxtape.commandLine(
                    new Console(System.out, System.err), Machine.ofThis(), Workshop.ofThisMachine());
            assertThat(line.parseArgs(call.substring(COMMAND.length() + 1).split(" "))
                            .hasSubcommand())
                    .isTrue();
        });
    }

    /** What a unit's comment says that its settings may be. */
    private static String example(Path unit) throws IOException {
        return Files.readString(unit)
                .lines()
                .filter(line -> line.startsWith("#   TUXTAPE_AGENT="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElse("");
    }

    private static List<Path> units() throws IOException {
        try (Stream<Path> files = Files.list(UNITS)) {
            return files.sorted().toList();
        }
    }
}
