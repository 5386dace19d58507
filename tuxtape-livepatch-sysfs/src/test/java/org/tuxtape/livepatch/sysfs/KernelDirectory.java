package org.tuxtape.livepatch.sysfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/** A kernel's files as a plain directory that does nothing by itself. */
public record KernelDirectory(Path root) {

    /** Creates what every kernel has. */
    public static KernelDirectory in(Path root) {
        return new KernelDirectory(root)
                .directory("sys/kernel")
                .file("proc/sys/kernel/osrelease", "6.12.107\n")
                .file("proc/sys/kernel/tainted", "0\n");
    }

    public KernelFiles files() {
        return KernelFiles.under(root);
    }

    /** Writes a file, whether or not it was there. */
    public KernelDirectory file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public KernelDirectory directory(String path) {
        try {
            Files.createDirectories(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a livepatch of which the kernel shows the attributes that Linux 4.12 had. */
    public KernelDirectory livepatch(String name, boolean enabled, boolean inTransition) {
        return livepatchAttribute(name, "enabled", enabled ? "1" : "0")
                .livepatchAttribute(name, "transition", inTransition ? "1" : "0");
    }

    public KernelDirectory livepatchAttribute(String name, String attribute, String value) {
        return file("sys/kernel/livepatch/" + name + "/" + attribute, value + "\n");
    }

    public KernelDirectory function(String name, String object, String function) {
        return directory("sys/kernel/livepatch/" + name + "/" + object + "/" + function);
    }

    public KernelDirectory module(String name, String state, int references, String taint) {
        return file("sys/module/" + name + "/initstate", state + "\n")
                .file("sys/module/" + name + "/refcnt", references + "\n")
                .file("sys/module/" + name + "/taint", taint + "\n");
    }

    public KernelDirectory task(int pid, int tid, String file, String text) {
        return file("proc/" + pid + "/task/" + tid + "/" + file, text);
    }
}
