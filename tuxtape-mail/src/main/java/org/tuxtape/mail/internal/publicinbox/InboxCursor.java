package org.tuxtape.mail.internal.publicinbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.tuxtape.core.cve.Cursor;

/**
 * A place behind a commit of an epoch.
 *
 * @param epoch the number of the epoch
 * @param number which commit of the epoch it is, from 1
 * @param commit the commit
 * @param blob the message that it added or deleted; zero if it did neither
 */
record InboxCursor(int epoch, int number, ObjectId commit, ObjectId blob) {
    private static final Pattern SYNTAX =
            Pattern.compile("public-inbox1:(\\d{1,9}):([1-9]\\d{0,8}):([0-9a-f]{40}):([0-9a-f]{40})");

    static Optional<InboxCursor> tryParse(Cursor cursor) {
        Matcher matcher = SYNTAX.matcher(cursor.text());
        return matcher.matches()
                ? Optional.of(new InboxCursor(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        ObjectId.fromString(matcher.group(3)),
                        ObjectId.fromString(matcher.group(4))))
                : Optional.empty();
    }

    Cursor toCursor() {
        return new Cursor("public-inbox1:" + epoch + ':' + number + ':' + commit.name() + ':' + blob.name());
    }
}
