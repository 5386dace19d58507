package org.tuxtape.kpatch.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One call of a tool, by hand: what it said and how it ended. Its files lie in a directory of the call's own. */
record ToolCall(int status, List<String> said, String errors, Path directory) {

    static ToolCall of(Path directory, Path workingDirectory, Path tool, String... arguments) {
        return of(directory, workingDirectory, Path.of("/nowhere"), tool, arguments);
    }

    /**
     * Calls a tool.
     *
     * @param directory for what it says and logs
     * @param workingDirectory where it runs
     * @param programs a directory whose programs come before all others
     */
    static ToolCall of(Path directory, Path workingDirectory, Path programs, Path tool, String... arguments) {
        try {
            Path output = directory.resolve("said");
            Path errors = directory.resolve("errors");
            ProcessBuilder call = new ProcessBuilder(tool.toString())
                    .directory(workingDirectory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            call.command().addAll(List.of(arguments));
            call.environment().keySet().removeIf(name -> name.startsWith("MAKE"));
            call.environment().put("LC_ALL", "C");
            call.environment().put("PATH", programs + ":" + System.getenv("PATH"));
            call.environment().put("CACHEDIR", cache(directory).toString());
            Process process = call.start();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError(tool + " takes more than a minute: " + Files.readString(output));
            }
            return new ToolCall(
                    process.exitValue(),
                    Files.readAllLines(output, StandardCharsets.ISO_8859_1),
                    Files.readString(errors, StandardCharsets.ISO_8859_1),
                    directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path cache(Path directory) {
        return directory.resolve("cache");
    }

    /** What it logged; empty if there is no log. */
    String log() {
        Path log = cache(directory).resolve("build.log");
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
