package org.tuxtape.core.diff;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.tuxtape.core.kernel.SourcePath;

/**
 * What diffs do to a source tree, found out without writing. It is all or nothing: where one change of one file does not
 * fit, nothing is to be written. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface TreeChange {

    /**
     * Everything fits.
     *
     * @param files what becomes of each file that is not the same afterwards; of a renamed one both names stand here
     */
    record Applied(SortedMap<SourcePath, FileChange> files) implements TreeChange {
        /** Copies the map. */
        public Applied {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }
    }

    /**
     * Something does not fit.
     *
     * @param rejections each change of a file that does not, in the order of the diffs; never empty. What follows a
     *     rejected change of the same file is judged by what that leaves with the most fuzz, or without it
     */
    record Rejected(List<Rejection> rejections) implements TreeChange {
        /** Copies the list, and rejects an empty one. */
        public Rejected {
            rejections = List.copyOf(rejections);
            if (rejections.isEmpty()) {
                throw new IllegalArgumentException("Something does not fit.");
            }
        }
    }

    /**
     * A change of a file that does not fit.
     *
     * @param diff which of the diffs, from 0
     * @param file the change
     * @param cause why
     * @param hunks where each hunk is found with the most fuzz; one that needs more of it than was allowed did not fit.
     *     Empty if none was looked for
     */
    record Rejection(int diff, FileDiff file, ApplyOutcome.Cause cause, List<HunkMatch> hunks) {
        /** Copies the list. */
        public Rejection {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(cause, "cause");
            hunks = List.copyOf(hunks);
        }

        /**
         * Tells what would have made the change fit.
         *
         * @return the fuzz with which every hunk has its place; empty if none is enough
         */
        public OptionalInt neededFuzz() {
            boolean found = cause == ApplyOutcome.Cause.HUNKS
                    && hunks.stream().allMatch(hunk -> hunk instanceof HunkMatch.Found);
            return found ? hunks.stream().mapToInt(HunkMatch::fuzz).max() : OptionalInt.empty();
        }
    }

    /**
     * Finds out what diffs do, one after the other. A copy is made from the file as it was before the diff that copies it,
     * as git means it; all else is done in the order of the text. Changes of binary files, of symbolic links and of
     * files whose names leave the tree never fit.
     *
     * @param diffs what is to be done, in order
     * @param tree returns the text of a file, one char per byte, or empty if there is no such file; asked once per file
     * @param fuzz how many context lines at each end of a hunk may differ, 0 to 2
     * @return what becomes of the files, or what does not fit. Diffs that would take minutes, since they go
     *     through large files again and again, do not fit either
     * @throws IllegalArgumentException if the fuzz is out of range
     */
    static TreeChange of(List<Diff> diffs, Function<SourcePath, Optional<String>> tree, int fuzz) {
        return new TreeEdit(tree, fuzz).apply(diffs);
    }
}
