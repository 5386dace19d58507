package org.tuxtape.mail.internal.announcement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * A line that says where a bug came in and where it was fixed.
 *
 * <p>What is not understood widens the range, never narrows it: an introduction nobody knows counts as "from the
 * beginning", a fix nobody knows as none.
 *
 * @param range what was understood
 * @param doubts what was not, one sentence each; mostly empty
 */
record VersionLine(AffectedRange range, List<String> doubts) {
    private static final String NO_COMMIT = "0".repeat(40);
    private static final String ALL_AFFECTED = "All released kernel versions are affected.";

    VersionLine {
        doubts = List.copyOf(doubts);
    }

    /** Reads a line without blanks around it; empty if nothing of it is understood. */
    static Optional<VersionLine> parse(String line) {
        if (line.equals(ALL_AFFECTED)) {
            return Optional.of(new VersionLine(AffectedRange.EVERYTHING, List.of()));
        }
        Words words = new Words(line);
        List<String> doubts = new ArrayList<>(0);
        Optional<Change> introduced = Optional.empty();
        Optional<Change> fixed = Optional.empty();
        if (words.take("Issue introduced in")) {
            introduced = change(words, "introducing", doubts);
            if (words.take("and fixed in")) {
                fixed = change(words, "fixing", doubts);
            }
        } else if (words.take("Fixed in") || words.take("Issue fixed in")) {
            fixed = change(words, "fixing", doubts);
        }
        if (introduced.isEmpty() && fixed.isEmpty()) {
            return Optional.empty();
        }
        if (words.hasNext()) {
            doubts.add("The end of the version line is not understood.");
        }
        return Optional.of(new VersionLine(new AffectedRange(introduced, fixed), doubts));
    }

    private static Optional<Change> change(Words words, String role, List<String> doubts) {
        Optional<KernelVersion> version = Optional.empty();
        if (!words.take("mainline")) {
            version = version(words.operand());
            if (version.isEmpty()) {
                doubts.add("The " + role + " version is not understood.");
            }
        }
        Optional<CommitId> commit = words.take("with commit") ? commit(words.operand()) : Optional.empty();
        if (commit.isEmpty()) {
            doubts.add("The " + role + " commit is not named by an id.");
        }
        return version.isPresent() || commit.isPresent() ? Optional.of(new Change(version, commit)) : Optional.empty();
    }

    /** Also reads what git name-rev says: {@code v6.9-rc1~118} came before the tag, so the tag is the first to have it. */
    private static Optional<KernelVersion> version(String word) {
        int end = 0;
        while (end < word.length() && word.charAt(end) != '~' && word.charAt(end) != '^') {
            end++;
        }
        return KernelVersion.tryParse(word.substring(word.startsWith("v") ? 1 : 0, end));
    }

    /** An id of zeros alone is how git says that there is none. */
    private static Optional<CommitId> commit(String word) {
        return CommitId.tryParse(word.toLowerCase(Locale.ROOT)).filter(id -> !NO_COMMIT.startsWith(id.text()));
    }

    /** The line with one blank between words, read from left to right. */
    private static final class Words {
        private final String text;
        private int at;

        Words(String line) {
            text = line.indexOf('\t') < 0 && !line.contains("  ") ? line : line.replaceAll("\\s+", " ");
        }

        boolean hasNext() {
            return at < text.length();
        }

        /** Takes a phrase if it comes next. */
        boolean take(String phrase) {
            if (!isNext(phrase)) {
                return false;
            }
            at = Math.min(at + phrase.length() + 1, text.length());
            return true;
        }

        private boolean isNext(String phrase) {
            int end = at + phrase.length();
            return text.startsWith(phrase, at) && (end == text.length() || text.charAt(end) == ' ');
        }

        /** Takes the next word, unless it begins the next phrase: then what should stand here is missing. */
        String operand() {
            if (isNext("with") || isNext("and")) {
                return "";
            }
            int blank = text.indexOf(' ', at);
            int end = blank < 0 ? text.length() : blank;
            String word = text.substring(at, end);
            at = Math.min(end + 1, text.length());
            return word;
        }
    }
}
