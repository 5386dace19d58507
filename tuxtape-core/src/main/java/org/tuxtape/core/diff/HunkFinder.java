package org.tuxtape.core.diff;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Looks for the hunks of a file in their order, as GNU patch does: at the line that a hunk names, moved as far as the one
 * before it was; then ever farther away; then with outer context lines ignored. A place under the hunk's heading goes
 * before all others: functions that are alike are many, and the nearest one is often another.
 */
final class HunkFinder {
    private final TextLines lines;
    private final Side side;
    private final boolean certain;
    private final TreeSet<String> changedTitles = new TreeSet<>();
    private int shift;
    private int done;

    /**
     * Begins at the top of a text.
     *
     * @param certain whether a place under another heading, or of a hunk without context at another line, is none
     */
    HunkFinder(FileDiff file, Side side, TextLines lines, boolean certain) {
        this.lines = lines;
        this.side = side;
        this.certain = certain;
        for (Hunk hunk : file.hunks()) {
            for (DiffLine line : hunk.lines()) {
                if (line.kind() != DiffLine.Kind.CONTEXT && TextLines.isTitle(line.text())) {
                    changedTitles.add(line.text());
                }
            }
        }
    }

    /** Looks for the next hunk below those that were found. */
    HunkMatch next(Hunk hunk, int maxFuzz) {
        List<String> wanted = hunk.content(side);
        HunkMatch match = wanted.isEmpty() ? gap(hunk) : search(hunk, wanted, maxFuzz);
        if (match instanceof HunkMatch.Found place) {
            if (certain && place.offset() != shift && hunk.isBare()) {
                return HunkMatch.MISSING;
            }
            shift = place.offset();
            done = place.line() - 1 + wanted.size() - hunk.trailingContext();
        }
        return match;
    }

    /** Finds where a side without lines is: between two lines, of which the upper one has an end. */
    private HunkMatch gap(Hunk hunk) {
        long index = (long) hunk.start(side) + shift;
        boolean fits = index >= done
                && index <= lines.count()
                && (index == lines.count() || !endsText(hunk))
                && (index == 0 || lines.get((int) index - 1).endsWith("\n"));
        return fits ? new HunkMatch.Found((int) index + 1, shift, 0) : HunkMatch.MISSING;
    }

    private HunkMatch search(Hunk hunk, List<String> wanted, int maxFuzz) {
        int most = Math.min(maxFuzz, Math.max(hunk.leadingContext(), hunk.trailingContext()));
        for (int fuzz = 0; fuzz <= most; fuzz++) {
            HunkMatch match = searchWith(fuzz, hunk, wanted);
            if (!match.equals(HunkMatch.MISSING)) {
                return match;
            }
        }
        return HunkMatch.MISSING;
    }

    private HunkMatch searchWith(int fuzz, Hunk hunk, List<String> wanted) {
        // Less context at one end than at the other means that the file begins or ends there.
        int context = Math.max(hunk.leadingContext(), hunk.trailingContext());
        int above = fuzz + hunk.leadingContext() - context;
        int below = fuzz + hunk.trailingContext() - context;
        int ignored = Math.max(0, above);
        List<String> core = wanted.subList(ignored, Math.max(ignored, wanted.size() - Math.max(0, below)));
        if (core.isEmpty()) {
            return HunkMatch.MISSING;
        }
        int last = lines.count() - core.size();
        int earliest = below < 0 || endsText(hunk) ? Math.max(done + ignored, last) : done + ignored;
        int latest = above < 0 && hunk.start(side) <= 1 ? Math.min(0, last) : last;
        long expected = (long) hunk.start(side) - 1 + shift + ignored;
        List<Integer> numbers = nearest(core, earliest, latest, expected, isHeaded(hunk, ignored)).stream()
                .map(place -> place - ignored + 1)
                .toList();
        return switch (numbers.size()) {
            case 0 -> HunkMatch.MISSING;
            case 1 -> new HunkMatch.Found(numbers.get(0), numbers.get(0) - hunk.start(side), fuzz);
            default -> new HunkMatch.Ambiguous(numbers, fuzz);
        };
    }

    private List<Integer> nearest(List<String> core, int earliest, int latest, long expected, IntPredicate headed) {
        if (earliest <= expected
                && expected <= latest
                && lines.haveAt((int) expected, core)
                && headed.test((int) expected)) {
            return List.of((int) expected);
        }
        Nearest best = new Nearest(expected);
        Nearest other = new Nearest(expected);
        if (earliest <= latest && lines.haveEach(core)) {
            new LinePattern(core)
                    .find(
                            lines,
                            earliest,
                            latest + core.size(),
                            place -> (headed.test(place) ? best : other).add(place));
        }
        return best.places().isEmpty() && !certain ? other.places() : best.places();
    }

    /** Tells whether the text ends with this hunk: the other side leaves it without a line feed. */
    private boolean endsText(Hunk hunk) {
        return hunk.lines().stream()
                .anyMatch(line -> line.unterminated() && !line.kind().isOn(side));
    }

    private IntPredicate isHeaded(Hunk hunk, int ignored) {
        String heading = heading(hunk);
        return place -> heading.isEmpty() || lines.isHeaded(place - ignored, heading);
    }

    /** Returns the heading, or an empty one if it says nothing: it is no line's beginning, or the diff changes that line. */
    private String heading(Hunk hunk) {
        String title = hunk.heading().stripTrailing();
        String changed = changedTitles.ceiling(title);
        return TextLines.isTitle(title) && (changed == null || !changed.startsWith(title)) ? title : "";
    }

    /** The places nearest to the expected one, of places that come in order. */
    private static final class Nearest {
        private final long expected;
        private OptionalInt above = OptionalInt.empty();
        private OptionalInt below = OptionalInt.empty();

        Nearest(long expected) {
            this.expected = expected;
        }

        void add(int place) {
            if (place < expected) {
                above = OptionalInt.of(place);
            } else if (below.isEmpty()) {
                below = OptionalInt.of(place);
            }
        }

        /** Returns one place, or two if they are equally near, or none. */
        List<Integer> places() {
            long toAbove = above.isPresent() ? expected - above.getAsInt() : Long.MAX_VALUE;
            long toBelow = below.isPresent() ? below.getAsInt() - expected : Long.MAX_VALUE;
            return IntStream.concat(
                            toAbove <= toBelow ? above.stream() : IntStream.empty(),
                            toBelow <= toAbove ? below.stream() : IntStream.empty())
                    .boxed()
                    .toList();
        }
    }
}
