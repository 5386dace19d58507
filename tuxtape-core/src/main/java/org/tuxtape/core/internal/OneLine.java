package org.tuxtape.core.internal;

/** Text from outside that stands on one line of a report. */
public final class OneLine {
    private OneLine() {}

    /**
     * Replaces control and format characters by spaces: line ends, terminal sequences, marks that turn a line around.
     *
     * @param text any text
     * @return text of the same length that is safe to print on one line
     */
    public static String of(String text) {
        if (text.chars().noneMatch(OneLine::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text);
        for (int i = 0; i < safe.length(); i++) {
            if (isUnsafe(safe.charAt(i))) {
                safe.setCharAt(i, ' ');
            }
        }
        return safe.toString();
    }

    private static boolean isUnsafe(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }
}
