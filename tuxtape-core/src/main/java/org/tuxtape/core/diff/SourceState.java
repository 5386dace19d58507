package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a source file holds a change already. Context is compared exactly, white space included.
 *
 * <p>A text is only said to hold a side if nothing else fits better: the side that needs less fuzz wins, and of two that
 * stand at the same place the one that takes in the other. A side that has no lines of its own, as the old one of a hunk
 * that only adds, is known by its context alone, so none of that may be ignored. And a place counts only under the heading
 * of its hunk, unless the change itself touches that line: functions that are alike are many, and one of them without a
 * fix says nothing about another. So a hunk whose function was renamed is {@link HunkState#NEITHER}.
 *
 * @param hunks the state of each hunk, in the order of the diff; none for a change without hunks
 * @since 0.1
 */
public record SourceState(List<OfHunk> hunks) {
    private static final int MOST_FUZZ = 2;

    /**
     * The state of one hunk.
     *
     * @param state which side the text holds
     * @param before where its old side was found
     * @param after where its new side was found
     */
    public record OfHunk(HunkState state, HunkMatch before, HunkMatch after) {
        /** Rejects {@code null}. */
        public OfHunk {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
        }

        static OfHunk missing(HunkState state) {
            return new OfHunk(state, HunkMatch.MISSING, HunkMatch.MISSING);
        }
    }

    /** Copies the list. */
    public SourceState {
        hunks = List.copyOf(hunks);
    }

    /**
     * Compares a file with a change.
     *
     * @param file the change; of several changes of one file, only the last leaves the text as it says
     * @param content the text of the file, one char per byte; empty if there is no such file
     * @return the state of each hunk
     */
    public static SourceState of(FileDiff file, Optional<String> content) {
        if (content.isEmpty()) {
            OfHunk missing = OfHunk.missing(
                    switch (file.kind()) {
                        case ADDED -> HunkState.BEFORE;
                        case DELETED -> HunkState.AFTER;
                        case MODIFIED, RENAMED, COPIED, MODE_ONLY -> HunkState.NEITHER;
                    });
            return new SourceState(file.hunks().stream().map(hunk -> missing).toList());
        }
        TextLines lines = TextLines.of(content.get());
        List<HunkMatch> before = find(file, Side.BEFORE, lines);
        List<HunkMatch> after = find(file, Side.AFTER, lines);
        List<OfHunk> states = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            HunkState state = state(file.hunks().get(i), before.get(i), after.get(i));
            states.add(new OfHunk(state, before.get(i), after.get(i)));
        }
        return new SourceState(states);
    }

    private static List<HunkMatch> find(FileDiff file, Side side, TextLines lines) {
        HunkFinder finder = new HunkFinder(file, side, lines, true);
        return file.hunks().stream()
                .map(hunk -> hunk.count(side) == 0
                        ? HunkMatch.MISSING
                        : finder.next(hunk, hunk.isChangedOn(side) ? MOST_FUZZ : 0))
                .toList();
    }

    private static HunkState state(Hunk hunk, HunkMatch before, HunkMatch after) {
        boolean hasBefore = !before.equals(HunkMatch.MISSING);
        boolean hasAfter = !after.equals(HunkMatch.MISSING);
        if (hasBefore && hasAfter) {
            return better(hunk, before, after);
        }
        if (hasBefore) {
            return HunkState.BEFORE;
        }
        return hasAfter ? HunkState.AFTER : HunkState.NEITHER;
    }

    private static HunkState better(Hunk hunk, HunkMatch before, HunkMatch after) {
        int difference = before.fuzz() - after.fuzz();
        if (difference != 0) {
            return difference < 0 ? HunkState.BEFORE : HunkState.AFTER;
        }
        if (before instanceof HunkMatch.Found old && after instanceof HunkMatch.Found present) {
            int oldEnd = old.line() + hunk.count(Side.BEFORE);
            int presentEnd = present.line() + hunk.count(Side.AFTER);
            boolean oldWithin = present.line() <= old.line() && oldEnd <= presentEnd;
            boolean presentWithin = old.line() <= present.line() && presentEnd <= oldEnd;
            if (oldWithin != presentWithin) {
                return oldWithin ? HunkState.AFTER : HunkState.BEFORE;
            }
        }
        return HunkState.BOTH;
    }

    /**
     * Tells which side the file as a whole holds.
     *
     * @return the state that every hunk has; {@link HunkState#NEITHER} where they differ or there are none
     */
    public HunkState overall() {
        List<HunkState> states = hunks.stream().map(OfHunk::state).distinct().toList();
        return states.size() == 1 ? states.get(0) : HunkState.NEITHER;
    }
}
