package org.tuxtape.kpatch.internal.diagnosis;

import java.util.LinkedHashSet;
import java.util.Set;

/** The lines that show something: few, short, and none twice. */
final class Excerpt {
    private static final int MOST_LINES = 16;
    private static final int LONGEST_LINE = 400;

    private final Set<String> lines = new LinkedHashSet<>();

    void add(String line) {
        if (lines.size() < MOST_LINES) {
            lines.add(shortened(line));
        }
    }

    void addAll(Excerpt other) {
        other.lines.forEach(this::add);
    }

    /** Keeps the last lines instead of the first. */
    void push(String line) {
        String last = shortened(line);
        lines.remove(last);
        if (lines.size() == MOST_LINES) {
            lines.remove(lines.iterator().next());
        }
        lines.add(last);
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " ...";
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
