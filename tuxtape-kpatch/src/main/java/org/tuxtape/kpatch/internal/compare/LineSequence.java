package org.tuxtape.kpatch.internal.compare;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.DiffLine;

/** The lines of a file, one char per byte, each with the line feed that ends it, if one does. */
final class LineSequence extends Sequence {
    private final List<String> lines;

    private LineSequence(List<String> lines) {
        this.lines = lines;
    }

    static LineSequence of(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return new LineSequence(lines);
    }

    @Override
    public int size() {
        return lines.size();
    }

    String line(int number) {
        return lines.get(number);
    }

    DiffLine diffLine(DiffLine.Kind kind, int number) {
        String line = lines.get(number);
        boolean terminated = line.endsWith("\n");
        return new DiffLine(kind, terminated ? line.substring(0, line.length() - 1) : line, !terminated);
    }

    /** Compares lines as long as it is wanted: comparing hostile files may take long. */
    static SequenceComparator<LineSequence> comparator(CancellationToken cancellation) {
        return new SequenceComparator<>() {
            @Override
            public boolean equals(LineSequence a, int ai, LineSequence b, int bi) {
                cancellation.throwIfCancelled();
                return a.line(ai).equals(b.line(bi));
            }

            @Override
            public int hash(LineSequence sequence, int number) {
                return sequence.line(number).hashCode();
            }
        };
    }
}
