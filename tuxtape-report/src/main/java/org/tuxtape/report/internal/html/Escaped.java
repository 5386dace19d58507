package org.tuxtape.report.internal.html;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Text that is only text, wherever it stands: between elements and in the value of an attribute. */
final class Escaped {
    private static final char REPLACEMENT = '\uFFFD';

    private Escaped() {}

    static void write(String text, Writer out) throws IOException {
        int written = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            String escape = escape(c);
            if (escape != null) {
                out.write(text, written, i - written);
                out.write(escape);
                written = next;
            }
            i = next;
        }
        out.write(text, written, text.length() - written);
    }

    /** Returns what stands for a character; {@code null} if it stands for itself. */
    private static @Nullable String escape(int c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '\n', '\t' -> null;
            default -> isUnseen(c) ? String.valueOf(REPLACEMENT) : null;
        };
    }

    /** Terminal sequences, marks that turn a line around or join it, halves of pairs, and what HTML forbids. */
    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        };
    }
}
