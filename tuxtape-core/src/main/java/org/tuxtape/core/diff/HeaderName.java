package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file as a header line has it.
 *
 * @param path the name without its first part; empty for {@code /dev/null}, and for a name of one part only
 * @param noFile whether there is no file on this side for certain
 * @param noTime whether the time stamp says that there is no file, or the file is as old as the epoch
 */
record HeaderName(Optional<DiffPath> path, boolean noFile, boolean noTime) {
    private static final HeaderName NONE = new HeaderName(Optional.empty(), true, false);
    private static final String NO_FILE = "/dev/null";
    private static final int LONGEST_PAIR = 2 * 4096 + 32;
    private static final Pattern STAMP = Pattern.compile("[ \t]+\\d{4}-\\d\\d-\\d\\d[ T].{0,60}$");
    private static final Pattern EPOCH = Pattern.compile("\\s*(?:1970-01-01|1969-12-31)\\b.*");

    /**
     * Two names on one line.
     *
     * @param before the first
     * @param after the second
     */
    record Pair(HeaderName before, HeaderName after) {
        private boolean isOfOneFile() {
            return before.noFile || after.noFile || before.path.equals(after.path);
        }
    }

    /** Reads what follows {@code ---} or {@code +++}: a name, possibly quoted, and possibly a time stamp. */
    static HeaderName read(String text) {
        Optional<QuotedName> quoted = text.startsWith("\"") ? QuotedName.read(text, 0) : Optional.empty();
        if (quoted.isPresent()) {
            return of(quoted.get().name(), text.substring(quoted.get().end()));
        }
        int end = text.indexOf('\t');
        if (end < 0) {
            Matcher stamp = STAMP.matcher(text);
            end = stamp.find() ? stamp.start() : text.length();
        }
        return of(text.substring(0, end).stripTrailing(), text.substring(end));
    }

    private static HeaderName of(String name, String stamp) {
        return name.equals(NO_FILE)
                ? NONE
                : new HeaderName(stripped(name), false, EPOCH.matcher(stamp).matches());
    }

    /** An absolute name and one that begins with {@code ..} keep all their parts, so that nobody takes them for others. */
    private static Optional<DiffPath> stripped(String name) {
        String rest = name.startsWith("/") || name.startsWith("../") ? name : name.substring(name.indexOf('/') + 1);
        return rest.isEmpty() || name.indexOf('/') < 0 ? Optional.empty() : Optional.of(new DiffPath(rest));
    }

    /**
     * Reads two names. Unless they are quoted, a separator may be part of a name; so the names have to be of one file, or
     * there must be only one separator.
     */
    static Optional<Pair> pair(String text, String separator) {
        List<Pair> pairs = new ArrayList<>();
        if (text.length() > LONGEST_PAIR) {
            return Optional.empty();
        }
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
            Optional<HeaderName> before = whole(text.substring(0, at));
            Optional<HeaderName> after = whole(text.substring(at + separator.length()));
            if (before.isPresent() && after.isPresent()) {
                Pair pair = new Pair(before.get(), after.get());
                if (pair.isOfOneFile()) {
                    return Optional.of(pair);
                }
                pairs.add(pair);
            }
        }
        return pairs.size() == 1 ? Optional.of(pairs.get(0)) : Optional.empty();
    }

    private static Optional<HeaderName> whole(String text) {
        if (!text.startsWith("\"")) {
            return Optional.of(of(text, ""));
        }
        return QuotedName.read(text, 0)
                .filter(quoted -> quoted.end() == text.length())
                .map(quoted -> of(quoted.name(), ""));
    }
}
