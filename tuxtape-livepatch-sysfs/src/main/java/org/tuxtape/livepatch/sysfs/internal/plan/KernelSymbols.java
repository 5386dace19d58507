package org.tuxtape.livepatch.sysfs.internal.plan;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.livepatch.ModuleFile.KernelSymbol;

/**
 * What {@code /proc/kallsyms} says of the symbols that a livepatch is about. Everybody may read the names there, though
 * not the addresses. The symbols of exports are among them, {@code __ksymtab_NAME}, unless a module was stripped of them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_kallsyms.5.html">proc_kallsyms(5)</a>
 */
final class KernelSymbols {
    private static final String VMLINUX = "vmlinux";
    private static final String EXPORT = "__ksymtab_";

    private final Set<String> wanted;
    private final Map<String, Map<String, Integer>> owners = new HashMap<>();
    private final Set<String> exported = new HashSet<>();
    private final Set<String> exporters = new HashSet<>();
    private final Set<String> aliased = new HashSet<>();
    private String lastAddress = "";
    private String lastName = "";

    private KernelSymbols(Collection<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /**
     * Reads the table.
     *
     * @param kallsyms the file
     * @param wanted the names that matter
     * @return what it says of them; empty if it cannot be read, or holds nothing
     */
    static Optional<KernelSymbols> read(Path kallsyms, Collection<String> wanted) {
        KernelSymbols symbols = new KernelSymbols(new HashSet<>(wanted));
        int[] lines = {0};
        boolean complete = KernelLines.read(kallsyms, line -> {
            lines[0]++;
            symbols.take(line);
        });
        return complete && lines[0] > 0 ? Optional.of(symbols) : Optional.empty();
    }

    /** {@code address type name}, then a tab and {@code [module]} for those of modules. */
    private void take(String line) {
        int type = line.indexOf(' ') + 1;
        if (type == 0 || line.length() < type + 3 || line.charAt(type) == 'U') {
            return;
        }
        int tab = line.indexOf('\t', type);
        String name = line.substring(type + 2, tab < 0 ? line.length() : tab);
        int open = line.indexOf('[', tab < 0 ? line.length() : tab);
        noteAlias(line.substring(0, type - 1), name);
        String owner = open < 0 ? VMLINUX : line.substring(open + 1, line.length() - 1);
        if (name.startsWith(EXPORT)) {
            exporters.add(owner);
            if (wanted.contains(name.substring(EXPORT.length()))) {
                exported.add(name.substring(EXPORT.length()));
            }
        } else if (wanted.contains(name)) {
            owners.computeIfAbsent(name, key -> new HashMap<>()).merge(owner, 1, Integer::sum);
        }
    }

    /** Those of the image are sorted by address, so names of one address stand together; hidden ones are all the same. */
    private void noteAlias(String address, String name) {
        if (address.equals(lastAddress)) {
            for (String one : List.of(name, lastName)) {
                if (wanted.contains(one)) {
                    aliased.add(one);
                }
            }
        }
        lastAddress = address;
        lastName = name;
    }

    /**
     * Tells whether a symbol of the kernel image is known to have one name only.
     *
     * @param object where
     * @param name one of those wanted
     * @return {@code false} too where that cannot be told: in modules, and where addresses are hidden
     */
    boolean hasOneName(String object, String name) {
        return object.equals(VMLINUX) && count(object, name) == 1 && !aliased.contains(name);
    }

    /**
     * Tells whether a module could be given a symbol.
     *
     * @param name one of those wanted
     * @return {@code false} only if nobody has it, or everybody who has it shows exports and not this one
     */
    boolean mayBeExported(String name) {
        return exported.contains(name)
                || owners.getOrDefault(name, Map.of()).keySet().stream().anyMatch(owner -> !exporters.contains(owner));
    }

    /**
     * Counts the symbols of a name.
     *
     * @param object where
     * @param name one of those wanted
     * @return how many there are
     */
    int count(String object, String name) {
        return owners.getOrDefault(name, Map.of()).getOrDefault(object, 0);
    }

    /**
     * Says why the livepatch core would not find a symbol.
     *
     * @param symbol one whose name is wanted
     * @return what is wrong; empty if it would be found
     */
    Optional<String> whyNotFound(KernelSymbol symbol) {
        int count = count(symbol.object(), symbol.name());
        if (count == 0) {
            return Optional.of("There is no symbol " + symbol.name() + " in " + symbol.object() + ".");
        }
        if (symbol.position() == 0 && count > 1) {
            return Optional.of("There are " + count + " symbols " + symbol.name() + " in " + symbol.object()
                    + ", and it does not say which one it means.");
        }
        if (symbol.position() > count) {
            return Optional.of("It means symbol " + symbol.position() + " of the name " + symbol.name() + " in "
                    + symbol.object() + ", and there " + (count == 1 ? "is one" : "are " + count) + ".");
        }
        return Optional.empty();
    }
}
