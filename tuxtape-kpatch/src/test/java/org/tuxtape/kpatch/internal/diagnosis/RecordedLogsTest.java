package org.tuxtape.kpatch.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.kpatch.internal.run.ToolExit;

/**
 * The runs of the real tools that the lab recorded: {@code logs/kpatch/CVE/} and {@code logs/klp/CVE/} with {@code status},
 * {@code stdout}, {@code stderr} and {@code build.log}.
 */
class RecordedLogsTest {
    private static final Path LOGS = Path.of(
                    System.getProperty("tuxtape.lab", System.getProperty("user.home") + "/.cache/tuxtape-lab"))
            .resolve("logs");

    @Test
    void everyRecordedRunHasAClass() throws IOException {
        List<String> unclassified = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        List<Path> runs = finished(LOGS);
        assumeTrue(!runs.isEmpty(), "there are no recorded runs in " + LOGS + "; lab/run kpatch makes them");
        for (Path run : runs) {
            ToolVerdict verdict = verdict(run);
            counts.merge(name(verdict), 1, Integer::sum);
            if (verdict instanceof ToolVerdict.Failed failed
                    && failed.diagnosis().failure() == BuildFailure.UNCLASSIFIED) {
                unclassified.add(run + ":\n" + failed.diagnosis().excerpt());
            }
            boolean built = read(run.resolve("status")).get(0).strip().equals("0");
            assertThat(verdict instanceof ToolVerdict.Built).as("%s built", run).isEqualTo(built);
        }
        System.getLogger("recorded").log(System.Logger.Level.INFO, () -> runs.size() + " runs: " + counts);
        assertThat(unclassified).isEmpty();
    }

    private static ToolVerdict verdict(Path run) throws IOException {
        boolean klp = run.getParent().endsWith("klp");
        ToolOutput output = klp
                ? ToolOutput.ofKlp(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none())
                : ToolOutput.ofKpatch(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none());
        feed(run.resolve("stdout"), output::line);
        feed(run.resolve("stderr"), output::line);
        feed(run.resolve("build.log"), output::logLine);
        int status = Integer.parseInt(read(run.resolve("status")).get(0).strip());
        return output.verdict(ToolExit.ofStatus(status), Optional::empty);
    }

    private static void feed(Path file, Consumer<String> sink) throws IOException {
        if (Files.exists(file)) {
            read(file).forEach(sink);
        }
    }

    private static List<String> read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** A run that is still under way has no status yet. */
    private static List<Path> finished(Path logs) throws IOException {
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> tools = Files.list(logs)) {
            return tools.filter(Files::isDirectory)
                    .flatMap(RecordedLogsTest::runs)
                    .filter(run -> Files.exists(run.resolve("status")))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> runs(Path tool) {
        try (Stream<Path> runs = Files.list(tool)) {
            return runs.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(ToolVerdict verdict) {
        return verdict instanceof ToolVerdict.Failed failed
                ? failed.diagnosis().failure().name()
                : verdict.getClass().getSimpleName();
    }
}
