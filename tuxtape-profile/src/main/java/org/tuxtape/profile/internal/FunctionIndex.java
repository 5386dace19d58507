package org.tuxtape.profile.internal;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;

/**
 * Answers where a function is present. A symbol table names no files, so a function is only found in vmlinux if its
 * file is part of vmlinux; and one that is not found may have been inlined.
 *
 * @param symbols those of vmlinux, if the tree has them
 */
public record FunctionIndex(Optional<SystemMap> symbols) {
    /** Looks a function up, whose file is present so. */
    public FunctionPresence presence(String name, FilePresence file) {
        if (symbols.isEmpty()) {
            return new FunctionPresence.Unknown("There is no System.map with the functions of vmlinux.");
        }
        if (!objects(file).contains(KernelObject.VMLINUX)) {
            return new FunctionPresence.Unknown(
                    "The file of " + name + " is not known to be part of vmlinux, whose functions alone are known.");
        }
        if (!symbols.get().hasFunction(name)) {
            return new FunctionPresence.Unknown(name + " is not among the symbols of vmlinux; it may be inlined.");
        }
        return new FunctionPresence.Present(new TreeSet<>(Set.of(KernelObject.VMLINUX)));
    }

    private static SortedSet<KernelObject> objects(FilePresence file) {
        if (file instanceof FilePresence.Compiled compiled) {
            return compiled.objects();
        }
        return file instanceof FilePresence.Included included ? included.objects() : new TreeSet<>();
    }
}
