package org.tuxtape.feeds.internal.record;

import java.util.Optional;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.feeds.cvss.CvssRating;

/**
 * What a .cvss file says: in its first line who rates and the vector, and behind it, metric by metric, why it was set so.
 *
 * @param vector the vector; empty if the first line does not end in one that can be scored
 * @param rationale the rest, each metric on a line of its own
 * @param first the first line
 */
record RatingFile(Optional<CvssVector> vector, String rationale, Excerpt first) {

    static RatingFile parse(String text) {
        String first = text.lines().findFirst().orElse("").strip();
        String vector = first.substring(first.lastIndexOf(' ') + 1);
        return new RatingFile(vector(vector), rationale(text), new Excerpt(1, first));
    }

    private static Optional<CvssVector> vector(String text) {
        try {
            CvssVector vector = CvssVector.parse(text);
            return CvssRating.tryOf(vector).map(rating -> vector);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Continued lines are indented. */
    private static String rationale(String text) {
        return text.lines()
                .skip(1)
                .map(line -> line.startsWith(" ") || line.startsWith("\t") ? " " + line.strip() : "\n" + line.strip())
                .collect(Collectors.joining())
                .strip();
    }
}
