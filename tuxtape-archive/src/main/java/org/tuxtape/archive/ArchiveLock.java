package org.tuxtape.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.disk.LockFile;

/** Waits for a lock as long as somebody else may reasonably hold it. */
final class ArchiveLock {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private ArchiveLock() {}

    /** Does some work in a directory, which is created if it is not there, while nobody else does. */
    static <T> T holding(Path directory, Disk disk, Context context, Supplier<T> work) {
        try {
            disk.createDirectories(directory);
        } catch (IOException e) {
            throw ArchiveTree.failed(directory, "created", e);
        }
        return holding(directory, context, work);
    }

    /**
     * Does some work in a directory that is there, while nobody else does.
     *
     * @throws ArchiveException if another is at it for a minute, or the lock cannot be taken
     */
    static <T> T holding(Path directory, Context context, Supplier<T> work) {
        LockFile lock = take(directory, context);
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    private static LockFile take(Path directory, Context context) {
        Path file = directory.resolve(".lock");
        Instant end = context.clock().instant().plus(PATIENCE);
        try {
            while (true) {
                LockFile.Attempt attempt = LockFile.attempt(file);
                if (attempt instanceof LockFile.Attempt.Taken taken) {
                    return named(taken.lock());
                }
                if (attempt instanceof LockFile.Attempt.Held held
                        && !context.clock().instant().isBefore(end)) {
                    String holder = held.text().isBlank()
                            ? "another process"
                            : held.text().strip();
                    throw new ArchiveException(
                            Fault.LOCKED, directory.toString(), directory + " is being changed by " + holder + ".");
                }
                context.pause(PAUSE);
            }
        } catch (IOException e) {
            throw ArchiveTree.failed(file, "locked", e);
        }
    }

    private static LockFile named(LockFile lock) {
        try {
            lock.name("process " + ProcessHandle.current().pid());
        } catch (IOException e) {
            // Others wait without knowing for whom.
        }
        return lock;
    }
}
