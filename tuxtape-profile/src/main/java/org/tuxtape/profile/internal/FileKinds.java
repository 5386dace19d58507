package org.tuxtape.profile.internal;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Tells, for a file that no unit was made of, whether that means anything: {@code .cmd} files record what a compiler
 * read, and not what makefiles, Kconfig and generators did.
 *
 * @param architectures the directories below {@code arch/} that units come from; empty if none do
 * @param builtTools the directories below {@code tools/} of which programs were built
 * @param deviceTrees whether the build made any device tree
 */
public record FileKinds(Set<String> architectures, Set<String> builtTools, boolean deviceTrees) {
    /** Copies the sets. */
    public FileKinds {
        architectures = Set.copyOf(architectures);
        builtTools = Set.copyOf(builtTools);
    }

    /**
     * Returns what holds for an origin that records no programs and no device trees: of none it is known that it was not
     * built.
     */
    static FileKinds ofUnits(CompiledUnits compiled, SourceFiles source) {
        Set<String> tools = source.files().names().stream()
                .flatMap(file -> DirectoryName.below("tools", file).stream())
                .collect(Collectors.toSet());
        return new FileKinds(architectures(compiled), tools, true);
    }

    /** Returns the directories below {@code arch/} that units come from. */
    static Set<String> architectures(CompiledUnits compiled) {
        return compiled.units().stream()
                .flatMap(unit -> DirectoryName.below("arch", unit.path().text()).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Returns the reason, one sentence, why the file is no part of this kernel, or empty if it may be.
     *
     * @param finished whether the build was finished, so that what it did not make belongs to something else
     */
    Optional<String> whyNoPart(SourcePath path, boolean finished) {
        if (path.isBelow("Documentation") || path.isBelow("LICENSES")) {
            return Optional.of("It is documentation.");
        }
        if (finished && path.isBelow("tools") && !isOf(builtTools, DirectoryName.below("tools", path.text()))) {
            return Optional.of("It belongs to a program of its own, which this build did not make.");
        }
        if (finished && isOfOtherArchitecture(path) && !(deviceTrees && isDeviceTree(path))) {
            return Optional.of("It is of an architecture that this kernel was not built for.");
        }
        return Optional.empty();
    }

    private boolean isOfOtherArchitecture(SourcePath path) {
        Optional<String> architecture = DirectoryName.below("arch", path.text());
        return architecture.isPresent() && !architectures.isEmpty() && !isOf(architectures, architecture);
    }

    private static boolean isOf(Set<String> names, Optional<String> name) {
        return name.filter(names::contains).isPresent();
    }

    /** Returns the reason, one sentence, why the build may have used the file without a record; else empty. */
    Optional<String> whyNotRecorded(SourcePath path) {
        String name = path.name();
        if (isNamed(name, "Kconfig") || isNamed(name, "Makefile") || isNamed(name, "Kbuild")) {
            return Optional.of("It tells the build what to do, which leaves no trace in what it compiles.");
        }
        if (path.isBelow("scripts") || path.isBelow("tools")) {
            return Optional.of("It is of the programs that build the kernel; their effect is not recorded.");
        }
        if (isDeviceTree(path)) {
            return Optional.of("It describes hardware; which device trees a machine uses is not recorded.");
        }
        return Optional.empty();
    }

    private static boolean isNamed(String name, String kind) {
        return name.equals(kind) || name.startsWith(kind + ".");
    }

    private static boolean isDeviceTree(SourcePath path) {
        String text = path.text();
        return text.endsWith(".dts") || text.endsWith(".dtsi") || text.endsWith(".dtso");
    }
}
