package org.tuxtape.core.diff;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.CommitId;

/**
 * What the text before the first change says about the commit: a mail of {@code git format-patch}, or the output of
 * {@code git show} and {@code git log -p}.
 */
record DiffHeader(Optional<CommitId> commit, String subject) {
    private static final Pattern COMMIT = Pattern.compile("(?:From|commit) ([0-9a-f]{40})\\b.*");
    private static final Pattern TAGS = Pattern.compile("^(?:\\[[^\\]]*\\]\\s*)+");
    private static final String SUBJECT = "Subject: ";
    private static final int LONGEST = 1000;
    private static final String INDENT = "    ";

    static DiffHeader read(String header) {
        List<String> lines = header.lines().dropWhile(String::isBlank).toList();
        Optional<CommitId> commit = lines.stream()
                .limit(1)
                .map(COMMIT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> CommitId.parse(matcher.group(1)))
                .findFirst();
        boolean log = commit.isPresent() && lines.get(0).startsWith("commit ");
        String subject = log ? firstOf(lines) : subject(lines);
        return new DiffHeader(commit, ByteText.tryUtf8(subject).orElse(subject));
    }

    private static String firstOf(List<String> log) {
        return log.stream()
                .filter(line -> line.startsWith(INDENT))
                .findFirst()
                .orElse("")
                .strip();
    }

    private static String subject(List<String> mail) {
        StringBuilder subject = new StringBuilder();
        for (String line : mail) {
            if (subject.isEmpty() && line.startsWith(SUBJECT)) {
                subject.append(line.substring(SUBJECT.length()).strip());
            } else if (!subject.isEmpty() && subject.length() < LONGEST && isFolded(line)) {
                subject.append(' ').append(line.strip());
            } else if (!subject.isEmpty()) {
                break;
            }
        }
        subject.setLength(Math.min(subject.length(), LONGEST));
        return TAGS.matcher(subject).replaceFirst("");
    }

    private static boolean isFolded(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }
}
