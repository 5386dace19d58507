package org.tuxtape.profile.internal;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.kernel.SourcePath;

/**
 * The modules of a build.
 *
 * @param names their paths in the tree without {@code .ko}
 * @param recorded whether the build said which there are; otherwise they are all that were ever made in this tree
 */
record ModuleList(SortedSet<String> names, boolean recorded) {
    private static final String INSTALL_PREFIX = "kernel/";
    private static final String ORDER = "modules.order";

    /**
     * Finds the modules.
     *
     * @param order the text of the tree's {@code modules.order}: a line per module, ending in {@code .o} in 6.12 and in
     *     {@code .ko} in 6.1, and below {@code kernel/} in older kernels
     */
    static ModuleList find(Optional<String> order, LinkGraph graph) {
        SortedSet<String> names = new TreeSet<>();
        if (order.isPresent()) {
            order.get().lines().forEach(line -> add(line.strip(), graph, names));
            return new ModuleList(names, true);
        }
        if (graph.contains(ORDER)) {
            for (String list : graph.below(Set.of(ORDER), false)) {
                if (list.endsWith(ORDER)) {
                    graph.members(list).forEach(member -> add(member, graph, names));
                }
            }
            return new ModuleList(names, true);
        }
        graph.unused(target -> target.endsWith(".ko") || target.endsWith(".mod"))
                .forEach(target -> addName(withoutExtension(target), names));
        return new ModuleList(names, false);
    }

    private static void add(String entry, LinkGraph graph, SortedSet<String> names) {
        if (!(entry.endsWith(".o") || entry.endsWith(".ko"))) {
            return;
        }
        String name = withoutExtension(entry);
        boolean installName = name.startsWith(INSTALL_PREFIX) && !graph.contains(name + ".o");
        addName(installName ? name.substring(INSTALL_PREFIX.length()) : name, names);
    }

    private static void addName(String path, SortedSet<String> names) {
        if (SourcePath.tryParse(path).isPresent() && !path.endsWith(".ko")) {
            names.add(path);
        }
    }

    private static String withoutExtension(String path) {
        return path.substring(0, path.lastIndexOf('.'));
    }
}
