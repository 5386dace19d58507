package org.tuxtape.profile.internal;

import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Tells, for a file that no unit was made of, whether that means anything: {@code .cmd} files record what a compiler
 * read, and not what makefiles, Kconfig and generators did.
 *
 * @param architectures the directories below {@code arch/} that units come from; empty if none do
 * @param builtTools the directories below {@code tools/} of which programs were built
 * @param deviceTrees whether the build made any device tree
 */
record FileKinds(Set<String> architectures, Set<String> builtTools, boolean deviceTrees) {
    FileKinds {
        architectures = Set.copyOf(architectures);
        builtTools = Set.copyOf(builtTools);
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
        if (!isCode(name)) {
            return Optional.of("It is nothing that a compiler reads; what the build made of it is not recorded.");
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

    private static boolean isCode(String name) {
        return name.endsWith(".c") || name.endsWith(".h") || name.endsWith(".S") || name.endsWith(".rs");
    }
}
