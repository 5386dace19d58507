package org.tuxtape.core.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a git commit of the kernel, possibly abbreviated: 7 to 40 hexadecimal digits in lower case.
 *
 * @param text the digits
 * @since 0.1
 */
public record CommitId(String text) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{7,40}");
    private static final int FULL_LENGTH = 40;

    /** Rejects anything but 7 to 40 lower-case hexadecimal digits. */
    public CommitId {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a commit id: '" + text + "'.");
        }
    }

    /**
     * Reads an id.
     *
     * @param text 7 to 40 lower-case hexadecimal digits
     * @return the id
     * @throws IllegalArgumentException if the text is none
     */
    public static CommitId parse(String text) {
        return new CommitId(text);
    }

    /**
     * Reads an id, as {@link #parse} does.
     *
     * @param text any text
     * @return the id, or empty if the text is none
     */
    public static Optional<CommitId> tryParse(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new CommitId(text)) : Optional.empty();
    }

    /**
     * Tells whether this is the whole id.
     *
     * @return {@code false} for an abbreviation
     */
    public boolean isFull() {
        return text.length() == FULL_LENGTH;
    }

    /**
     * Tells whether both can name the same commit: the shorter is the beginning of the longer.
     *
     * @param other another id
     * @return whether they agree as far as both go
     */
    public boolean matches(CommitId other) {
        return text.startsWith(other.text) || other.text.startsWith(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
