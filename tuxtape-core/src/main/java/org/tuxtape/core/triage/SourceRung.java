package org.tuxtape.core.triage;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.diff.HunkState;
import org.tuxtape.core.diff.TreeState;

/** Rung 4: does this very source hold the fix? */
final class SourceRung {
    private static final int MOST_NAMED = 8;

    private SourceRung() {}

    /** Says why there is nothing to compare with. */
    static Evidence.Source silent(String reason) {
        return new Evidence.Source(Optional.empty(), new TreeMap<>(), false, reason);
    }

    /**
     * Draws the conclusion. Code as before a fix is no bug in itself: it takes the change that brought the bug in, too.
     *
     * @param mayHaveBug whether the versions leave it possible that the kernel has that change
     */
    static Evidence.Source climb(KnownFix fix, TreeState state, boolean mayHaveBug) {
        FixHunks numbers = new FixHunks();
        SortedMap<FixHunk, HunkState> hunks = new TreeMap<>();
        for (TreeState.OfFile file : state.files()) {
            List<FixHunk> numbered = numbers.of(file.file());
            for (int i = 0; i < numbered.size(); i++) {
                hunks.put(numbered.get(i), file.state().hunks().get(i).state());
            }
        }
        String doubt = fix.doubt().map(why -> " " + why).orElse("");
        return switch (state.overall()) {
            case AFTER -> decided(VexStatus.FIXED, hunks, fix, "The source has " + fix.text() + "." + doubt);
            case BEFORE ->
                mayHaveBug
                        ? decided(VexStatus.AFFECTED, hunks, fix, "The source lacks " + fix.text() + "." + doubt)
                        : undecided(
                                hunks,
                                "The source lacks " + fix.text()
                                        + ", which does not tell whether it has what brought the bug in.");
            case NEITHER, BOTH -> undecided(hunks, mixed(fix, hunks, state));
        };
    }

    private static Evidence.Source decided(
            VexStatus status, SortedMap<FixHunk, HunkState> hunks, KnownFix fix, String reason) {
        return new Evidence.Source(Optional.of(status), hunks, fix.doubt().isPresent(), reason);
    }

    private static Evidence.Source undecided(SortedMap<FixHunk, HunkState> hunks, String reason) {
        return new Evidence.Source(Optional.empty(), hunks, false, reason);
    }

    private static String mixed(KnownFix fix, SortedMap<FixHunk, HunkState> hunks, TreeState state) {
        String opaque = state.files().stream()
                .filter(TreeState.OfFile::isOpaque)
                .limit(1)
                .map(file -> " " + file.file().path() + " cannot be compared.")
                .collect(Collectors.joining());
        String counts = hunks.values().stream()
                .collect(Collectors.groupingBy(found -> found, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getValue() + " " + words(count.getKey()))
                .collect(Collectors.joining(", "));
        String strange = hunks.entrySet().stream()
                .filter(hunk -> hunk.getValue() != HunkState.AFTER)
                .limit(MOST_NAMED)
                .map(hunk -> hunk.getKey() + " (" + words(hunk.getValue()) + ")")
                .collect(Collectors.joining("; "));
        return "The source does not tell whether it has " + fix.text() + "."
                + (hunks.isEmpty() ? "" : " Of " + hunks.size() + " hunks: " + counts + ".")
                + (strange.isEmpty() ? "" : " Not there: " + strange + ".")
                + opaque;
    }

    private static String words(HunkState state) {
        return switch (state) {
            case BEFORE -> "before it";
            case AFTER -> "after it";
            case NEITHER -> "neither";
            case BOTH -> "both";
        };
    }
}
