package org.tuxtape.mail.internal.merge;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.Cursor;

/**
 * A place in several sources.
 *
 * @param parts the place in each of them
 */
record MergedCursor(List<Cursor> parts) {
    private static final String PREFIX = "merged1:";

    static Optional<MergedCursor> tryParse(Cursor cursor, int count) {
        if (cursor.equals(Cursor.START)) {
            return Optional.of(new MergedCursor(Collections.nCopies(count, Cursor.START)));
        }
        if (!cursor.text().startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            List<Cursor> parts = Arrays.stream(
                            cursor.text().substring(PREFIX.length()).split(",", -1))
                    .map(text -> new Cursor(URLDecoder.decode(text, StandardCharsets.UTF_8)))
                    .toList();
            return parts.size() == count ? Optional.of(new MergedCursor(parts)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Cursor toCursor() {
        return new Cursor(parts.stream()
                .map(part -> URLEncoder.encode(part.text(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", PREFIX, "")));
    }
}
