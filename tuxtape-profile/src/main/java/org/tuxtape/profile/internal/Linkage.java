package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelObject;

/**
 * What the object files of a build were linked into: found from the top down, so that what an earlier configuration
 * left in the tree does not count.
 */
final class Linkage {
    private static final List<String> VMLINUX = List.of("vmlinux", "vmlinux.o", "vmlinux.a");

    /** link-vmlinux.sh makes and links it last, so it stands in no archive. */
    private static final String TIMESTAMP = "init/version-timestamp.o";

    private final LinkGraph graph;
    private final Map<String, SortedSet<KernelObject>> objects = new HashMap<>();
    private final SortedSet<String> missing = new TreeSet<>();
    private final Set<String> onDemand = new HashSet<>();
    private final boolean vmlinuxRecorded;

    /**
     * Follows the links.
     *
     * @param compiled the object files that were compiled for the kernel
     * @param modules the modules of the build
     * @param wholeLibraries whether vmlinux takes every {@code lib.a} whole, as it does where modules may need it
     */
    Linkage(LinkGraph graph, Collection<String> compiled, ModuleList modules, boolean wholeLibraries) {
        this.graph = graph;
        vmlinuxRecorded = VMLINUX.stream().anyMatch(graph::isAssembled);
        if (vmlinuxRecorded) {
            List<String> roots = new ArrayList<>(VMLINUX);
            roots.add(TIMESTAMP);
            linkVmlinux(roots, List.of());
        } else {
            inferVmlinux(compiled, wholeLibraries);
        }
        modules.names().forEach(this::linkModule);
        SortedSet<String> images = new TreeSet<>();
        compiled.stream().filter(file -> !objects.containsKey(file)).forEach(file -> images.addAll(images(file)));
        graph.below(images, true).stream().filter(file -> !graph.contains(file)).forEach(file -> missing.add(file));
    }

    private void linkVmlinux(Collection<String> roots, Collection<String> demandedRoots) {
        List<String> recorded = roots.stream().filter(graph::contains).toList();
        Set<String> firm = graph.below(recorded, false);
        List<String> all = new ArrayList<>(recorded);
        all.addAll(demandedRoots);
        Set<String> reached = graph.below(all, true);
        reached.forEach(file -> link(file, KernelObject.VMLINUX));
        for (String file : reached) {
            if (!firm.contains(file)) {
                onDemand.add(file);
            }
        }
    }

    /**
     * In older kernels link-vmlinux.sh got its objects by way of the environment, and no file names them: the archives
     * that no other one holds, and the objects of head-y, which stand in none.
     */
    private void inferVmlinux(Collection<String> compiled, boolean wholeLibraries) {
        Set<String> candidates = new HashSet<>(compiled);
        Collection<String> roots = new TreeSet<>(graph.unused(target -> isNamed(target, "built-in.a")
                || isNamed(target, "built-in.o")
                || (candidates.contains(target) && isHead(target))));
        roots.add(TIMESTAMP);
        Collection<String> libraries = graph.unused(target -> isNamed(target, "lib.a"));
        if (wholeLibraries) {
            roots.addAll(libraries);
            libraries = List.of();
        }
        linkVmlinux(roots, libraries);
    }

    private boolean isHead(String target) {
        String directory = target.substring(0, target.lastIndexOf('/') + 1);
        return directory.startsWith("arch/")
                && directory.endsWith("/kernel/")
                && target.endsWith(".o")
                && (graph.contains(directory + "built-in.a") || graph.contains(directory + "built-in.o"));
    }

    private static boolean isNamed(String target, String name) {
        return target.equals(name) || target.endsWith("/" + name);
    }

    private void linkModule(String name) {
        List<String> roots = new ArrayList<>(List.of(name + ".o"));
        // The module itself comes last, and a build that was stopped before has none.
        for (String optional : List.of(name + ".mod", name + ".ko")) {
            if (graph.contains(optional)) {
                roots.add(optional);
            }
        }
        KernelObject module = KernelObject.module(name);
        graph.below(roots, true).forEach(file -> link(file, module));
    }

    private void link(String file, KernelObject object) {
        if (graph.contains(file)) {
            objects.computeIfAbsent(file, key -> new TreeSet<>()).add(object);
        } else {
            missing.add(file);
        }
    }

    /** Returns which of vmlinux and the modules hold this file; empty if none does. */
    SortedSet<KernelObject> kernelObjects(String file) {
        return objects.getOrDefault(file, Collections.emptySortedSet());
    }

    /**
     * Returns the images of their own, such as the vdso, the real-mode blob or the boot loader's part of bzImage, that
     * hold this file; empty if it was linked into none. They are named by the file that the linker made.
     */
    SortedSet<String> images(String file) {
        SortedSet<String> images = new TreeSet<>();
        for (String outermost : graph.outermost(file)) {
            if (isImage(outermost) && !outermost.equals(file)) {
                images.add(outermost);
            }
        }
        return images;
    }

    /** An archive, an object or a module that nothing holds is left from another configuration, or not yet linked. */
    private boolean isImage(String target) {
        return !(target.endsWith(".a")
                || target.endsWith(".o")
                || target.endsWith(".ko")
                || objects.containsKey(target));
    }

    /** Tells whether this file is part of vmlinux only if something there needs it. */
    boolean isOnDemand(String file) {
        return onDemand.contains(file);
    }

    /** Returns what is part of vmlinux, a module or another image by the record, but was not made. */
    SortedSet<String> missing() {
        return missing;
    }

    /** Tells whether the build says what vmlinux was linked from. */
    boolean isVmlinuxRecorded() {
        return vmlinuxRecorded;
    }
}
