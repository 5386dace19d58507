package org.tuxtape.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.tuxtape.core.disk.LockFile;

/** The directory of an agent's own, which one agent at a time has: the kernel takes it from a process that ends. */
final class AgentDirectory implements AutoCloseable {
    private final Path modules;
    private final LockFile lock;

    private AgentDirectory(Path modules, LockFile lock) {
        this.modules = modules;
        this.lock = lock;
    }

    /** How an attempt to take a directory ended. */
    sealed interface Attempt {
        record Taken(AgentDirectory directory) implements Attempt {}

        record Held(String holder) implements Attempt {}
    }

    static Attempt attempt(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            LockFile.Attempt attempt = LockFile.attempt(directory.resolve("agent.lock"));
            if (attempt instanceof LockFile.Attempt.Taken taken) {
                return new Attempt.Taken(new AgentDirectory(directory.resolve("modules"), named(taken.lock())));
            }
            String holder = ((LockFile.Attempt.Held) attempt).text().strip();
            return new Attempt.Held(holder.isEmpty() ? "another process" : holder);
        } catch (IOException e) {
            throw new AgentException(directory, "The agent cannot use " + directory + ": " + e + ".", e);
        }
    }

    private static LockFile named(LockFile lock) {
        try {
            lock.name("process " + ProcessHandle.current().pid());
        } catch (IOException e) {
            // Others meet somebody without a name.
        }
        return lock;
    }

    /** Where modules are fetched to, on their way into the store. */
    Path modules() {
        return modules;
    }

    /** Removes what was fetched: the store has it, or it is fetched again. */
    void clear() {
        try {
            if (Files.isDirectory(modules, LinkOption.NOFOLLOW_LINKS)) {
                List<Path> files;
                try (Stream<Path> listed = Files.list(modules)) {
                    files = listed.toList();
                }
                for (Path file : files) {
                    Files.delete(file);
                }
                Files.delete(modules);
            }
        } catch (IOException e) {
            throw new AgentException(modules, "The agent cannot clear " + modules + ": " + e + ".", e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
