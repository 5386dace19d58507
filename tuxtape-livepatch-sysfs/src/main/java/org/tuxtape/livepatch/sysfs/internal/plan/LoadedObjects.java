package org.tuxtape.livepatch.sysfs.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/** The modules that are there, and the kernel image, which always is. */
final class LoadedObjects {
    private final Path modules;

    LoadedObjects(KernelFiles files) {
        this.modules = files.sys().resolve("module");
    }

    boolean isPresent(String object) {
        return object.equals("vmlinux") || state(object).isPresent();
    }

    /** {@code coming}, {@code live} or {@code going}; empty if there is no such module. */
    Optional<String> state(String module) {
        return KernelText.readIfAllowed(modules.resolve(module).resolve("initstate"));
    }

    /** Code that is built in has a directory too if it has parameters, but no state. */
    boolean isBuiltIn(String module) {
        return Files.isDirectory(modules.resolve(module)) && state(module).isEmpty();
    }
}
