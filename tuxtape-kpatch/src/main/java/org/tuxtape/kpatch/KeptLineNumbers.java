package org.tuxtape.kpatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.DiffLine;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.diff.Hunk;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.internal.compare.TextComparison;

/**
 * A changed C text in which what stays the same keeps the number of its line. Code knows its line, by {@code __LINE__} in
 * macros that warn and log; so below a line that is added or removed functions change that no fix has touched, among them
 * such as cannot be patched. A {@code #line} directive behind each change undoes that, as klp-build does it too.
 */
final class KeptLineNumbers {
    /** A directive before it may stand in code that the preprocessor leaves out, so it is said again. */
    private static final Pattern BRANCH = Pattern.compile("\\s*#\\s*(?:else|elif|elifdef|elifndef|endif)\\b");

    private static final int UNKNOWN = Integer.MIN_VALUE;

    private KeptLineNumbers() {}

    /**
     * Returns patches that have the directives in their C files. One that changes a file again begins with the directives of
     * those before it, and its own count from the text before all of them.
     */
    static List<FixPatch> in(List<FixPatch> patches) {
        Map<SourcePath, Optional<String>> first = new HashMap<>();
        Map<SourcePath, Optional<String>> last = new HashMap<>();
        List<FixPatch> kept = new ArrayList<>();
        for (FixPatch patch : patches) {
            SortedMap<SourcePath, FileChange> files = new TreeMap<>();
            patch.files().forEach((path, change) -> {
                Optional<String> original = first.computeIfAbsent(path, unseen -> change.before());
                Optional<String> before = last.getOrDefault(path, original);
                Optional<String> after =
                        change.after().map(text -> isC(path) && original.isPresent() ? in(original.get(), text) : text);
                files.put(path, new FileChange(before, after, change.mode()));
                last.put(path, after);
            });
            kept.add(new FixPatch(patch.cve(), patch.diffs(), files));
        }
        return List.copyOf(kept);
    }

    private static boolean isC(SourcePath path) {
        return path.isHeader() || path.text().endsWith(".c");
    }

    /** Returns the text after the change with a directive wherever its numbers would differ from those before. */
    static String in(String before, String after) {
        List<String> lines = lines(after);
        int[] numbers = numbers(lines.size(), TextComparison.hunks(before, after, CancellationToken.never()));
        StringBuilder text = new StringBuilder(after.length());
        int number = 1;
        boolean hasMoved = false;
        String previous = "";
        boolean isInComment = false;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0 && numbers[i] != number && !isInComment && !previous.endsWith("\\\n")) {
                number = numbers[i];
                hasMoved = true;
                text.append("#line ").append(number).append('\n');
            }
            previous = lines.get(i);
            text.append(previous);
            isInComment = endsInComment(previous, isInComment);
            number = hasMoved && BRANCH.matcher(previous).lookingAt() ? UNKNOWN : number + 1;
        }
        return text.toString();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int begin = 0; begin < text.length(); ) {
            int end = text.indexOf('\n', begin) + 1;
            lines.add(text.substring(begin, end == 0 ? text.length() : end));
            begin = end == 0 ? text.length() : end;
        }
        return lines;
    }

    /** The number that each line had before, from 1; 0 for one that is added. */
    private static int[] numbers(int count, List<Hunk> hunks) {
        int[] numbers = new int[count];
        int line = 0;
        int old = 0;
        for (Hunk hunk : hunks) {
            int start = hunk.newCount() == 0 ? hunk.newStart() : hunk.newStart() - 1;
            while (line < start) {
                numbers[line++] = ++old;
            }
            for (DiffLine each : hunk.lines()) {
                old += each.kind() == DiffLine.Kind.ADDED ? 0 : 1;
                if (each.kind() != DiffLine.Kind.REMOVED) {
                    numbers[line++] = each.kind() == DiffLine.Kind.ADDED ? 0 : old;
                }
            }
        }
        while (line < count) {
            numbers[line++] = ++old;
        }
        return numbers;
    }

    /** A directive in a comment is none. */
    private static boolean endsInComment(String line, boolean beginsInComment) {
        boolean isInComment = beginsInComment;
        char quote = 0;
        for (int i = 0; i + 1 < line.length(); i++) {
            char c = line.charAt(i);
            char next = line.charAt(i + 1);
            if (isInComment) {
                if (c == '*' && next == '/') {
                    isInComment = false;
                    i++;
                }
            } else if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '/' && next == '/') {
                return false;
            } else if (c == '/' && next == '*') {
                isInComment = true;
                i++;
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
        }
        return isInComment;
    }
}
