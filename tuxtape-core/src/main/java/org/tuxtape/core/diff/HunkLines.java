package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.List;
import org.tuxtape.core.diff.DiffException.Fault;
import org.tuxtape.core.diff.DiffLine.Kind;

/** Reads the lines of one hunk, as many as its first line announces. */
final class HunkLines {
    private final DiffLines lines;
    private final List<DiffLine> read = new ArrayList<>();
    private int oldLeft;
    private int newLeft;

    HunkLines(DiffLines lines, int oldCount, int newCount) {
        this.lines = lines;
        this.oldLeft = oldCount;
        this.newLeft = newCount;
    }

    List<DiffLine> read() {
        while (oldLeft > 0 || newLeft > 0) {
            String line = lines.line();
            if (!lines.hasLine()) {
                throw lines.fault(Fault.TRUNCATED, "The hunk has fewer lines than it says.");
            }
            switch (line.isEmpty() ? '\n' : line.charAt(0)) {
                case ' ' -> add(Kind.CONTEXT, line.substring(1));
                // The space of a context line gets lost on the way, together with others at the end of a line.
                case '\n', '\t' -> add(Kind.CONTEXT, line);
                case '+' -> add(Kind.ADDED, line.substring(1));
                case '-' -> add(Kind.REMOVED, line.substring(1));
                case '\\' -> endLast();
                default -> throw lines.fault(Fault.MALFORMED_HUNK, "The hunk has fewer lines than it says.");
            }
            lines.advance();
        }
        if (lines.line().startsWith("\\")) {
            endLast();
            lines.advance();
        }
        return read;
    }

    private void add(Kind kind, String text) {
        oldLeft -= kind.isOn(Side.BEFORE) ? 1 : 0;
        newLeft -= kind.isOn(Side.AFTER) ? 1 : 0;
        if (oldLeft < 0 || newLeft < 0) {
            throw lines.fault(Fault.MALFORMED_HUNK, "The hunk has more lines of one side than it says.");
        }
        read.add(new DiffLine(kind, text, false));
    }

    /** Takes the line feed from the last line: there cannot be another one of its side below it. */
    private void endLast() {
        if (read.isEmpty()) {
            throw lines.fault(Fault.MALFORMED_HUNK, "No line is there that could lack its end.");
        }
        DiffLine last = read.remove(read.size() - 1);
        boolean more =
                (last.kind().isOn(Side.BEFORE) && oldLeft > 0) || (last.kind().isOn(Side.AFTER) && newLeft > 0);
        if (more || last.unterminated()) {
            throw lines.fault(Fault.MALFORMED_HUNK, "Only the last line of a file can lack its end.");
        }
        read.add(new DiffLine(last.kind(), last.text(), true));
    }
}
