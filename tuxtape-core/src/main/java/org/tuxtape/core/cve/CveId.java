package org.tuxtape.core.cve;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identifier of a CVE record, for example {@code CVE-2024-26581}. Ordered by year, then number.
 *
 * @param year four digits
 * @param number up to twelve digits, written with at least four
 * @see <a href="https://www.cve.org/">CVE Program</a>
 * @since 0.1
 */
public record CveId(int year, long number) implements Comparable<CveId> {
    private static final Pattern SYNTAX = Pattern.compile("CVE-(\\d{4})-(\\d{4}|[1-9]\\d{4,11})");
    private static final long LARGEST_NUMBER = 999_999_999_999L;
    private static final Comparator<CveId> ORDER =
            Comparator.comparingInt(CveId::year).thenComparingLong(CveId::number);

    /** Rejects a year that has not four digits and a number of more than twelve. */
    public CveId {
        if (year < 0 || year > 9999 || number < 0 || number > LARGEST_NUMBER) {
            throw new IllegalArgumentException("Not a CVE: year " + year + ", number " + number + ".");
        }
    }

    /**
     * Reads an identifier.
     *
     * @param text {@code CVE}, year and number, in capitals
     * @return the identifier
     * @throws IllegalArgumentException if the text is none
     */
    public static CveId parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("Not a CVE id: '" + text + "'."));
    }

    /**
     * Reads an identifier, as {@link #parse} does.
     *
     * @param text any text
     * @return the identifier, or empty if the text is none
     */
    public static Optional<CveId> tryParse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches()
                ? Optional.of(new CveId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(CveId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "CVE-%04d-%04d", year, number);
    }
}
