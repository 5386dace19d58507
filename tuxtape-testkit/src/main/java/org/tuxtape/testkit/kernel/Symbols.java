package org.tuxtape.testkit.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tuxtape.core.livepatch.PatchedFunction;

/** The functions of the kernel image and of the modules that are loaded. Where none are given, it has what is asked for. */
final class Symbols {
    private static final String IMAGE = "vmlinux";

    private final Map<String, List<String>> byObject = new TreeMap<>();
    private final Set<PatchedFunction> wanted;

    /**
     * Creates the table.
     *
     * @param image the functions of the kernel image, repeated where it has several of a name; empty for any
     * @param wanted what offered livepatches patch; changed by others
     */
    Symbols(List<String> image, Set<PatchedFunction> wanted) {
        byObject.put(IMAGE, List.copyOf(image));
        this.wanted = wanted;
    }

    void load(String module, List<String> functions) {
        byObject.put(module, List.copyOf(functions));
    }

    void unload(String module) {
        byObject.remove(module);
    }

    boolean isLoaded(String object) {
        return byObject.containsKey(object);
    }

    Collection<String> modules() {
        return byObject.keySet().stream()
                .filter(object -> !object.equals(IMAGE))
                .toList();
    }

    /** Says why a function cannot be found, in the kernel's words; nothing if it can. */
    String whyNot(PatchedFunction function, boolean unique) {
        List<String> given = byObject.getOrDefault(function.object().name(), List.of());
        if (given.isEmpty()) {
            return "";
        }
        long count = given.stream().filter(function.name()::equals).count();
        if (count == 0) {
            return "symbol '" + function.name() + "' not found in symbol table";
        }
        if (unique && count > 1) {
            return "unresolvable ambiguity for symbol '" + function.name() + "' in object '"
                    + (function.object().isVmlinux()
                            ? "(null)"
                            : function.object().name()) + "'";
        }
        if (function.sympos() > count) {
            return "symbol position " + function.sympos() + " for symbol '" + function.name() + "' in object '"
                    + function.object().name() + "' not found";
        }
        return "";
    }

    /** Returns {@code /proc/kallsyms}; addresses are shown to the privileged only. */
    String kallsyms(boolean privileged) {
        List<String> lines = new ArrayList<>();
        byObject.forEach((object, given) -> {
            List<String> names = given.isEmpty() ? wantedOf(object) : given;
            names.forEach(name -> {
                long address = privileged ? 0xffff_ffff_8100_0000L + 0x100L * lines.size() : 0;
                String line = String.format("%016x t %s", address, name);
                lines.add(object.equals(IMAGE) ? line : line + "\t[" + object + "]");
            });
        });
        return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    }

    private List<String> wantedOf(String object) {
        Map<String, Integer> places = new TreeMap<>();
        wanted.stream()
                .filter(function -> function.object().name().equals(object))
                .forEach(function -> places.merge(function.name(), function.sympos(), Math::max));
        List<String> names = new ArrayList<>();
        places.forEach((name, count) -> names.addAll(Collections.nCopies(count, name)));
        return names;
    }
}
