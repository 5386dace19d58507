package org.tuxtape.archive.rollout;

import java.util.regex.Pattern;

/** Text of people, commands and kernels, made to stand on one line of a file that people read. */
final class Line {
    /** How long a reason is kept. */
    static final int LONGEST = 1000;

    private static final Pattern NOT_ON_A_LINE = Pattern.compile("[\\p{C}\\p{Z}\\s]+");

    private Line() {}

    /** Makes one line of it that can be written and read again, possibly an empty one. */
    static String of(String text, int longest) {
        String line = folded(text.length() <= 4 * longest ? text : text.substring(0, 4 * longest));
        // Cut in the middle of a pair of surrogates it would be no text.
        return line.length() <= longest ? line : folded(line.substring(0, longest));
    }

    private static String folded(String text) {
        return NOT_ON_A_LINE.matcher(text).replaceAll(" ").strip();
    }

    /** Makes one line of what has to be there. */
    static String required(String text, String what) {
        String line = of(text, LONGEST);
        if (line.isEmpty()) {
            throw new IllegalArgumentException("It is not said " + what + ".");
        }
        return line;
    }
}
