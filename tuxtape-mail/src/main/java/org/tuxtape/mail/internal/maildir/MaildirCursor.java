package org.tuxtape.mail.internal.maildir;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.Cursor;

/**
 * A place in a folder: which mails lie before it, so that one that comes late, with a name that sorts among them, is not
 * passed over.
 *
 * @param seen the mails before the place
 * @param watermark the latest change of any mail in the folder when it was listed, in microseconds since 1970
 * @param last the last delivery before the place
 */
record MaildirCursor(Tally seen, long watermark, Delivery last) {
    private static final Pattern SYNTAX = Pattern.compile(
            "maildir1:(\\d{1,18}):([0-9a-f]{16}):(-?\\d{1,18}):(-?\\d{1,18}):(\\d{1,6}):([A-Za-z0-9.*_%+-]+)");

    static Optional<MaildirCursor> tryParse(Cursor cursor) {
        Matcher matcher = SYNTAX.matcher(cursor.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MaildirCursor(
                    new Tally(Long.parseLong(matcher.group(1)), Long.parseUnsignedLong(matcher.group(2), 16)),
                    Long.parseLong(matcher.group(3)),
                    new Delivery(
                            Long.parseLong(matcher.group(4)),
                            Long.parseLong(matcher.group(5)),
                            URLDecoder.decode(matcher.group(6), StandardCharsets.UTF_8))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Cursor toCursor() {
        return new Cursor("maildir1:" + seen.count() + ':' + HexFormat.of().toHexDigits(seen.digest()) + ':' + watermark
                + ':' + last.seconds() + ':' + last.micros() + ':'
                + URLEncoder.encode(last.unique(), StandardCharsets.UTF_8));
    }
}
