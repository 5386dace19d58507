package org.tuxtape.core.livepatch;

import java.util.regex.Pattern;

/**
 * The name of a livepatch module as the running kernel spells it: with {@code _}, never {@code -}.
 *
 * @param text letters, digits and underscores, at most 55 characters, the most that kpatch-build and klp-build give
 * @since 0.1
 */
public record LivepatchName(String text) implements Comparable<LivepatchName> {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_]{1,55}");

    /** Rejects what no module may be called. */
    public LivepatchName {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("Not the name of a livepatch module: '" + text + "'.");
        }
    }

    /**
     * Reads a name with {@code -} or {@code _}.
     *
     * @param text as a tool or the kernel spells it
     * @return the name
     * @throws IllegalArgumentException if the text is none
     */
    public static LivepatchName parse(String text) {
        return new LivepatchName(text.replace('-', '_'));
    }

    @Override
    public int compareTo(LivepatchName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
