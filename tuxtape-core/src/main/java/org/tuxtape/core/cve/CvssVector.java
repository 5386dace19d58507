package org.tuxtape.core.cve;

import java.util.regex.Pattern;

/**
 * A CVSS vector as its author wrote it, for example {@code CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H}. Its metrics
 * are not interpreted here.
 *
 * @param text the vector, from {@code CVSS:} on
 * @see <a href="https://www.first.org/cvss/">CVSS</a>
 * @since 0.1
 */
public record CvssVector(String text) {
    private static final Pattern SYNTAX = Pattern.compile("CVSS:\\d\\.\\d(?:/[A-Za-z]{1,4}:[A-Za-z]{1,8}){1,64}");

    /** Rejects what is no sequence of metrics behind a version. */
    public CvssVector {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a CVSS vector: '" + text + "'.");
        }
    }

    /**
     * Reads a vector.
     *
     * @param text from {@code CVSS:} on
     * @return the vector
     * @throws IllegalArgumentException if the text is none
     */
    public static CvssVector parse(String text) {
        return new CvssVector(text);
    }

    /**
     * Returns the version of CVSS.
     *
     * @return for example {@code 3.1}
     */
    public String version() {
        return text.substring("CVSS:".length(), text.indexOf('/'));
    }

    @Override
    public String toString() {
        return text;
    }
}
