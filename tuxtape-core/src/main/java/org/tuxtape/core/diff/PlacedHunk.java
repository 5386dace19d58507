package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines that a hunk changes, in the two texts that its change leads from and to. A hunk changes at least one line.
 *
 * @param removed the lines of the old text that it removes, from 1
 * @param added the lines of the new text that it adds, from 1
 * @since 0.1
 */
public record PlacedHunk(List<Integer> removed, List<Integer> added) {

    /** Copies the lists. */
    public PlacedHunk {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /**
     * Finds the lines of each hunk.
     *
     * @param file a change, compared with a tree
     * @return one element per hunk, in order; empty if the tree holds neither side of the change as a whole
     */
    public static List<PlacedHunk> of(TreeState.OfFile file) {
        if (file.change().isEmpty()) {
            return List.of();
        }
        Optional<String> before = file.change().get().before();
        if (!(file.file().applyTo(before, Application.MOST_FUZZ) instanceof ApplyOutcome.Applied applied)
                || !applied.content().equals(file.change().get().after())) {
            return List.of();
        }
        List<PlacedHunk> places = new ArrayList<>();
        int shift = 0;
        for (int i = 0; i < applied.places().size(); i++) {
            Hunk hunk = file.file().hunks().get(i);
            int line = applied.places().get(i).line();
            places.add(new PlacedHunk(changed(hunk, Side.BEFORE, line), changed(hunk, Side.AFTER, line + shift)));
            shift += hunk.count(Side.AFTER) - hunk.count(Side.BEFORE);
        }
        return places;
    }

    private static List<Integer> changed(Hunk hunk, Side side, int firstLine) {
        List<Integer> changed = new ArrayList<>();
        int number = firstLine;
        for (DiffLine line : hunk.lines()) {
            if (line.kind().isOn(side)) {
                if (line.kind() != DiffLine.Kind.CONTEXT) {
                    changed.add(number);
                }
                number++;
            }
        }
        return changed;
    }
}
