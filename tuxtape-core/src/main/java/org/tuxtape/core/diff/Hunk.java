package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A place of a file that a diff changes, with the lines around it.
 *
 * @param oldStart the number of its first line before the change, from 1; if it has none there, of the line that it
 *     follows, 0 at the beginning of the file
 * @param newStart the same after the change
 * @param heading what the diff says about the place, usually the function's first line; possibly empty, and often wrong
 * @param lines its lines; of neighbouring changed lines the removed ones come first
 * @since 0.1
 */
public record Hunk(int oldStart, int newStart, String heading, List<DiffLine> lines) {

    /** Puts changed lines in order, and rejects a hunk that changes nothing or whose numbers cannot be. */
    public Hunk {
        Objects.requireNonNull(heading, "heading");
        if (heading.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("The heading of a hunk is one line.");
        }
        lines = removedFirst(lines);
        if (lines.stream().allMatch(line -> line.kind() == DiffLine.Kind.CONTEXT)) {
            throw new IllegalArgumentException("A hunk changes at least one line.");
        }
        if (!isStart(oldStart, count(lines, Side.BEFORE)) || !isStart(newStart, count(lines, Side.AFTER))) {
            throw new IllegalArgumentException("A hunk cannot begin at line " + oldStart + " and " + newStart + ".");
        }
    }

    private static List<DiffLine> removedFirst(List<DiffLine> lines) {
        List<DiffLine> ordered = new ArrayList<>(lines.size());
        List<DiffLine> added = new ArrayList<>();
        for (DiffLine line : lines) {
            if (line.kind() == DiffLine.Kind.ADDED) {
                added.add(line);
                continue;
            }
            if (line.kind() == DiffLine.Kind.CONTEXT) {
                ordered.addAll(added);
                added.clear();
            }
            ordered.add(line);
        }
        ordered.addAll(added);
        return List.copyOf(ordered);
    }

    private static boolean isStart(int start, int count) {
        return start >= (count == 0 ? 0 : 1) && start <= Integer.MAX_VALUE - count;
    }

    private static int count(List<DiffLine> lines, Side side) {
        return (int) lines.stream().filter(line -> line.kind().isOn(side)).count();
    }

    /**
     * Counts the lines before the change.
     *
     * @return the context lines and the removed ones
     */
    public int oldCount() {
        return count(Side.BEFORE);
    }

    /**
     * Counts the lines after the change.
     *
     * @return the context lines and the added ones
     */
    public int newCount() {
        return count(Side.AFTER);
    }

    /**
     * Returns the change that takes this one back.
     *
     * @return a hunk with both sides exchanged
     */
    public Hunk reversed() {
        return new Hunk(
                newStart,
                oldStart,
                heading,
                lines.stream().map(DiffLine::reversed).toList());
    }

    /**
     * Writes the hunk.
     *
     * @return its lines in unified format, one char per byte
     */
    public String toText() {
        StringBuilder text = new StringBuilder();
        appendTo(text);
        return text.toString();
    }

    void appendTo(StringBuilder text) {
        text.append("@@ -").append(range(oldStart, oldCount()));
        text.append(" +").append(range(newStart, newCount())).append(" @@");
        if (!heading.isEmpty()) {
            text.append(' ').append(heading);
        }
        text.append('\n');
        lines.forEach(line -> line.appendTo(text));
    }

    private static String range(int start, int count) {
        return count == 1 ? Integer.toString(start) : start + "," + count;
    }

    int count(Side side) {
        return count(lines, side);
    }

    int start(Side side) {
        return side == Side.BEFORE ? oldStart : newStart;
    }

    /** Tells whether this side has lines that the other lacks. */
    boolean isChangedOn(Side side) {
        return lines.stream()
                .anyMatch(line ->
                        line.kind() != DiffLine.Kind.CONTEXT && line.kind().isOn(side));
    }

    /** Returns the lines of one side as they stand in their file. */
    List<String> content(Side side) {
        return lines.stream()
                .filter(line -> line.kind().isOn(side))
                .map(DiffLine::content)
                .toList();
    }

    /** Tells whether nothing but the changed lines themselves says where they belong. */
    boolean isBare() {
        return leadingContext() + trailingContext() == 0;
    }

    int leadingContext() {
        int count = 0;
        while (lines.get(count).kind() == DiffLine.Kind.CONTEXT) {
            count++;
        }
        return count;
    }

    int trailingContext() {
        int count = 0;
        while (lines.get(lines.size() - 1 - count).kind() == DiffLine.Kind.CONTEXT) {
            count++;
        }
        return count;
    }
}
