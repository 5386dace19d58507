package org.tuxtape.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The program git, which tells what is right, in a work tree of a test and without anybody's configuration.
 *
 * @param work the work tree
 */
record Git(Path work) {
    private static final Map<String, String> CLEAN = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_SYSTEM", "/dev/null",
            "GIT_AUTHOR_NAME", "Somebody",
            "GIT_AUTHOR_EMAIL", "somebody@example.org",
            "GIT_AUTHOR_DATE", "1700000000 +0000",
            "GIT_COMMITTER_NAME", "Somebody",
            "GIT_COMMITTER_EMAIL", "somebody@example.org",
            "GIT_COMMITTER_DATE", "1700000000 +0000");

    /** Makes an empty repository; aborts the test where git is not installed. */
    static Git init(Path work, String... options) {
        try {
            Git git = new Git(Files.createDirectories(work));
            List<String> command = new ArrayList<>(List.of("init", "-q", "-b", "main"));
            command.addAll(List.of(options));
            git.run(command.toArray(String[]::new));
            return git;
        } catch (IOException e) {
            return Assumptions.abort("The program git is not installed.");
        }
    }

    /** Runs it, which has to succeed; returns what it printed, one char per byte. */
    String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().putAll(CLEAN);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.onExit().join().exitValue())
                .as("%s%n%s", command, output)
                .isZero();
        return output;
    }

    /** Commits one file; returns the id. */
    String commit(String file, String content) throws IOException {
        Files.writeString(work.resolve(file), content, StandardCharsets.ISO_8859_1);
        run("add", "-A");
        run("commit", "-q", "-m", file);
        return id("HEAD");
    }

    String id(String revision) throws IOException {
        return run("rev-parse", revision).strip();
    }

    Path directory() {
        return work.resolve(".git");
    }

    /** Where an object lies that is loose. */
    Path loose(String id) {
        return directory().resolve("objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    List<Path> packs(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory().resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** Replaces a file that git made read-only. */
    static void replace(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, content);
    }
}
