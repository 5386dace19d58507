package org.tuxtape.core.livepatch;

import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelObject;

/**
 * A function that a livepatch replaces.
 *
 * @param object where the original lies
 * @param name its symbol, without white space and control characters
 * @param sympos its place among the symbols of this name in the object, from 1; 0 if the name is unique
 * @since 0.1
 */
public record PatchedFunction(KernelObject object, String name, int sympos) implements Comparable<PatchedFunction> {
    private static final Pattern SYMBOL = Pattern.compile("[^\\s\\p{Cntrl}]+");
    private static final Comparator<PatchedFunction> ORDER = Comparator.comparing(PatchedFunction::object)
            .thenComparing(PatchedFunction::name)
            .thenComparingInt(PatchedFunction::sympos);

    /** Rejects a name that is no symbol, and a negative place. */
    public PatchedFunction {
        Objects.requireNonNull(object, "object");
        if (!SYMBOL.matcher(name).matches() || sympos < 0) {
            throw new IllegalArgumentException("Not a function: '" + name + "', place " + sympos + ".");
        }
    }

    /**
     * Returns it as the running kernel spells it: the object by its {@linkplain KernelObject#moduleName() module name},
     * and the place of a unique symbol as 1. That is how functions of a build and of the kernel are compared.
     *
     * @return this function, or one that differs in spelling only
     */
    public PatchedFunction asRunning() {
        return new PatchedFunction(new KernelObject(object.moduleName()), name, Math.max(1, sympos));
    }

    @Override
    public int compareTo(PatchedFunction other) {
        return ORDER.compare(this, other);
    }
}
