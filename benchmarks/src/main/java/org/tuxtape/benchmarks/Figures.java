package org.tuxtape.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.mail.MboxSource;
import org.tuxtape.profile.KbuildTree;

/** Runs the benchmarks and their peers in one go, and prints a table of ratios. */
public final class Figures {
    private static final double MEGABYTE = 1e6;
    private static final double SECOND = 1e3;

    private Figures() {}

    /**
     * Measures and prints.
     *
     * @param arguments none
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the inputs cannot be read
     * @throws InterruptedException if the wait for the peer is interrupted
     */
    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        archive();
        Optional<Path> tree = Inputs.buildTree();
        if (tree.isPresent()) {
            profile(tree.get());
        } else {
            System.out.println("No profile was measured: there is no finished tree, run lab/kernel first.");
        }
    }

    private static void archive() throws RunnerException, IOException, InterruptedException {
        Path plain = Inputs.plainArchive();
        double megabytes = Files.size(plain) / MEGABYTE;
        int messages = messages(plain);
        Map<String, Double> millis = run(ReadArchive.class);
        double python = python(plain, messages);
        double tuxtape = score(millis, "announcementsOfPlainMbox");
        double count = score(millis, "linesOfPlainMbox");
        double tuxtapeXz = score(millis, "announcementsOfXz");
        double countXz = score(millis, "linesOfXz");
        System.out.printf(Locale.ROOT, "%d messages, %.1f MB, one core%n", messages, megabytes);
        row("tuxtape, plain mbox", tuxtape, messages, megabytes);
        row("Python mailbox and a regular expression", python, messages, megabytes);
        row("only counting lines, plain mbox", count, messages, megabytes);
        row("tuxtape, xz", tuxtapeXz, messages, megabytes);
        row("only decompressing and counting lines, xz", countXz, messages, megabytes);
        ratio("Python / tuxtape, plain mbox", python / tuxtape);
        ratio("tuxtape / bare count, xz", tuxtapeXz / countXz);
        ratio("tuxtape / bare count, plain mbox", tuxtape / count);
    }

    private static void profile(Path tree) throws RunnerException, IOException, InterruptedException {
        int units = KbuildTree.read(tree).units().size();
        double millis = score(run(ProfileTree.class), "units");
        System.out.printf(
                Locale.ROOT,
                "profile of %d units: %.0f ms, %.0f ms per thousand units%n",
                units,
                millis,
                millis * SECOND / units);
        Path script = tree.resolve("scripts/clang-tools/gen_compile_commands.py");
        if (Files.isRegularFile(script)) {
            double kernel = compileCommands(script, tree);
            System.out.printf(Locale.ROOT, "  %-42s %9.1f ms%n", "the kernel's gen_compile_commands.py", kernel);
            ratio("gen_compile_commands.py / tuxtape", kernel / millis);
        }
    }

    /** Milliseconds that the kernel's own script takes, with the start of Python: the median of three runs. */
    private static double compileCommands(Path script, Path tree) throws IOException, InterruptedException {
        double[] millis = new double[3];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            Process process = new ProcessBuilder("python3", script.toString(), "-d", tree.toString(), "-o", "/dev/null")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + " failed.");
            }
            millis[i] = (System.nanoTime() - start) / MEGABYTE;
        }
        Arrays.sort(millis);
        return millis[1];
    }

    private static int messages(Path archive) {
        int messages = 0;
        try (CveStream events = MboxSource.of(archive).open(Cursor.START, Context.standard())) {
            for (; events.hasNext(); events.next()) {
                messages++;
            }
        }
        return messages;
    }

    private static Map<String, Double> run(Class<?> benchmarks) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmarks.getName() + "\\.")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        return results.stream()
                .collect(Collectors.toMap(
                        result -> result.getPrimaryResult().getLabel(),
                        result -> result.getPrimaryResult().getScore()));
    }

    private static double score(Map<String, Double> millis, String benchmark) {
        Double score = millis.get(benchmark);
        if (score == null) {
            throw new IllegalStateException("There is no figure of " + benchmark + " among " + millis.keySet() + ".");
        }
        return score;
    }

    /** Milliseconds that Python takes, the median of several runs in one process, measured inside it. */
    private static double python(Path archive, int messages) throws IOException, InterruptedException {
        String script;
        try (InputStream in = Figures.class.getResourceAsStream("peer.py")) {
            if (in == null) {
                throw new IllegalStateException("peer.py is not beside the classes.");
            }
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Process process = new ProcessBuilder(List.of("python3", "-c", script, archive.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ", 2);
        if (process.waitFor() != 0 || Integer.parseInt(answer[0]) != messages) {
            throw new IllegalStateException("Python counted " + answer[0] + " messages, not " + messages + ".");
        }
        return Double.parseDouble(answer[1]);
    }

    private static void row(String name, double millis, int messages, double megabytes) {
        System.out.printf(
                Locale.ROOT,
                "  %-42s %9.1f ms %10.0f messages/s %8.1f MB/s%n",
                name,
                millis,
                messages / millis * SECOND,
                megabytes / millis * SECOND);
    }

    private static void ratio(String name, double ratio) {
        System.out.printf(Locale.ROOT, "  %-42s %9.2f%n", name, ratio);
    }
}
