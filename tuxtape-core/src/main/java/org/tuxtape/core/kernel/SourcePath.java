package org.tuxtape.core.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The path of a file in the kernel's source, relative to its root, with {@code /} between parts: {@code net/core/sock.c}.
 *
 * <p>A path that is read from outside cannot leave the tree: it has no empty part, no {@code .} or {@code ..}, does not
 * begin with {@code /}, and holds no control character, backslash or half of a character.
 *
 * @param text the path, 1 to 4096 characters
 * @since 0.1
 */
public record SourcePath(String text) implements Comparable<SourcePath> {
    private static final int LONGEST = 4096;

    /** Rejects what is not a path inside the tree. */
    public SourcePath {
        if (!isPath(text)) {
            throw new IllegalArgumentException("Not a path inside a source tree: '" + text + "'.");
        }
    }

    /**
     * Reads a path.
     *
     * @param text relative to the root of the tree
     * @return the path
     * @throws IllegalArgumentException if the text is none, or leads out of the tree
     */
    public static SourcePath parse(String text) {
        return new SourcePath(text);
    }

    /**
     * Reads a path, as {@link #parse} does.
     *
     * @param text any text
     * @return the path, or empty if the text is none, or leads out of the tree
     */
    public static Optional<SourcePath> tryParse(String text) {
        return isPath(text) ? Optional.of(new SourcePath(text)) : Optional.empty();
    }

    private static boolean isPath(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        int partStart = 0;
        boolean surrogates = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '/';
            surrogates |= Character.isSurrogate(c);
            if (Character.isISOControl(c) || c == '\\') {
                return false;
            }
            if (c == '/') {
                if (isNoName(text, partStart, i)) {
                    return false;
                }
                partStart = i + 1;
            }
        }
        return !surrogates || StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static boolean isNoName(String text, int start, int end) {
        return switch (end - start) {
            case 0 -> true;
            case 1 -> text.charAt(start) == '.';
            case 2 -> text.charAt(start) == '.' && text.charAt(start + 1) == '.';
            default -> false;
        };
    }

    /**
     * Returns the last part.
     *
     * @return {@code sock.c} for {@code net/core/sock.c}
     */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /**
     * Tells whether the file lies below a directory.
     *
     * @param directory its path without a slash at the end, for example {@code net/core}
     * @return whether this path begins with it
     */
    public boolean isBelow(String directory) {
        return text.length() > directory.length()
                && text.startsWith(directory)
                && text.charAt(directory.length()) == '/';
    }

    /**
     * Tells whether the name says that this is a C header.
     *
     * @return whether it ends in {@code .h}
     */
    public boolean isHeader() {
        return text.endsWith(".h");
    }

    @Override
    public int compareTo(SourcePath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
