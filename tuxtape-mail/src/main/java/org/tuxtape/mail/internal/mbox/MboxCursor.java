package org.tuxtape.mail.internal.mbox;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.Cursor;

/**
 * A place behind a message: which one it is, where it lies in the expanded archive, and what it looks like, so that an
 * archive that was changed before that place is noticed.
 *
 * @param number the number of the message, from 1
 * @param offset where it begins, in bytes, with the line that separates it from the one before
 * @param length its length in bytes, up to the next such line
 * @param checksum the CRC-32C of these bytes
 */
record MboxCursor(long number, long offset, long length, int checksum) {
    private static final Pattern SYNTAX =
            Pattern.compile("mbox1:([1-9]\\d{0,17}):(\\d{1,18}):([1-9]\\d{0,17}):([0-9a-f]{8})");

    static Optional<MboxCursor> tryParse(Cursor cursor) {
        Matcher matcher = SYNTAX.matcher(cursor.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new MboxCursor(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Integer.parseUnsignedInt(matcher.group(4), 16)));
    }

    Cursor toCursor() {
        return new Cursor("mbox1:" + number + ':' + offset + ':' + length + ':'
                + HexFormat.of().toHexDigits(checksum));
    }
}
