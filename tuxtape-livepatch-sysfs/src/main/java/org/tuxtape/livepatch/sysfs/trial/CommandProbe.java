package org.tuxtape.livepatch.sysfs.trial;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

/**
 * Asks a command. A process lives in real time, whatever the clock of the context says, so it is waited for in real time
 * too.
 */
record CommandProbe(List<String> command, Duration timeout) implements HealthProbe {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int KEPT = 500;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("LC_ALL", "C", "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    CommandProbe {
        command = List.copyOf(command);
        if (command.isEmpty() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A probe is a command and a time above zero: " + command);
        }
    }

    @Override
    public Health check(Context context) {
        context.cancellation().throwIfCancelled();
        Process process;
        try {
            process = start();
        } catch (IOException e) {
            return new Health(false, command.get(0) + " cannot be run: " + e.getMessage());
        }
        Set<ProcessHandle> tree = new LinkedHashSet<>();
        StringBuilder output = new StringBuilder();
        try (InputStream pipe = process.getInputStream()) {
            long end = System.nanoTime() + timeout.toNanos();
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(tree::add);
                drain(pipe, output);
                context.cancellation().throwIfCancelled();
                if (System.nanoTime() - end >= 0) {
                    return new Health(false, command.get(0) + " has not ended within " + timeout + said(output));
                }
            }
            drain(pipe, output);
            int status = process.exitValue();
            return new Health(status == 0, command.get(0) + " ended with status " + status + said(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (IOException e) {
            return new Health(false, "What " + command.get(0) + " says cannot be read: " + e.getMessage());
        } finally {
            endTree(process, tree);
        }
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        return builder.start();
    }

    /** Keeps the end of what is said, and never waits for more. */
    private static void drain(InputStream pipe, StringBuilder output) throws IOException {
        for (int ready = pipe.available(); ready > 0; ready = pipe.available()) {
            byte[] piece = pipe.readNBytes(Math.min(ready, 1 << 16));
            output.append(new String(piece, StandardCharsets.ISO_8859_1));
            output.delete(0, Math.max(0, output.length() - KEPT));
        }
    }

    private static String said(StringBuilder output) {
        String text = output.toString().replaceAll("[^ -~]+", " ").strip();
        return text.isEmpty() ? "." : ": " + text;
    }

    /** TERM, a time of grace, KILL. An interrupt does not shorten it: nothing may be left running. */
    private static void endTree(Process process, Set<ProcessHandle> seen) {
        if (!process.isAlive() && seen.stream().noneMatch(ProcessHandle::isAlive)) {
            return;
        }
        process.descendants().forEach(seen::add);
        List<ProcessHandle> tree =
                Stream.concat(Stream.of(process.toHandle()), seen.stream()).toList();
        tree.forEach(ProcessHandle::destroy);
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + GRACE.toNanos();
        while (tree.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
