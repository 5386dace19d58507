package org.tuxtape.mail.internal.announcement;

import java.util.Optional;
import org.tuxtape.core.cve.CveId;

/** Finds CVE ids in running text. */
final class CveMentions {
    private static final String PREFIX = "CVE-";

    private CveMentions() {}

    /** Returns the first id, if there is one. */
    static Optional<CveId> first(String text) {
        for (int start = text.indexOf(PREFIX); start >= 0; start = text.indexOf(PREFIX, start + 1)) {
            int end = start + PREFIX.length();
            while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '-')) {
                end++;
            }
            while (text.charAt(end - 1) == '-') {
                end--;
            }
            Optional<CveId> id = CveId.tryParse(text.substring(start, end));
            if (id.isPresent()) {
                return id;
            }
        }
        return Optional.empty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
