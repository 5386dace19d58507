package org.tuxtape.kpatch.internal.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tuxtape.core.Context;

/**
 * A command that can be run. It gets a clean environment, nothing to read, and one pipe for both of its outputs; when it
 * ends, or has to, everything that it started ends with it.
 *
 * <p>A process lives in real time, whatever the clock of a context says, so it is waited for in real time too.
 *
 * @param wrapper the words in front of the command, for example {@code chroot /srv/bookworm}; possibly none
 * @param command program and arguments
 * @param directory where it works
 * @param environment what it finds beside the variables that every run has
 * @param marker what its processes are found by, each run below it with one of its own
 */
public record ToolRun(
        List<String> wrapper,
        List<String> command,
        Path directory,
        Map<String, String> environment,
        ProcessMarker marker) {
    /** All that a tool may know of its caller's environment. */
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "TMPDIR", "USER", "LOGNAME");

    private static final Map<String, String> DEFAULTS =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    /** Messages are read by their English words. */
    private static final Map<String, String> FORCED = Map.of("LANG", "C", "LC_ALL", "C");

    /** Copies what it is given. */
    public ToolRun {
        wrapper = List.copyOf(wrapper);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(marker, "marker");
        if (command.isEmpty()) {
            throw new IllegalArgumentException("There is no command.");
        }
    }

    /**
     * Returns a run in the current directory, with a marker of its own.
     *
     * @param command program and arguments, at least one word
     * @return the run
     */
    public static ToolRun of(List<String> command) {
        return new ToolRun(List.of(), command, Path.of(""), Map.of(), ProcessMarker.create());
    }

    /**
     * Puts words in front.
     *
     * @param words those that run the command somewhere else, or none
     * @return a copy with this wrapper
     */
    public ToolRun behind(List<String> words) {
        return new ToolRun(words, command, directory, environment, marker);
    }

    /**
     * Chooses where it works.
     *
     * @param place a directory
     * @return a copy that works there
     */
    public ToolRun in(Path place) {
        return new ToolRun(wrapper, command, place, environment, marker);
    }

    /**
     * Adds a variable to the environment. The language and the marker cannot be changed.
     *
     * @param name its name
     * @param value its value
     * @return a copy that has it
     */
    public ToolRun with(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new ToolRun(wrapper, command, directory, more, marker);
    }

    /**
     * Chooses what its processes are found by.
     *
     * @param other a marker that was written down before
     * @return a copy that carries it
     */
    public ToolRun marked(ProcessMarker other) {
        return new ToolRun(wrapper, command, directory, environment, other);
    }

    /**
     * Runs it to its end. At most 5 seconds after the time is up or the caller wants to stop, nothing of it is alive; an
     * interrupt is such a wish. What its processes started and left behind is ended as well when the tool has ended by
     * itself, a second after it if it still holds the pipe; at once if the tool was killed.
     *
     * @param sink gets every line, in this thread
     * @param timeout above zero
     * @param context asked for cancellation several times a second; it is told nothing
     * @return how it ended
     */
    public ToolExit run(LineSink sink, Duration timeout, Context context) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A tool needs time: " + timeout);
        }
        if (context.cancellation().isCancelled() || Thread.currentThread().isInterrupted()) {
            return new ToolExit.Cancelled();
        }
        if (!Files.isDirectory(directory)) {
            return new ToolExit.NotStarted("There is no directory " + directory + " to run " + command.get(0) + " in.");
        }
        ProcessMarker own = marker.child();
        try {
            return Watch.of(start(own), own, sink).untilTheEnd(timeout, context.cancellation());
        } catch (IOException e) {
            return new ToolExit.NotStarted(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private Process start(ProcessMarker own) throws IOException {
        List<String> words = new ArrayList<>(wrapper);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Map<String, String> variables = builder.environment();
        Map<String, String> ours = Map.copyOf(variables);
        variables.clear();
        variables.putAll(DEFAULTS);
        PASSED_ON.stream().filter(ours::containsKey).forEach(name -> variables.put(name, ours.get(name)));
        variables.putAll(environment);
        variables.putAll(FORCED);
        variables.put(ProcessMarker.VARIABLE, own.text());
        return builder.start();
    }
}
