package org.tuxtape.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.disk.Disk;

/** A disk that does a number of steps, and then what a test wants; a file that is written then is half there. */
final class FailingDisk implements Disk {
    private final int good;
    private final Failure failure;
    private int steps;

    private FailingDisk(int good, Failure failure) {
        this.good = good;
        this.failure = failure;
    }

    private interface Failure {
        void happen(Path file) throws IOException;
    }

    /** The process is over. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** Dies by an error that nobody catches. */
    static FailingDisk dyingAfter(int steps) {
        return new FailingDisk(steps, file -> {
            throw new Killed();
        });
    }

    /** Says where it is and does nothing any more, until somebody kills its process. */
    static FailingDisk waitingAfter(int steps) {
        return new FailingDisk(steps, file -> {
            System.out.println(file);
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        });
    }

    /** Is full, but still lets go of files. */
    static FailingDisk fullAfter(int steps) {
        return new FailingDisk(steps, file -> {
            throw new FileSystemException(file.toString(), null, "No space left on device");
        });
    }

    /** Whether it came to the failure. */
    boolean hasFailed() {
        return steps > good;
    }

    private void step(Path file) throws IOException {
        if (++steps > good) {
            failure.happen(file);
        }
    }

    @Override
    public void write(Path file, InputStream content) throws IOException {
        if (++steps > good) {
            byte[] all = content.readAllBytes();
            Disk.REAL.write(file, new ByteArrayInputStream(all, 0, all.length / 2));
            failure.happen(file);
        }
        Disk.REAL.write(file, content);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step(to);
        Disk.REAL.rename(from, to);
    }

    @Override
    public void sync(@Nullable Path directory) throws IOException {
        step(Path.of(String.valueOf(directory)));
        Disk.REAL.sync(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        step(directory);
        Disk.REAL.createDirectories(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        step(file);
        Disk.REAL.delete(file);
    }
}
