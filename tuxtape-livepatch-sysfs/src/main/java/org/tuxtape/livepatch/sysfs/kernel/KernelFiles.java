package org.tuxtape.livepatch.sysfs.kernel;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the running kernel shows itself. The paths may belong to any file system of {@link java.nio.file}, so that a
 * simulated kernel is read as a real one is.
 *
 * @param sys what is mounted at {@code /sys}
 * @param proc what is mounted at {@code /proc}
 * @param kmsg the kernel's log, {@code /dev/kmsg}
 * @since 0.1
 */
public record KernelFiles(Path sys, Path proc, Path kmsg) {

    /** Rejects {@code null}. */
    public KernelFiles {
        Objects.requireNonNull(sys, "sys");
        Objects.requireNonNull(proc, "proc");
        Objects.requireNonNull(kmsg, "kmsg");
    }

    /**
     * Returns the files of the machine that this program runs on.
     *
     * @return {@code /sys}, {@code /proc} and {@code /dev/kmsg}
     */
    public static KernelFiles ofThisMachine() {
        return under(Path.of("/"));
    }

    /**
     * Returns the files below another root.
     *
     * @param root a directory that has {@code sys}, {@code proc} and {@code dev/kmsg}
     * @return its files
     */
    public static KernelFiles under(Path root) {
        return new KernelFiles(
                root.resolve("sys"), root.resolve("proc"), root.resolve("dev").resolve("kmsg"));
    }
}
