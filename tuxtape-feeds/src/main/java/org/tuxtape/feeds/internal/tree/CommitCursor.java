package org.tuxtape.feeds.internal.tree;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.tuxtape.core.cve.Cursor;

/**
 * A place in the history of a tree: behind a commit, or on the way to it.
 *
 * @param commit the commit
 * @param within where on the way to it; empty if all of it was read
 */
record CommitCursor(ObjectId commit, Optional<Within> within) {
    private static final Pattern SYNTAX =
            Pattern.compile("cna-git1:([0-9a-f]{40})(?::([0-9a-f]{40}):([1-9]\\d{0,8}):(CVE-[0-9-]{9,17}))?");

    /**
     * A place behind a record that differs between two commits.
     *
     * @param from the commit that was read before; zero if none was
     * @param number which of the records that differ it is, from 1
     * @param name the CVE it is for
     */
    record Within(ObjectId from, int number, String name) {}

    static Optional<CommitCursor> tryParse(Cursor cursor) {
        Matcher matcher = SYNTAX.matcher(cursor.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Within> within = Optional.ofNullable(matcher.group(2))
                .map(from ->
                        new Within(ObjectId.fromString(from), Integer.parseInt(matcher.group(3)), matcher.group(4)));
        return Optional.of(new CommitCursor(ObjectId.fromString(matcher.group(1)), within));
    }

    Cursor toCursor() {
        String place = within.map(part -> ':' + part.from().name() + ':' + part.number() + ':' + part.name())
                .orElse("");
        return new Cursor("cna-git1:" + commit.name() + place);
    }
}
