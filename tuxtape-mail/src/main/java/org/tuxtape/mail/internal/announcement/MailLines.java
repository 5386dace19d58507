package org.tuxtape.mail.internal.announcement;

import java.util.Arrays;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.mail.internal.mime.MailText;

/** The text of a mail by its lines, which are counted from 0 here. */
final class MailLines {
    private final String text;
    private final int firstNumber;
    /** Where each line begins, and behind the last one where the next would. */
    private final int[] starts;

    MailLines(MailText.Plain mail) {
        text = mail.text();
        firstNumber = mail.firstLine();
        starts = starts(text);
    }

    private static int[] starts(String text) {
        int[] starts = new int[128];
        int count = 1;
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
            if (count + 1 >= starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[count++] = feed + 1;
        }
        starts[count] = text.length() + 1;
        return Arrays.copyOf(starts, count + 1);
    }

    int count() {
        return starts.length - 1;
    }

    /** The line without blanks around it. */
    String stripped(int line) {
        return text.substring(starts[line], lineEnd(line)).strip();
    }

    boolean isBlank(int line) {
        for (int at = starts[line]; at < lineEnd(line); at++) {
            if (!Character.isWhitespace(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    boolean isIndented(int line) {
        char first = first(line);
        return first == '\t' || first == ' ';
    }

    boolean startsWith(int line, String prefix) {
        return text.startsWith(prefix, starts[line]);
    }

    /** Whether the line begins so behind its indentation. */
    boolean startsWithText(int line, String prefix) {
        int at = starts[line];
        while (at < lineEnd(line) && (text.charAt(at) == '\t' || text.charAt(at) == ' ')) {
            at++;
        }
        return text.startsWith(prefix, at);
    }

    /** The first character of the line; a line feed if it is empty. */
    char first(int line) {
        return starts[line] < lineEnd(line) ? text.charAt(starts[line]) : '\n';
    }

    /** The lines from one to another, exclusive, without empty ones around them. */
    String between(int from, int to) {
        if (from >= to) {
            return "";
        }
        return text.substring(starts[from], lineEnd(to - 1)).strip();
    }

    /** The line as something to show to a person. */
    Excerpt excerpt(int line) {
        return new Excerpt(firstNumber + line, text.substring(starts[line], lineEnd(line)));
    }

    private int lineEnd(int line) {
        return starts[line + 1] - 1;
    }
}
