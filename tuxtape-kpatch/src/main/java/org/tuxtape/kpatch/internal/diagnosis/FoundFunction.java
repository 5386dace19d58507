package org.tuxtape.kpatch.internal.diagnosis;

import java.util.Objects;

/**
 * A function that a tool takes into the module.
 *
 * @param unit what it was found in: of kpatch-build the last part of a compiled file, {@code tcp.o}; of klp-build the path
 *     of a kernel object, {@code vmlinux.o} or {@code fs/btrfs/btrfs.o}
 * @param name its name, with the suffixes that the compiler gave it
 * @param isNew whether the kernel does not have it
 */
public record FoundFunction(String unit, String name, boolean isNew) {
    /** Rejects {@code null}. */
    public FoundFunction {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(name, "name");
    }
}
