package org.tuxtape.kpatch.tree;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.kernel.SourcePath;

/**
 * What had to be put back in a tree whose last user did not end in good order.
 *
 * @param holder who that was; empty if it left no name
 * @param processes how many processes it had left behind, all of which were ended
 * @param restored files whose content or mode was put back, or that had been deleted
 * @param removed files that were added, half-written ones of patch(1) and sed(1) among them
 * @param unfinished products of make that were half made and were removed, so that make makes them again
 * @since 0.1
 */
public record TreeRepair(
        Optional<TreeHolder> holder,
        int processes,
        SortedSet<SourcePath> restored,
        SortedSet<SourcePath> removed,
        SortedSet<SourcePath> unfinished) {

    /** Copies the sets. */
    public TreeRepair {
        Objects.requireNonNull(holder, "holder");
        restored = copy(restored);
        removed = copy(removed);
        unfinished = copy(unfinished);
    }

    private static SortedSet<SourcePath> copy(SortedSet<SourcePath> paths) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(paths));
    }

    /**
     * Tells whether nothing was found to be wrong.
     *
     * @return whether no file had to be touched
     */
    public boolean isEmpty() {
        return restored.isEmpty() && removed.isEmpty() && unfinished.isEmpty();
    }
}
