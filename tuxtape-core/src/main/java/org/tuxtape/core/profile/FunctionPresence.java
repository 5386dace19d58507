package org.tuxtape.core.profile;

import java.util.Objects;
import java.util.SortedSet;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;

/**
 * What a build made of one function. There is no "absent": a function that is not among the symbols may have been
 * inlined. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface FunctionPresence {

    /**
     * The function stands among the symbols.
     *
     * @param objects where; never empty
     */
    record Present(SortedSet<KernelObject> objects) implements FunctionPresence {
        /** Copies the set, and rejects an empty one. */
        public Present {
            if (objects.isEmpty()) {
                throw new IllegalArgumentException("A function that is present is so in an object.");
            }
            objects = Sorted.set(objects);
        }
    }

    /**
     * Nothing can be said.
     *
     * @param reason one sentence that says why
     */
    record Unknown(String reason) implements FunctionPresence {
        /** Rejects {@code null}. */
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
