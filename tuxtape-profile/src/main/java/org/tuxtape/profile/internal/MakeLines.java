package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.List;

/** Splits a makefile into logical lines: continued ones are joined, comments are gone. Recipes keep their tab. */
final class MakeLines {
    private MakeLines() {}

    static List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String part = open.isEmpty() ? line : line.stripLeading();
            if (isContinued(part)) {
                open.append(part, 0, part.length() - 1).append(' ');
            } else {
                lines.add(withoutComment(open.append(part).toString()));
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            lines.add(withoutComment(open.toString()));
        }
        return lines;
    }

    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** Recipes are the shell's: what stands in them is never looked at. */
    private static String withoutComment(String line) {
        if (line.startsWith("\t")
                && line.indexOf('#') >= 0
                && line.stripLeading().startsWith("@")) {
            return line;
        }
        int hash = line.indexOf('#');
        while (hash > 0 && line.charAt(hash - 1) == '\\') {
            hash = line.indexOf('#', hash + 1);
        }
        return (hash < 0 ? line : line.substring(0, hash)).replace("\\#", "#");
    }
}
