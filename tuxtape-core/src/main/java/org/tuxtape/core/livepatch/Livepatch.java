package org.tuxtape.core.livepatch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;

/**
 * A livepatch as the running kernel shows it. What the kernel does not offer is empty: attributes come and go between
 * versions and are found by looking.
 *
 * @param name its module
 * @param enabled whether it is, or is about to be, in force
 * @param inTransition whether tasks are still switching over or back
 * @param replacement what it did to those loaded before it; shown since Linux 6.11
 * @param stackOrder 1 for the first loaded, the highest wins; shown since Linux 6.13
 * @param objects what it patches
 * @see <a href="https://docs.kernel.org/livepatch/livepatch.html">Livepatch</a>
 * @since 0.1
 */
public record Livepatch(
        LivepatchName name,
        boolean enabled,
        boolean inTransition,
        Optional<Replacement> replacement,
        OptionalInt stackOrder,
        List<PatchedObject> objects) {

    /** Copies the list, and rejects a place in the stack below 1. */
    public Livepatch {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(replacement, "replacement");
        if (stackOrder.orElse(1) < 1) {
            throw new IllegalArgumentException("The stack is counted from 1, not from " + stackOrder.getAsInt() + ".");
        }
        objects = List.copyOf(objects);
    }

    /**
     * An object that a livepatch changes.
     *
     * @param objectName {@code vmlinux} or the module's name, as the kernel spells it
     * @param patched whether it is loaded and patched; shown since Linux 6.1
     * @param functions what is patched in it
     */
    public record PatchedObject(String objectName, Optional<Boolean> patched, SortedSet<PatchedFunction> functions) {
        /** Copies the set. */
        public PatchedObject {
            Objects.requireNonNull(objectName, "objectName");
            Objects.requireNonNull(patched, "patched");
            functions = Sorted.set(functions);
        }

        /**
         * Tells whether this is the given object.
         *
         * @param object an object of the build
         * @return whether the names agree as the running kernel spells them
         */
        public boolean is(KernelObject object) {
            return object.moduleName().equals(objectName);
        }
    }

    /**
     * Tells whether the kernel itself says that an object is patched by this livepatch, for every task. Another livepatch
     * may stand above this one or be about to replace it, which {@link CveProtection} takes into account.
     *
     * @param object an object of the build
     * @return {@code true} only if it is enabled, no transition is running, and the object reports {@code patched} 1
     */
    public boolean protects(KernelObject object) {
        return enabled
                && !inTransition
                && objects.stream()
                        .anyMatch(patched ->
                                patched.is(object) && patched.patched().orElse(false));
    }
}
