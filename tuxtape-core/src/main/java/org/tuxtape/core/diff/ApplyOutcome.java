package org.tuxtape.core.diff;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of applying a change to a file. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface ApplyOutcome {

    /**
     * Every hunk was applied.
     *
     * @param content the text of the file under its new name, one char per byte; empty if the file is deleted
     * @param places where each hunk was applied
     */
    record Applied(Optional<String> content, List<HunkMatch.Found> places) implements ApplyOutcome {
        /** Copies the list. */
        public Applied {
            Objects.requireNonNull(content, "content");
            places = List.copyOf(places);
        }
    }

    /**
     * The change does not fit, and nothing of it was applied.
     *
     * @param cause why
     * @param hunks where each hunk was found; empty if none was looked for
     */
    record Rejected(Cause cause, List<HunkMatch> hunks) implements ApplyOutcome {
        /** Copies the list. */
        public Rejected {
            Objects.requireNonNull(cause, "cause");
            hunks = List.copyOf(hunks);
        }
    }

    /** Why a change does not fit. */
    enum Cause {
        /** There is no file. */
        NO_FILE,
        /** The file that is to be added is there already. */
        FILE_EXISTS,
        /** The file that is to be deleted has more content than the diff knows of. */
        CONTENT_LEFT,
        /** The change is a binary one. */
        BINARY,
        /** At least one hunk has no place, or more than one. */
        HUNKS,
        /** A name of the file leads out of the tree. Only said of a change of a tree. */
        OUTSIDE_TREE,
        /** The change is one of a symbolic link, or makes one. Only said of a change of a tree. */
        SYMBOLIC_LINK,
        /** The change is one too many for the time that diffs may take. Only said of a change of a tree. */
        LIMIT_EXCEEDED
    }
}
