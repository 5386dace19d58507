package org.tuxtape.core.source;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.SourcePath;

/**
 * The source that a kernel was built from, or will be, file by file. Implementations are usable by several threads, and
 * do not follow what leads out of the tree.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SourceTree {

    /**
     * Reads a file.
     *
     * @param path its path
     * @return its text, one char per byte; empty if there is no regular file of that path
     * @throws org.tuxtape.core.TuxtapeException if it is there and cannot be read
     */
    Optional<String> text(SourcePath path);

    /**
     * Looks files up by the last part of their path, for those that moved between versions.
     *
     * @param name a file's name, as {@link SourcePath#name()} gives it
     * @return every file of that name; empty also where the tree cannot be listed, as here
     * @throws org.tuxtape.core.TuxtapeException if the tree cannot be read
     */
    default SortedSet<SourcePath> named(String name) {
        return Collections.emptySortedSet();
    }

    /**
     * Returns a tree whose files can be read and not listed.
     *
     * @param files returns the text of a file, one char per byte, or empty if there is none
     * @return the tree
     */
    static SourceTree of(Function<SourcePath, Optional<String>> files) {
        return files::apply;
    }

    /**
     * Returns a tree that is held in memory.
     *
     * @param files the text of each file, one char per byte
     * @return the tree
     */
    static SourceTree of(Map<SourcePath, String> files) {
        Map<SourcePath, String> texts = Sorted.map(files);
        Map<String, TreeSet<SourcePath>> names = texts.keySet().stream()
                .collect(Collectors.groupingBy(SourcePath::name, TreeMap::new, Collectors.toCollection(TreeSet::new)));
        return new SourceTree() {
            @Override
            public Optional<String> text(SourcePath path) {
                return Optional.ofNullable(texts.get(path));
            }

            @Override
            public SortedSet<SourcePath> named(String name) {
                return Collections.unmodifiableSortedSet(names.getOrDefault(name, new TreeSet<>()));
            }
        };
    }
}
