package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;

/** The kernel that the tests run on: {@code lab/run guest} boots it. */
final class Guest {
    /** The folder that the guest shares with its host, and from one boot to the next. */
    static final Path SHARE = Path.of(System.getProperty("tuxtape.guest", "/run/lab"));

    /** Far longer than any transition takes that nothing blocks. */
    static final TransitionPolicy PATIENT = new TransitionPolicy.Reverse(Duration.ofMinutes(1));

    private Guest() {}

    /** The text of a file, without the end of its last line. */
    static String read(String file) {
        try {
            return Files.readString(Path.of(file)).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file that may vanish at any moment; empty if it has. */
    static String tryToRead(String file) {
        try {
            return Files.readString(Path.of(file)).stripTrailing();
        } catch (IOException e) {
            return "";
        }
    }

    /** Looks until something is so, for as long as the guest is allowed to run. */
    static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(120);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.onSpinWait();
        }
    }

    static void write(String file, String text) {
        try {
            Files.write(Path.of(file), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isLoaded(LabModule module) {
        return Files.exists(Path.of("/sys/module/" + module.livepatchName()));
    }

    /** Runs a command to its end and returns what it said. Fails where the command does. */
    static String run(String... command) {
        Ended ended = tryToRun(command);
        assertThat(ended.status()).as("%s: %s", List.of(command), ended.said()).isZero();
        return ended.said();
    }

    /** Runs a command to its end. */
    static Ended tryToRun(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), said.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a command ended, and what it said. */
    record Ended(int status, String said) {}

    /** The command that runs a class with a {@code main} in a JVM of its own. */
    static String[] java(List<String> prefix, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dtuxtape.guest=" + SHARE,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    static void insmod(LabModule module) {
        run("insmod", module.file().toString());
    }

    static void rmmod(LabModule module) {
        run("rmmod", module.livepatchName().text());
    }

    /** Takes every livepatch and every module of ours out again, in whatever state a test has left them. */
    static void cleanUp() {
        if (isLoaded(LabModule.TARGET)) {
            write("/proc/tuxtape_target/gate", "open");
        }
        SysfsController controller = SysfsController.ofThisMachine();
        Context context = Context.standard();
        controller.watch(PATIENT, context);
        List<Livepatch> loaded = new ArrayList<>(controller.loaded());
        Collections.reverse(loaded);
        for (Livepatch livepatch : loaded) {
            assertThat(controller.disable(livepatch.name(), PATIENT, context))
                    .isInstanceOfAny(TransitionOutcome.Completed.class, TransitionOutcome.AlreadySo.class);
        }
        controller.removeLeftovers(context);
        for (LabModule module : LabModule.values()) {
            if (isLoaded(module)) {
                rmmod(module);
            }
        }
    }

    /**
     * What can be seen of the kernel that a livepatch might leave something of: modules, livepatches, functions with a
     * hand on them, symbols, and the behaviour of what our livepatches change. One line each.
     */
    static String footprint() {
        return String.join(
                "\n",
                "modules: " + names("/sys/module"),
                "livepatches: " + names("/sys/kernel/livepatch"),
                "held functions: " + read("/sys/kernel/debug/tracing/enabled_functions"),
                "symbols: "
                        + read("/proc/kallsyms")
                                .lines()
                                .filter(line -> line.contains("[tuxtape_"))
                                .count(),
                "/proc/cmdline: " + read("/proc/cmdline"),
                "/proc/version: " + read("/proc/version"));
    }

    /** How many files this JVM has open. */
    static long openFiles() {
        return names("/proc/self/fd").size();
    }

    private static SortedSet<String> names(String directory) {
        try (Stream<Path> entries = Files.list(Path.of(directory))) {
            return new TreeSet<>(
                    entries.map(entry -> entry.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
