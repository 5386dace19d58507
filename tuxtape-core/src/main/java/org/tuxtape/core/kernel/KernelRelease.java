package org.tuxtape.core.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release of one built kernel, as {@code uname -r} and {@code include/config/kernel.release} give it: an upstream
 * version and whatever the builder appended, for example {@code 6.12.94+deb13-amd64}.
 *
 * <p>The version in it is what the text says. Some vendors freeze it ({@code 5.10.0-30-amd64} carries a later stable
 * release), so a {@link KernelBuild} keeps the version of the source beside it.
 *
 * @param text the whole release, printable ASCII without white space
 * @since 0.1
 */
public record KernelRelease(String text) {
    // The kernel itself allows 64 characters (__NEW_UTS_LEN). Digits are never split between version and suffix.
    private static final Pattern SYNTAX = Pattern.compile(
            "((?:[0-2]\\.\\d{1,6}\\.\\d{1,6}(?:\\.\\d{1,6})?|\\d{1,6}\\.\\d{1,6}(?:\\.\\d{1,6})?)(?:-rc[1-9]\\d{0,5})?)"
                    + "(?!\\d)([!-~]*)");
    private static final int LONGEST = 64;

    /** Rejects a text that does not begin with a kernel version, and one of more than 64 characters. */
    public KernelRelease {
        if (match(text).isEmpty()) {
            throw new IllegalArgumentException("Not a kernel release: '" + text + "'.");
        }
    }

    /**
     * Reads a release.
     *
     * @param text as {@code uname -r} prints it
     * @return the release
     * @throws IllegalArgumentException if the text is none
     */
    public static KernelRelease parse(String text) {
        return new KernelRelease(text);
    }

    /**
     * Reads a release, as {@link #parse} does.
     *
     * @param text any text
     * @return the release, or empty if the text is none
     */
    public static Optional<KernelRelease> tryParse(String text) {
        return match(text).map(matcher -> new KernelRelease(text));
    }

    private static Optional<Matcher> match(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return text.length() <= LONGEST && matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    /**
     * Returns the upstream version that the release begins with.
     *
     * @return {@code 6.12.94} for {@code 6.12.94+deb13-amd64}
     */
    public KernelVersion version() {
        return KernelVersion.parse(match(text).orElseThrow().group(1));
    }

    /**
     * Returns what the builder appended.
     *
     * @return {@code +deb13-amd64} for {@code 6.12.94+deb13-amd64}; possibly empty
     */
    public String suffix() {
        return match(text).orElseThrow().group(2);
    }

    @Override
    public String toString() {
        return text;
    }
}
