package org.tuxtape.archive.rollout;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A machine that takes patches, as it is known to whoever rolls them out.
 *
 * @param id 1 to 128 printable ASCII characters without blanks, the same for as long as the machine lives: its host
 *     name, or its machine id
 * @param tags what puts it into a ring whatever its id, at most 32, each of the same characters as an id
 * @since 0.1
 */
public record Node(String id, SortedSet<String> tags) {
    private static final Pattern WORD = Pattern.compile("[!-~]{1,128}");
    private static final int MOST_TAGS = 32;

    /** Copies the set, and rejects what does not have the shapes above. */
    public Node {
        requireWord(id);
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        tags.forEach(Node::requireWord);
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException(id + " has " + tags.size() + " tags; " + MOST_TAGS + " are allowed.");
        }
    }

    /**
     * Returns a node.
     *
     * @param id its id
     * @param tags its tags
     * @return the node
     */
    public static Node of(String id, String... tags) {
        return new Node(id, new TreeSet<>(Arrays.asList(tags)));
    }

    static String requireWord(String text) {
        if (!WORD.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "Not 1 to 128 printable ASCII characters without blanks: '" + Line.of(text, 200) + "'.");
        }
        return text;
    }
}
