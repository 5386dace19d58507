package org.tuxtape.core.triage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;

/**
 * Which modules a machine has loaded, and which it will not load. {@code blacklist} in a file of modprobe.d denies nothing:
 * it keeps a module from being loaded by one of its aliases, and not by its name or by a module that needs it.
 *
 * @param loaded the names of the modules that are loaded, as {@link KernelObject#moduleName()} gives them
 * @param denied the names of those that are not to be loaded
 * @param isClosed whether the kernel loads no module any more ({@code /proc/sys/kernel/modules_disabled} is 1)
 * @since 0.1
 */
public record RunningModules(SortedSet<String> loaded, SortedSet<String> denied, boolean isClosed) {
    private static final Set<String> REFUSALS = Set.of("/bin/false", "/bin/true", "/usr/bin/false", "/usr/bin/true");

    /** Copies the sets. */
    public RunningModules {
        loaded = Sorted.set(loaded);
        denied = Sorted.set(denied);
    }

    /**
     * Reads what a machine says. Lines that are not understood are passed over.
     *
     * @param procModules the text of {@code /proc/modules}
     * @param modprobe the texts of the files of modprobe.d, or the output of {@code modprobe --showconfig}: a module whose
     *     install command is {@code /bin/false} or {@code /bin/true} is denied
     * @param isClosed whether the kernel loads no module any more
     * @return what they say
     */
    public static RunningModules parse(String procModules, Collection<String> modprobe, boolean isClosed) {
        SortedSet<String> loaded = new TreeSet<>();
        procModules
                .lines()
                .map(RunningModules::words)
                .filter(words -> words.size() > 1)
                .forEach(words -> loaded.add(name(words.get(0))));
        SortedSet<String> denied = new TreeSet<>();
        modprobe.stream()
                .flatMap(String::lines)
                .map(RunningModules::words)
                .filter(words -> words.size() > 2 && words.get(0).equals("install") && REFUSALS.contains(words.get(2)))
                .forEach(words -> denied.add(name(words.get(1))));
        return new RunningModules(loaded, denied, isClosed);
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+", 4));
    }

    private static String name(String module) {
        return module.replace('-', '_');
    }

    /**
     * Tells how an object is present.
     *
     * @param object vmlinux or a module
     * @return its state; empty for code that is neither, as that of the boot loader
     */
    public Optional<ModuleState> state(KernelObject object) {
        if (object.isVmlinux() || loaded.contains(object.moduleName())) {
            return Optional.of(ModuleState.LOADED);
        }
        if (!object.isModule()) {
            return Optional.empty();
        }
        return Optional.of(
                isClosed || denied.contains(object.moduleName()) ? ModuleState.DENIED : ModuleState.LOADABLE);
    }
}
