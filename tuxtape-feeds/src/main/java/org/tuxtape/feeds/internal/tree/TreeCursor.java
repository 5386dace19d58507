package org.tuxtape.feeds.internal.tree;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.tuxtape.core.cve.Cursor;

/**
 * A place behind a record: which one it is, and what the paths and sizes of all records up to it look like, so that a
 * tree that was changed before that place is noticed.
 *
 * @param number the number of the record, from 1
 * @param checksum the CRC-32C over the paths and sizes
 * @param name the CVE it is for, so that people can read a cursor
 */
record TreeCursor(long number, int checksum, String name) {
    private static final Pattern SYNTAX = Pattern.compile("cna1:([1-9]\\d{0,17}):([0-9a-f]{8}):(CVE-[0-9-]{9,17})");

    static Optional<TreeCursor> tryParse(Cursor cursor) {
        Matcher matcher = SYNTAX.matcher(cursor.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new TreeCursor(
                Long.parseLong(matcher.group(1)), Integer.parseUnsignedInt(matcher.group(2), 16), matcher.group(3)));
    }

    Cursor toCursor() {
        return new Cursor("cna1:" + number + ':' + HexFormat.of().toHexDigits(checksum) + ':' + name);
    }

    /** Counts records, and makes the cursor behind each. */
    static final class Trail {
        private final CRC32C checksum = new CRC32C();
        private long number;

        TreeCursor step(RecordPath path, long size) {
            number++;
            checksum.update((path.text() + '\0' + size + '\0').getBytes(StandardCharsets.UTF_8));
            return new TreeCursor(number, (int) checksum.getValue(), path.id().toString());
        }
    }
}
