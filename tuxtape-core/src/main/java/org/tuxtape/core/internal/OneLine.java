package org.tuxtape.core.internal;

/** Text from outside that stands on one line of a report. */
public final class OneLine {
    private OneLine() {}

    /**
     * Replaces control characters, line ends and terminal sequences among them, by spaces.
     *
     * @param text any text
     * @return text of the same length that is safe to print on one line
     */
    public static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text);
        for (int i = 0; i < safe.length(); i++) {
            if (Character.isISOControl(safe.charAt(i))) {
                safe.setCharAt(i, ' ');
            }
        }
        return safe.toString();
    }
}
