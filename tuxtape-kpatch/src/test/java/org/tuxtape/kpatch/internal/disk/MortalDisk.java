package org.tuxtape.kpatch.internal.disk;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.disk.Disk;

/**
 * The disk of a process that lives for a number of steps and then dies, perhaps in the middle of a file. What a process has
 * written outlives it, wherever it lies by then, so nothing waits for the device.
 */
public final class MortalDisk implements Disk {
    private final int life;
    private final Runnable death;
    private int steps;

    private MortalDisk(int life, Runnable death) {
        this.life = life;
        this.death = death;
    }

    /** Dies by an error that nobody catches. */
    public static MortalDisk dyingAfter(int steps) {
        return new MortalDisk(steps, () -> {
            throw new Killed();
        });
    }

    /** Takes the whole Java machine with it, without any of its ways out. */
    public static MortalDisk haltingAfter(int steps) {
        return new MortalDisk(steps, () -> Runtime.getRuntime().halt(9));
    }

    /** It is over. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** Whether it has died. */
    public boolean isOver() {
        return steps > life;
    }

    private boolean isLastStep() {
        return ++steps > life;
    }

    private void step() {
        if (isLastStep()) {
            death.run();
        }
    }

    @Override
    public void write(Path file, InputStream content) throws IOException {
        if (isLastStep()) {
            byte[] all = content.readAllBytes();
            put(file, new ByteArrayInputStream(all, 0, all.length / 2));
            death.run();
        }
        put(file, content);
    }

    private static void put(Path file, InputStream content) throws IOException {
        Disk.REAL.delete(file);
        Files.createFile(file);
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            content.transferTo(out);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        Disk.REAL.rename(from, to);
    }

    @Override
    public void sync(@Nullable Path directory) throws IOException {
        step();
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        step();
        Disk.REAL.createDirectories(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        Disk.REAL.delete(file);
    }
}
