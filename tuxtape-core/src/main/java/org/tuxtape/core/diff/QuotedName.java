package org.tuxtape.core.diff;

import java.util.Optional;

/**
 * A file name in double quotes with the escapes of C, as git and GNU diff write one that has special bytes.
 *
 * @param name the name that is meant, one char per byte
 * @param end where the text goes on after the closing quote
 */
record QuotedName(String name, int end) {
    private static final String ESCAPES = "abtnvfr\"\\";
    private static final String ESCAPED = "\u0007\b\t\n\u000b\f\r\"\\";

    /** Reads a name that begins with a quote at a place; empty if it is not well formed. */
    static Optional<QuotedName> read(String text, int start) {
        StringBuilder name = new StringBuilder();
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(new QuotedName(name.toString(), at));
            }
            if (c != '\\') {
                name.append(c);
                continue;
            }
            int escape = at < text.length() ? ESCAPES.indexOf(text.charAt(at)) : -1;
            if (escape >= 0) {
                name.append(ESCAPED.charAt(escape));
                at++;
            } else {
                int octal = octal(text, at);
                if (octal < 0) {
                    return Optional.empty();
                }
                name.append((char) octal);
                at += 3;
            }
        }
        return Optional.empty();
    }

    private static int octal(String text, int at) {
        if (at + 3 > text.length() || text.charAt(at) > '3') {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = value * 8 + digit;
        }
        return value;
    }

    /** Writes a name, in quotes only where it needs them. */
    static String write(String name) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean special = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            int escape = ESCAPED.indexOf(c);
            if (escape >= 0) {
                quoted.append('\\').append(ESCAPES.charAt(escape));
            } else if (c < ' ' || c > '~') {
                quoted.append('\\')
                        .append((char) ('0' + (c >> 6)))
                        .append((char) ('0' + (c >> 3 & 7)))
                        .append((char) ('0' + (c & 7)));
            } else {
                quoted.append(c);
                continue;
            }
            special = true;
        }
        return special ? quoted.append('"').toString() : name;
    }
}
