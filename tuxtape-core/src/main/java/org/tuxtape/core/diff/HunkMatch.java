package org.tuxtape.core.diff;

import java.util.List;

/**
 * Where a text has the lines of one side of a hunk. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface HunkMatch {

    /** The text does not have them. */
    HunkMatch MISSING = new Missing();

    /**
     * At one place, which is nearer than any other.
     *
     * @param line the line of the text at which the hunk's first line stands, from 1; for a side without lines, the line
     *     before which it stands
     * @param offset how many lines that is below where the hunk says; negative above it
     * @param fuzz how many context lines at each end were ignored
     */
    record Found(int line, int offset, int fuzz) implements HunkMatch {}

    /**
     * At two places that are equally near, above and below.
     *
     * @param lines the lines of the text at which the hunk's first line stands, from 1, in order
     * @param fuzz how many context lines at each end were ignored
     */
    record Ambiguous(List<Integer> lines, int fuzz) implements HunkMatch {
        /** Copies the list. */
        public Ambiguous {
            lines = List.copyOf(lines);
        }
    }

    /** Nowhere. */
    record Missing() implements HunkMatch {
        @Override
        public int fuzz() {
            return 0;
        }
    }

    /**
     * Tells how exact the match is.
     *
     * @return how many context lines at each end were ignored
     */
    int fuzz();
}
