package org.tuxtape.core.cve;

/**
 * A line of a message or record that somebody should look at.
 *
 * @param line its number in that message or record, from 1; header lines of a mail count
 * @param text the line, without its end, cut at {@value #LONGEST} characters
 * @since 0.1
 */
public record Excerpt(int line, String text) {
    /** How much of a line is kept. */
    public static final int LONGEST = 200;

    /** Cuts the text, and rejects a number below 1. */
    public Excerpt {
        if (line < 1) {
            throw new IllegalArgumentException("Lines are counted from 1.");
        }
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST);
        }
    }

    @Override
    public String toString() {
        return "line " + line + ": " + text.strip();
    }
}
