package org.tuxtape.core.cve;

import org.tuxtape.core.internal.OneLine;

/**
 * A line of a message or record that somebody should look at.
 *
 * @param line its number in that message or record, from 1; header lines of a mail count
 * @param text the line, without its end, cut at {@value #LONGEST} characters; control characters become spaces
 * @since 0.1
 */
public record Excerpt(int line, String text) {
    /** How much of a line is kept. */
    public static final int LONGEST = 200;

    /** Cuts and cleans the text, and rejects a number below 1. */
    public Excerpt {
        if (line < 1) {
            throw new IllegalArgumentException("Lines are counted from 1.");
        }
        if (text.length() > LONGEST) {
            text = text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
        }
        text = OneLine.of(text);
    }

    @Override
    public String toString() {
        return "line " + line + ": " + text.strip();
    }
}
