package org.tuxtape.core.diff;

import java.util.List;
import java.util.function.IntConsumer;

/** Lines that are looked for by the method of Knuth, Morris and Pratt, so that no text takes long. */
final class LinePattern {
    private final List<String> wanted;
    private final int[] borders;

    LinePattern(List<String> wanted) {
        this.wanted = wanted;
        this.borders = new int[wanted.size()];
        int matched = 0;
        for (int i = 1; i < borders.length; i++) {
            matched = extended(matched, wanted.get(i));
            borders[i] = matched;
        }
    }

    /** Reports each place, in order, at which the lines begin that stand between two lines of a text. */
    void find(TextLines text, int from, int to, IntConsumer places) {
        int matched = 0;
        for (int i = from; i < to; i++) {
            matched = extended(matched, text.get(i));
            if (matched == wanted.size()) {
                places.accept(i + 1 - matched);
                matched = borders[matched - 1];
            }
        }
    }

    private int extended(int matched, String line) {
        int length = matched;
        while (length > 0 && !wanted.get(length).equals(line)) {
            length = borders[length - 1];
        }
        return wanted.get(length).equals(line) ? length + 1 : length;
    }
}
