package org.tuxtape.profile.internal;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tuxtape.core.kernel.KernelObject;

/**
 * What the {@code .cmd} files of a build say together.
 *
 * @param files one for each that could be read
 * @param paths how the build spelled paths
 * @param graph what was put together from what
 * @param modules the modules
 * @param linkage what everything was linked into
 */
record BuildRecords(List<CmdFile> files, BuildPaths paths, LinkGraph graph, ModuleList modules, Linkage linkage) {

    /**
     * Puts the records together.
     *
     * @param roots where the tree is now
     * @param modulesOrder the text of {@code modules.order}, if there is one
     * @param modular whether the kernel may load modules
     */
    static BuildRecords of(
            List<CmdFile> files, Collection<String> roots, Optional<String> modulesOrder, boolean modular) {
        BuildPaths paths = BuildPaths.infer(files, roots);
        LinkGraph graph = new LinkGraph(files, paths);
        ModuleList modules = ModuleList.find(modulesOrder, graph);
        Set<String> compiled = files.stream()
                .filter(file -> file.isCompilation() && file.command().kernelCode())
                .map(CmdFile::target)
                .collect(Collectors.toSet());
        return new BuildRecords(files, paths, graph, modules, new Linkage(graph, compiled, modules, modular));
    }

    /** Returns the modules of the build. */
    List<KernelObject> objects() {
        return modules.names().stream().map(KernelObject::module).toList();
    }

    /** Tells whether anything was made for a device tree. */
    boolean hasDeviceTrees() {
        return files.stream()
                .map(CmdFile::target)
                .anyMatch(target -> target.endsWith(".dtb") || target.endsWith(".dtbo"));
    }

    /** Returns the directories below {@code tools/} in which something was made. */
    Set<String> tools() {
        return files.stream()
                .flatMap(file -> DirectoryName.below("tools", file.target()).stream())
                .collect(Collectors.toSet());
    }
}
