package org.tuxtape.core.triage;

import java.util.Comparator;
import org.tuxtape.core.diff.DiffPath;

/**
 * One hunk of a fix.
 *
 * @param file the file, as the fix names it; it comes from outside and may lead anywhere
 * @param number which hunk of that file, from 1; one file of several commits has its hunks counted on
 * @since 0.1
 */
public record FixHunk(DiffPath file, int number) implements Comparable<FixHunk> {
    private static final Comparator<FixHunk> ORDER =
            Comparator.comparing((FixHunk hunk) -> hunk.file.raw()).thenComparingInt(FixHunk::number);

    /** Rejects a number below 1. */
    public FixHunk {
        if (number < 1) {
            throw new IllegalArgumentException("Hunks are counted from 1.");
        }
    }

    /** By file, then by number. */
    @Override
    public int compareTo(FixHunk other) {
        return ORDER.compare(this, other);
    }

    /** Returns for example {@code net/core/sock.c, hunk 2}. */
    @Override
    public String toString() {
        return file + ", hunk " + number;
    }
}
