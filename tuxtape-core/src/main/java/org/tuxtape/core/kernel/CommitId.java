package org.tuxtape.core.kernel;

import java.util.Optional;

/**
 * The id of a git commit of the kernel, possibly abbreviated: 7 to 40 hexadecimal digits in lower case.
 *
 * @param text the digits
 * @since 0.1
 */
public record CommitId(String text) {
    private static final int SHORTEST = 7;
    private static final int FULL_LENGTH = 40;
    private static final int ABBREVIATION = 12;

    /** Rejects anything but 7 to 40 lower-case hexadecimal digits. */
    public CommitId {
        if (!isId(text)) {
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
        return isId(text) ? Optional.of(new CommitId(text)) : Optional.empty();
    }

    // Archives hold tens of thousands of ids, and a loop is several times faster than a regular expression.
    private static boolean isId(String text) {
        int length = text.length();
        if (length < SHORTEST || length > FULL_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
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
     * Returns its first 12 digits, by which the kernel's own texts name a commit.
     *
     * @return all digits if it has fewer
     */
    public String abbreviated() {
        return text.substring(0, Math.min(text.length(), ABBREVIATION));
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
