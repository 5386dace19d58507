package org.tuxtape.archive.rollout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a whole, in hundredths of a percent: fine enough for one node in ten thousand, and exact.
 *
 * @param hundredths 0 (nothing) to 10,000 (everything)
 * @since 0.1
 */
public record Share(int hundredths) implements Comparable<Share> {
    /** Nothing of it. */
    public static final Share NONE = new Share(0);

    /** All of it. */
    public static final Share ALL = new Share(10_000);

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,2}))?%");

    /** Rejects what is below nothing or above everything. */
    public Share {
        if (hundredths < 0 || hundredths > 10_000) {
            throw new IllegalArgumentException("Not a share, in hundredths of a percent: " + hundredths + ".");
        }
    }

    /**
     * Returns a share of whole percents.
     *
     * @param percent 0 to 100
     * @return the share
     * @throws IllegalArgumentException if it is none
     */
    public static Share percent(int percent) {
        return new Share(percent < 0 || percent > 100 ? -1 : 100 * percent);
    }

    /**
     * Reads a share.
     *
     * @param text for example {@code 10%} or {@code 0.25%}, with at most two decimal places
     * @return the share
     * @throws IllegalArgumentException if the text is none
     */
    public static Share parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a share: '" + text + "'.");
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        return new Share(Integer.parseInt(matcher.group(1) + (fraction + "00").substring(0, 2)));
    }

    /** Whether a part of a whole is more than this share of it; nothing of nothing is not. */
    boolean isExceededBy(long part, long whole) {
        return part * 10_000 > whole * hundredths;
    }

    @Override
    public int compareTo(Share other) {
        return Integer.compare(hundredths, other.hundredths);
    }

    /** Returns the text that {@link #parse} reads, in its shortest form. */
    @Override
    public String toString() {
        int rest = hundredths % 100;
        String fraction = rest == 0 ? "" : rest % 10 == 0 ? "." + rest / 10 : "." + rest / 10 + rest % 10;
        return hundredths / 100 + fraction + '%';
    }
}
