package org.tuxtape.core.livepatch;

import java.util.regex.Pattern;

/**
 * Names a build by everything that goes into it: source, config, compiler, tool, fixes and options. Equal inputs give an
 * equal key, on every machine.
 *
 * @param text 64 lower-case hexadecimal digits
 * @since 0.1
 */
public record BuildKey(String text) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{64}");

    /** Rejects anything but 64 lower-case hexadecimal digits. */
    public BuildKey {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a build key: '" + text + "'.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
