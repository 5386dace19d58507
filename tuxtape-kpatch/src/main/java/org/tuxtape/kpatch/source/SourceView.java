package org.tuxtape.kpatch.source;

import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.source.SourceTree;

/**
 * A source tree whose links can be told: {@link #text} gives nothing that is only there by way of one. {@code view::text}
 * is what {@link org.tuxtape.core.diff.TreeChange#of} asks for.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SourceView extends SourceTree {

    /**
     * Tells whether a path leads through a symbolic link. What is written there may land anywhere.
     *
     * @param path the path, of a file that need not be there
     * @return the link: the path itself or a directory above it; empty if there is none
     */
    default Optional<SourcePath> linkOn(SourcePath path) {
        return Optional.empty();
    }

    /**
     * Returns a tree that is held in memory, and has no links.
     *
     * @param files returns the text of a file, or empty if there is none
     * @return the tree
     */
    static SourceView of(Function<SourcePath, Optional<String>> files) {
        return files::apply;
    }
}
