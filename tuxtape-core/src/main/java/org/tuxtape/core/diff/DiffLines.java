package org.tuxtape.core.diff;

import org.tuxtape.core.diff.DiffException.Fault;

/** The lines of a diff, read from top to bottom. */
final class DiffLines {
    private final String text;
    private int start;
    private int end;
    private int number = 1;
    private boolean withoutReturns;

    DiffLines(String text) {
        this.text = text;
        this.end = endOfLine(0);
    }

    private int endOfLine(int from) {
        int feed = text.indexOf('\n', from);
        return feed < 0 ? text.length() : feed;
    }

    boolean hasLine() {
        return start < text.length();
    }

    /** Returns this line without its end; an empty one at the end of the text. */
    String line() {
        return line(start, end);
    }

    /** Returns the line after this one. */
    String next() {
        int next = Math.min(end + 1, text.length());
        return line(next, endOfLine(next));
    }

    private String line(int from, int to) {
        boolean shortened = withoutReturns && to > from && text.charAt(to - 1) == '\r';
        return text.substring(from, shortened ? to - 1 : to);
    }

    void advance() {
        start = Math.min(end + 1, text.length());
        end = endOfLine(start);
        number++;
    }

    /** Says whether a carriage return before a line feed belongs to the diff, not to the files. */
    void removeReturns(boolean removed) {
        withoutReturns = removed;
    }

    int position() {
        return start;
    }

    int number() {
        return number;
    }

    String from(int from, int to) {
        return text.substring(from, to);
    }

    DiffException fault(Fault fault, String message) {
        return hasLine()
                ? new DiffException(fault, number, message)
                : new DiffException(Fault.TRUNCATED, number, "The diff ends here. " + message);
    }
}
