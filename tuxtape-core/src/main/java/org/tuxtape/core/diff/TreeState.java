package org.tuxtape.core.diff;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Whether a source tree holds a fix already, file by file and hunk by hunk. Each file is compared as {@link SourceState}
 * says. Of several changes of one file each is compared with what the later ones began with or the earlier ones left:
 * a tree holds a series if the changes can be taken back from the last one on, and lacks it if they can be made from the
 * first one on.
 *
 * @param files each change of a file, in the order of the diffs
 * @since 0.1
 */
public record TreeState(List<OfFile> files) {

    /**
     * One change of one file.
     *
     * @param file the change
     * @param path the file that was compared: the new name, or the old one where only that is there; empty if a name
     *     leads out of the tree
     * @param state the state of each hunk
     * @param change the texts on both sides of the change, the one that the tree has and the other that was made from it;
     *     empty if the tree holds neither side as a whole
     */
    public record OfFile(FileDiff file, Optional<SourcePath> path, SourceState state, Optional<FileChange> change) {
        /** Rejects {@code null}. */
        public OfFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(change, "change");
        }

        /**
         * Tells whether the change cannot be compared: that of a binary file, or of one outside the tree.
         *
         * @return whether it keeps the whole from being told
         */
        public boolean isOpaque() {
            return path.isEmpty() || file.binary().isPresent();
        }

        private boolean speaks() {
            return isOpaque() || !state.hunks().isEmpty();
        }
    }

    /** Copies the list. */
    public TreeState {
        files = List.copyOf(files);
    }

    /**
     * Compares a tree with diffs. Diffs that would take minutes, since they go through large files again and again, are
     * {@link HunkState#NEITHER} from where that is noticed on.
     *
     * @param diffs the changes, in the order in which they are made
     * @param tree returns the text of a file, one char per byte, or empty if there is no such file
     * @return the state of each file
     */
    public static TreeState of(List<Diff> diffs, Function<SourcePath, Optional<String>> tree) {
        return new TreeComparison(diffs, tree).compare();
    }

    /**
     * Tells which side the tree as a whole holds. Changes without hunks, as a mere renaming is, do not count.
     *
     * @return the state that every hunk has; {@link HunkState#NEITHER} where they differ, there are none, or a file is
     *     changed that has no lines or lies outside the tree
     */
    public HunkState overall() {
        List<HunkState> states = files.stream()
                .filter(OfFile::speaks)
                .map(file -> file.isOpaque() ? HunkState.NEITHER : file.state().overall())
                .distinct()
                .toList();
        return states.size() == 1 ? states.get(0) : HunkState.NEITHER;
    }
}
