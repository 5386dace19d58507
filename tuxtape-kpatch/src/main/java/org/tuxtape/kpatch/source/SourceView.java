package org.tuxtape.kpatch.source;

import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A source tree that can be looked at. {@code view::text} is what {@link org.tuxtape.core.diff.TreeChange#of} asks for.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SourceView {

    /**
     * Reads a file.
     *
     * @param path its path
     * @return its text, one char per byte; empty if there is no regular file of that path, or only by way of a symbolic
     *     link
     * @throws SourceException if it is there and cannot be read
     */
    Optional<String> text(SourcePath path);

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
