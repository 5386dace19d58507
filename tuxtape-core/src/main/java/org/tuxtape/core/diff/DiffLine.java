package org.tuxtape.core.diff;

import java.util.Objects;

/**
 * A line of a hunk.
 *
 * @param kind on which side it stands
 * @param text the line without its mark and its line feed, one char per byte
 * @param unterminated whether it is the last of its file and no line feed ends it
 * @since 0.1
 */
public record DiffLine(Kind kind, String text, boolean unterminated) {

    /** On which side a line stands. */
    public enum Kind {
        /** On both sides. */
        CONTEXT(' '),
        /** Only on the new side. */
        ADDED('+'),
        /** Only on the old side. */
        REMOVED('-');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        char mark() {
            return mark;
        }

        Kind reversed() {
            return switch (this) {
                case CONTEXT -> CONTEXT;
                case ADDED -> REMOVED;
                case REMOVED -> ADDED;
            };
        }

        boolean isOn(Side side) {
            return this != (side == Side.BEFORE ? ADDED : REMOVED);
        }
    }

    /** Rejects a text of several lines. */
    public DiffLine {
        Objects.requireNonNull(kind, "kind");
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A line of a diff holds a line feed.");
        }
    }

    /**
     * Returns the line as it stands in its file.
     *
     * @return the text with the line feed that ends it, if one does
     */
    public String content() {
        return unterminated ? text : text + '\n';
    }

    DiffLine reversed() {
        return new DiffLine(kind.reversed(), text, unterminated);
    }

    void appendTo(StringBuilder diff) {
        diff.append(kind.mark()).append(text).append('\n');
        if (unterminated) {
            diff.append("\\ No newline at end of file\n");
        }
    }
}
