package org.tuxtape.kpatch.standin;

import java.util.List;
import java.util.stream.Stream;

/** Writes diffs of one hunk, from the first line that differs to the last, with three lines around. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    static String of(String path, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int head = 0;
        while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < old.size() - head
                && tail < now.size() - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        int start = Math.max(0, head - CONTEXT);
        int rest = Math.min(tail, CONTEXT);
        StringBuilder diff =
                new StringBuilder("diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n".formatted(path, path, path, path));
        diff.append("@@ -%d,%d +%d,%d @@\n"
                .formatted(start + 1, old.size() - tail + rest - start, start + 1, now.size() - tail + rest - start));
        append(diff, " ", old.subList(start, head).stream());
        append(diff, "-", old.subList(head, old.size() - tail).stream());
        append(diff, "+", now.subList(head, now.size() - tail).stream());
        append(diff, " ", old.subList(old.size() - tail, old.size() - tail + rest).stream());
        return diff.toString();
    }

    private static void append(StringBuilder diff, String mark, Stream<String> lines) {
        lines.forEach(line -> diff.append(mark).append(line).append('\n'));
    }
}
