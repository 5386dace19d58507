package org.tuxtape.profile.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ProfileException.Fault;

/**
 * Finds the source of a build: in the build tree, where its {@code source} link leads, above it, or where the caller
 * says. What the {@code .cmd} files call the source is never looked up.
 */
final class SourceFinder {
    private final Path tree;
    private final Optional<TreeWalk.Listing> listing;
    private final Optional<KernelVersion> built;
    private final int threads;
    private final Task task;

    /**
     * @param tree the build tree
     * @param listing what it holds, if it was listed already
     * @param threads how many list the source
     * @param built the version that the build recorded, without {@code -rc}; the source must still be of it
     */
    SourceFinder(Path tree, Optional<TreeWalk.Listing> listing, Optional<KernelVersion> built, int threads, Task task) {
        this.tree = tree;
        this.listing = listing;
        this.built = built;
        this.threads = threads;
        this.task = task;
    }

    /** Takes the directory that the caller names, which must be the source of this build. */
    SourceFiles given(Path directory) {
        Path source = real(directory);
        Optional<KernelVersion> version = version(source);
        if (version.isEmpty()) {
            throw Faults.of(directory, Fault.WRONG_KIND, "is no kernel source: its Makefile has no version");
        }
        if (isOther(version.get())) {
            throw Faults.of(directory, Fault.WRONG_KIND, mismatch(version.get()));
        }
        return list(source);
    }

    /**
     * Looks where a build has its source.
     *
     * @param writtenRoot where the build says that the source lay
     */
    SourceFiles find(String writtenRoot) {
        List<Path> candidates = new ArrayList<>(List.of(tree, tree.resolve("source")));
        if (writtenRoot.equals("..") && tree.getParent() != null) {
            candidates.add(tree.getParent());
        }
        for (Path candidate : candidates) {
            Optional<KernelVersion> version = version(candidate);
            if (version.isPresent()) {
                return isOther(version.get())
                        ? SourceFiles.unknown(candidate + " " + mismatch(version.get()) + ".")
                        : list(candidate.equals(tree) ? tree : real(candidate));
            }
        }
        return SourceFiles.unknown("the source that this kernel was built from cannot be reached from " + tree + ".");
    }

    private SourceFiles list(Path source) {
        List<String> files = listing.filter(known -> source.equals(tree))
                .orElseGet(() ->
                        task.below("list " + source, part -> TreeWalk.list(source, Optional.of(tree), threads, part)))
                .others();
        return new SourceFiles(
                Optional.of(source), NameSet.of(files), TreeFiles.in(source).text("Makefile"), "");
    }

    private static Optional<KernelVersion> version(Path directory) {
        return TreeFiles.in(directory).text("Makefile").flatMap(VersionFiles::sourceVersion);
    }

    private boolean isOther(KernelVersion source) {
        return isOther(built, source);
    }

    static boolean isOther(Optional<KernelVersion> built, KernelVersion source) {
        return built.isPresent() && !VersionFiles.haveSameNumbers(built.get(), source);
    }

    private String mismatch(KernelVersion source) {
        return "is the source of " + source + ", but the kernel was built from that of "
                + built.map(KernelVersion::toString).orElse("?");
    }

    private static Path real(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!Files.isDirectory(real)) {
                throw Faults.of(directory, Fault.WRONG_KIND, "is no directory");
            }
            return real;
        } catch (IOException e) {
            throw Faults.of(directory, e);
        }
    }
}
