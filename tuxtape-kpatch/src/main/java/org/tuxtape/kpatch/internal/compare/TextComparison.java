package org.tuxtape.kpatch.internal.compare;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.DiffLine;
import org.tuxtape.core.diff.Hunk;

/** What changes between two texts, with three lines around each change, as git shows it. */
public final class TextComparison {
    private static final int CONTEXT = 3;
    private static final int LONGEST_HEADING = 80;
    private static final int FARTHEST_HEADING = 5000;
    /** Above it, what has no rare line in common is one change: to look closer takes quadratic time. */
    private static final int MOST_LINES_FOR_CLOSE_LOOK = 50_000;

    private final LineSequence older;
    private final LineSequence newer;

    private TextComparison(String older, String newer) {
        this.older = LineSequence.of(older);
        this.newer = LineSequence.of(newer);
    }

    /**
     * Compares two texts, one char per byte.
     *
     * @param older the text before
     * @param newer the text after
     * @param cancellation asked while lines are compared
     * @return the changes in order; none if the texts are equal
     */
    public static List<Hunk> hunks(String older, String newer, CancellationToken cancellation) {
        return new TextComparison(older, newer).hunks(cancellation);
    }

    private List<Hunk> hunks(CancellationToken cancellation) {
        HistogramDiff algorithm = new HistogramDiff();
        if (older.size() + newer.size() > MOST_LINES_FOR_CLOSE_LOOK) {
            algorithm.setFallbackAlgorithm(null);
        }
        List<Edit> edits = algorithm.diff(LineSequence.comparator(cancellation), older, newer);
        List<Hunk> hunks = new ArrayList<>();
        int first = 0;
        for (int next = 1; next <= edits.size(); next++) {
            boolean apart = next == edits.size()
                    || edits.get(next).getBeginA() - edits.get(next - 1).getEndA() > 2 * CONTEXT;
            if (apart) {
                hunks.add(hunk(edits.subList(first, next)));
                first = next;
            }
        }
        return hunks;
    }

    private Hunk hunk(List<Edit> edits) {
        Edit first = edits.get(0);
        Edit last = edits.get(edits.size() - 1);
        int leading = Math.min(CONTEXT, first.getBeginA());
        int oldStart = first.getBeginA() - leading;
        int newStart = first.getBeginB() - leading;
        int oldEnd = Math.min(older.size(), last.getEndA() + CONTEXT);
        int newEnd = Math.min(newer.size(), last.getEndB() + CONTEXT);
        List<DiffLine> lines = new ArrayList<>();
        int common = oldStart;
        for (Edit edit : edits) {
            append(lines, DiffLine.Kind.CONTEXT, older, common, edit.getBeginA());
            append(lines, DiffLine.Kind.REMOVED, older, edit.getBeginA(), edit.getEndA());
            append(lines, DiffLine.Kind.ADDED, newer, edit.getBeginB(), edit.getEndB());
            common = edit.getEndA();
        }
        append(lines, DiffLine.Kind.CONTEXT, older, common, oldEnd);
        return new Hunk(start(oldStart, oldEnd), start(newStart, newEnd), heading(oldStart), lines);
    }

    /** Lines count from 1; a side without lines is named by the line that it follows. */
    private static int start(int start, int end) {
        return end > start ? start + 1 : start;
    }

    private static void append(List<DiffLine> lines, DiffLine.Kind kind, LineSequence text, int start, int end) {
        for (int number = start; number < end; number++) {
            lines.add(text.diffLine(kind, number));
        }
    }

    /** Finds the line before the hunk that, by its first character, looks like the head of a function. */
    private String heading(int start) {
        for (int number = start - 1; number >= Math.max(0, start - FARTHEST_HEADING); number--) {
            String line = older.line(number);
            char c = line.charAt(0);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$') {
                return line.substring(0, Math.min(line.length(), LONGEST_HEADING))
                        .stripTrailing();
            }
        }
        return "";
    }
}
