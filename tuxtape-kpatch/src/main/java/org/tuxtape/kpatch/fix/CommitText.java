package org.tuxtape.kpatch.fix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tuxtape.kpatch.internal.git.CorruptObjectException;
import org.tuxtape.kpatch.internal.git.ObjectName;

/**
 * What a commit says of itself.
 *
 * @param tree its files
 * @param parents what it follows; as it was written, also where history was cut off behind it
 * @param time when it was committed, in seconds since 1970; 0 if it does not say
 * @param subject the first paragraph of its message in one line, at most 1000 chars
 */
record CommitText(ObjectName tree, List<ObjectName> parents, long time, String subject) {
    private static final int LONGEST_SUBJECT = 1000;

    static CommitText parse(byte[] content) throws CorruptObjectException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        List<String> head =
                text.substring(0, end < 0 ? text.length() : end).lines().toList();
        try {
            ObjectName tree = ObjectName.parse(value(head.get(0), "tree "));
            List<ObjectName> parents = new ArrayList<>();
            for (String line : head) {
                if (line.startsWith("parent ")) {
                    parents.add(ObjectName.parse(value(line, "parent ")));
                }
            }
            return new CommitText(tree, List.copyOf(parents), time(head), subject(end < 0 ? "" : text.substring(end)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptObjectException("a commit that cannot be read: " + e.getMessage());
        }
    }

    private static String value(String line, String keyword) {
        return line.startsWith(keyword) ? line.substring(keyword.length()) : "";
    }

    private static long time(List<String> head) {
        for (String line : head) {
            String[] words = line.split(" ");
            if (line.startsWith("committer ") && words.length > 2 && words[words.length - 2].matches("\\d{1,18}")) {
                return Long.parseLong(words[words.length - 2]);
            }
        }
        return 0;
    }

    private static String subject(String message) {
        String bytes = message.lines()
                .dropWhile(String::isBlank)
                .takeWhile(line -> !line.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(" "));
        String subject = bytes.substring(0, Math.min(bytes.length(), LONGEST_SUBJECT));
        return PatchText.readable(subject);
    }
}
