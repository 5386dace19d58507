package org.tuxtape.profile.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Turns the paths that a build wrote into paths of the kernel's source. A build in its own source writes
 * {@code fs/open.c}; one with {@code O=} writes {@code ../fs/open.c} or {@code /src/linux/fs/open.c}, and names what it
 * generated relative to its own directory. Files of the source and generated ones share one name space, as they do for
 * the compiler.
 *
 * <p>Where the source and the build lay is found from the {@code .cmd} files alone, so a tree may have been moved or
 * copied, and no path is ever looked up in a file system.
 */
final class BuildPaths {
    private final String sourceRoot;
    private final List<String> prefixes;

    private BuildPaths(String sourceRoot, Collection<String> buildRoots) {
        this.sourceRoot = sourceRoot;
        List<String> roots = new ArrayList<>(buildRoots);
        roots.add(sourceRoot);
        roots.removeIf(String::isEmpty);
        // A build directory may lie in the source, and the other way round: the longest one fits best.
        roots.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        prefixes = roots.stream().map(root -> root + "/").distinct().toList();
    }

    /**
     * Finds where the source and the build lay.
     *
     * @param files all that the build recorded
     * @param tree the build tree's place now
     */
    static BuildPaths infer(Collection<CmdFile> files, Collection<String> tree) {
        Map<String, Integer> sourceRoots = new TreeMap<>();
        TreeSet<String> buildRoots = new TreeSet<>(tree);
        for (CmdFile file : files) {
            file.source()
                    .filter(source -> file.isCompilation() && file.command().kernelCode())
                    .flatMap(source -> rootOf(source, stem(file.target()) + extension(source)))
                    .ifPresent(root -> sourceRoots.merge(root, 1, Integer::sum));
            rootOf(file.writtenTarget(), file.target())
                    .filter(root -> root.startsWith("/"))
                    .ifPresent(buildRoots::add);
        }
        return of(sourceRoots, buildRoots);
    }

    /**
     * Takes the root of the source that most files vote for.
     *
     * @param sourceRoots how many files say so, per root
     * @param buildRoots where the build lay
     */
    static BuildPaths of(Map<String, Integer> sourceRoots, Collection<String> buildRoots) {
        return new BuildPaths(mostFrequent(sourceRoots), buildRoots);
    }

    /**
     * Returns where the source lay, as the build spelled it: an absolute path, {@code ..}, or nothing for a build in
     * its own source.
     */
    String sourceRoot() {
        return sourceRoot;
    }

    /**
     * Returns the path that a build's spelling stands for, or empty if it leads out of the source and the build, as the
     * compiler's own headers do.
     */
    Optional<String> resolve(String written) {
        for (String prefix : prefixes) {
            if (written.startsWith(prefix)) {
                return normalize(written.substring(prefix.length()));
            }
        }
        return written.startsWith("/") ? Optional.empty() : normalize(written);
    }

    /** Resolves every token of a table; what leads out becomes empty. */
    List<Optional<String>> resolveAll(TokenTable tokens) {
        List<Optional<String>> paths = new ArrayList<>(tokens.size());
        for (int token = 0; token < tokens.size(); token++) {
            paths.add(resolve(tokens.text(token)));
        }
        return paths;
    }

    private static Optional<String> normalize(String path) {
        if (path.indexOf("./") < 0 && path.indexOf("//") < 0) {
            return SourcePath.tryParse(path).map(SourcePath::text);
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return SourcePath.tryParse(String.join("/", parts)).map(SourcePath::text);
    }

    /** What stands before {@code path} in {@code written}: nothing if they are equal, empty if it does not end so. */
    static Optional<String> rootOf(String written, String path) {
        if (written.equals(path)) {
            return Optional.of("");
        }
        return written.endsWith("/" + path)
                ? Optional.of(written.substring(0, written.length() - path.length() - 1))
                : Optional.empty();
    }

    private static String mostFrequent(Map<String, Integer> votes) {
        return votes.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(
                                Map.Entry.<String, Integer>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    static String stem(String path) {
        return path.substring(0, path.lastIndexOf('.'));
    }

    static String extension(String path) {
        return path.substring(path.lastIndexOf('.'));
    }
}
