package org.tuxtape.core.cve;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A CVSS rating as somebody gave it.
 *
 * @param vector the metrics
 * @param baseScore 0.0 to 10.0 as the author wrote it; empty if only the vector was given
 * @param rationale why each metric was set so, in the author's words, lines end in {@code \n}; empty if not given
 * @since 0.1
 */
public record Cvss(CvssVector vector, OptionalDouble baseScore, String rationale) {
    private static final double HIGHEST = 10;

    /** Rejects a score outside 0.0 to 10.0. */
    public Cvss {
        Objects.requireNonNull(vector, "vector");
        Objects.requireNonNull(rationale, "rationale");
        double score = baseScore.orElse(0);
        if (!(score >= 0 && score <= HIGHEST)) {
            throw new IllegalArgumentException("A CVSS score lies between 0.0 and 10.0, not " + score + ".");
        }
    }

    /**
     * Creates a rating without a rationale.
     *
     * @param vector the metrics
     * @param baseScore 0.0 to 10.0; empty if only the vector was given
     */
    public Cvss(CvssVector vector, OptionalDouble baseScore) {
        this(vector, baseScore, "");
    }

    /**
     * Replaces the rationale.
     *
     * @param text the author's words
     * @return a rating that differs in it
     */
    public Cvss because(String text) {
        return new Cvss(vector, baseScore, text);
    }
}
