package org.tuxtape.core.diff;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a diff does to one file.
 *
 * @param kind what happens to the file as a whole
 * @param oldPath its name before; empty exactly for an added file
 * @param newPath its name after; empty exactly for a deleted file
 * @param oldMode its mode before, where the diff says it
 * @param newMode its mode after, where the diff says it
 * @param blobs git's ids of the contents, where the diff says them
 * @param hunks the places that change, in the order of the diff
 * @param binary the change of a file that has no lines; there are no hunks then
 * @since 0.1
 */
public record FileDiff(
        Kind kind,
        Optional<DiffPath> oldPath,
        Optional<DiffPath> newPath,
        Optional<FileMode> oldMode,
        Optional<FileMode> newMode,
        Optional<Blobs> blobs,
        List<Hunk> hunks,
        Optional<BinaryChange> binary) {

    /** What happens to a file as a whole. */
    public enum Kind {
        /** Its content changes, in its place. */
        MODIFIED,
        /** It is new. */
        ADDED,
        /** It is removed. */
        DELETED,
        /** It gets another name, and possibly another content. */
        RENAMED,
        /** Another file is made from it; it stays as it is. */
        COPIED,
        /** Nothing changes but its mode. */
        MODE_ONLY
    }

    /** Copies the list, and rejects a kind that the other values contradict. */
    public FileDiff {
        hunks = List.copyOf(hunks);
        if (oldPath.isEmpty() != (kind == Kind.ADDED) || newPath.isEmpty() != (kind == Kind.DELETED)) {
            throw new IllegalArgumentException("A file that is " + kind + " cannot have these names.");
        }
        if (!hunks.isEmpty() && (binary.isPresent() || kind == Kind.MODE_ONLY)) {
            throw new IllegalArgumentException("A binary file, and one whose mode alone changes, has no hunks.");
        }
        if (kind == Kind.MODIFIED && hunks.isEmpty() && binary.isEmpty()) {
            throw new IllegalArgumentException("A modified file has changes.");
        }
        Side none = kind == Kind.ADDED ? Side.BEFORE : Side.AFTER;
        boolean oneSided = kind == Kind.ADDED || kind == Kind.DELETED;
        if (oneSided && hunks.stream().anyMatch(hunk -> hunk.count(none) > 0)) {
            throw new IllegalArgumentException("A file that is " + kind + " has lines on one side only.");
        }
        Objects.requireNonNull(oldMode, "oldMode");
        Objects.requireNonNull(newMode, "newMode");
        Objects.requireNonNull(blobs, "blobs");
    }

    /**
     * Returns the name by which the file is spoken of.
     *
     * @return its new name, or the old one of a deleted file
     */
    public DiffPath path() {
        return newPath.or(() -> oldPath).orElseThrow();
    }

    /**
     * Returns the change that takes this one back. That of a copy leads from the new file to the one that it was made from.
     *
     * @return a file diff with both sides exchanged
     */
    public FileDiff reversed() {
        Kind reversed = switch (kind) {
            case ADDED -> Kind.DELETED;
            case DELETED -> Kind.ADDED;
            case MODIFIED, RENAMED, COPIED, MODE_ONLY -> kind;
        };
        return new FileDiff(
                reversed,
                newPath,
                oldPath,
                newMode,
                oldMode,
                blobs.map(Blobs::reversed),
                hunks.stream().map(Hunk::reversed).toList(),
                binary.map(BinaryChange::reversed));
    }

    /**
     * Applies the change to a file's text. A hunk is looked for at its line, moved as far as the hunk before it was, then
     * ever farther away; then again with the outermost context lines ignored, as GNU patch does. Unlike there, a place
     * under the hunk's heading goes before a nearer one under another; a hunk that fits two places equally near is
     * rejected, and so is one of which nothing is left to be found by. Time grows with the number of hunks times the
     * length of the text.
     *
     * @param content the text of the file under its old name, one char per byte; empty if there is no such file
     * @param fuzz how many context lines at each end of a hunk may differ, 0 to 2
     * @return the text after the change, or why there is none
     * @throws IllegalArgumentException if the fuzz is out of range
     */
    public ApplyOutcome applyTo(Optional<String> content, int fuzz) {
        return new Application(this, fuzz).to(content);
    }

    /**
     * Writes the change, in git's format where the plain one cannot say it.
     *
     * @return a text from which {@link Diff#parse} reads an equal change
     */
    public String toText() {
        StringBuilder text = new StringBuilder();
        FileDiffText.append(this, text);
        return text.toString();
    }
}
