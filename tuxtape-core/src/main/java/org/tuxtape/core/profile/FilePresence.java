package org.tuxtape.core.profile;

import java.util.Collection;
import java.util.Objects;
import java.util.SortedSet;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

/**
 * What a build made of one source file. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface FilePresence {

    /**
     * The file is a compiled unit.
     *
     * @param objects what its code was linked into, also by way of units that include it; never empty
     */
    record Compiled(SortedSet<KernelObject> objects) implements FilePresence {
        /** Copies the set, and rejects an empty one. */
        public Compiled {
            objects = nonEmpty(objects, "objects");
        }
    }

    /**
     * The file is not compiled for itself, but compiled units include it: most headers, and some {@code .c} files.
     *
     * @param units the units that include it, directly or not; never empty
     * @param objects what those units were linked into; never empty
     */
    record Included(SortedSet<SourcePath> units, SortedSet<KernelObject> objects) implements FilePresence {
        /** Copies the sets, and rejects empty ones. */
        public Included {
            units = nonEmpty(units, "units");
            objects = nonEmpty(objects, "objects");
        }
    }

    /**
     * The file exists in this kernel's source, and the build is known to have left it out.
     *
     * @param reason one sentence
     */
    record Absent(String reason) implements FilePresence {
        /** Rejects {@code null}. */
        public Absent {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Nothing can be said. This is never a no.
     *
     * @param reason one sentence that says why
     */
    record Unknown(String reason) implements FilePresence {
        /** Rejects {@code null}. */
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }
    }

    private static <T extends Comparable<T>> SortedSet<T> nonEmpty(Collection<T> elements, String name) {
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("A file that is part of a build has " + name + ".");
        }
        return Sorted.set(elements);
    }
}
