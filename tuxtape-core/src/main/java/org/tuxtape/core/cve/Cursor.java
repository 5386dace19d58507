package org.tuxtape.core.cve;

/**
 * A place in a {@link CveSource}: behind one of its elements, or its start. Made and understood by that source alone;
 * callers store the text and hand it back, also in another process.
 *
 * @param text opaque printable text; empty for the start
 * @since 0.1
 */
public record Cursor(String text) {
    /** The place before the first element of every source. */
    public static final Cursor START = new Cursor("");

    /** Rejects control characters, so that a cursor fits on a line. */
    public Cursor {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A cursor is printable text.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
