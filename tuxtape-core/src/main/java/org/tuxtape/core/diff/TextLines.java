package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of a file, each with the line feed that ends it, and the heading that a diff would give to each place. */
final class TextLines {
    private final List<String> lines;
    private final int[] titles;
    private final int[] labels;
    private @Nullable Set<String> distinct;

    private TextLines(List<String> lines) {
        this.lines = lines;
        this.titles = new int[lines.size() + 1];
        this.labels = new int[lines.size() + 1];
        titles[0] = -1;
        labels[0] = -1;
        for (int i = 0; i < lines.size(); i++) {
            boolean title = isTitle(lines.get(i));
            boolean label = title && lines.get(i).stripTrailing().endsWith(":");
            titles[i + 1] = title && !label ? i : titles[i];
            labels[i + 1] = title ? i : labels[i];
        }
    }

    static TextLines of(String text) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start) + 1;
            end = end == 0 ? text.length() : end;
            lines.add(text.substring(start, end));
            start = end;
        }
        return new TextLines(lines);
    }

    /** Tells whether git and GNU diff may take a line for the heading of what follows. */
    static boolean isTitle(String line) {
        if (line.isEmpty()) {
            return false;
        }
        char c = line.charAt(0);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    /** Tells whether a hunk that begins at a line would have this heading. Git may be told to pass over labels. */
    boolean isHeaded(int index, String heading) {
        return startsWith(titles[index], heading) || startsWith(labels[index], heading);
    }

    private boolean startsWith(int index, String heading) {
        return index >= 0 && lines.get(index).startsWith(heading);
    }

    int count() {
        return lines.size();
    }

    String get(int index) {
        return lines.get(index);
    }

    boolean haveAt(int index, List<String> wanted) {
        return lines.subList(index, index + wanted.size()).equals(wanted);
    }

    /** Tells whether each of some lines stands somewhere: a quick no to most of what is looked for in vain. */
    boolean haveEach(List<String> wanted) {
        if (distinct == null) {
            distinct = new HashSet<>(lines);
        }
        return distinct.containsAll(wanted);
    }

    void append(int from, int to, StringBuilder text) {
        lines.subList(from, to).forEach(text::append);
    }
}
