package org.tuxtape.feeds.cvss;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import us.springett.cvss.MalformedVectorException;
import us.springett.cvss.Score;

/**
 * The base score of a CVSS vector, computed by the rules of its version: 3.0, 3.1 or 4.0.
 *
 * @param vector the metrics; those beyond the base ones are kept and do not count
 * @param baseScore 0.0 to 10.0
 * @see <a href="https://www.first.org/cvss/">CVSS</a>
 * @since 0.1
 */
public record CvssRating(CvssVector vector, double baseScore) {
    private static final Set<String> BASE_OF_3 = Set.of("AV", "AC", "PR", "UI", "S", "C", "I", "A");
    private static final Set<String> BASE_OF_4 =
            Set.of("AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA");

    /** How severe a score is, in the words of CVSS. */
    public enum Severity {
        /** 0.0. */
        NONE,
        /** 0.1 to 3.9. */
        LOW,
        /** 4.0 to 6.9. */
        MEDIUM,
        /** 7.0 to 8.9. */
        HIGH,
        /** 9.0 to 10.0. */
        CRITICAL
    }

    /** Rejects a score outside 0.0 to 10.0. */
    public CvssRating {
        Objects.requireNonNull(vector, "vector");
        if (!(baseScore >= 0 && baseScore <= 10)) {
            throw new IllegalArgumentException("A CVSS score lies between 0.0 and 10.0, not " + baseScore + ".");
        }
    }

    /**
     * Scores a vector.
     *
     * @param vector a vector
     * @return its rating
     * @throws IllegalArgumentException if it is of another version, lacks a base metric, has one twice, or has one or a
     *     value that its version does not know
     */
    public static CvssRating of(CvssVector vector) {
        try {
            requireEachOnce(vector);
            Score score = us.springett.cvss.Cvss.fromVector(vector.text()).calculateScore();
            return new CvssRating(vector, isWithBaseOnly(vector) ? score.getBaseScore() : base(vector));
        } catch (MalformedVectorException e) {
            throw new IllegalArgumentException("Not a CVSS vector: '" + vector + "': " + e.getMessage() + ".", e);
        }
    }

    /**
     * Scores a vector, as {@link #of} does.
     *
     * @param vector a vector
     * @return its rating, or empty if it cannot be scored
     */
    public static Optional<CvssRating> tryOf(CvssVector vector) {
        try {
            return Optional.of(of(vector));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The library takes the last of two, and a version that it does not know for the second. */
    private static void requireEachOnce(CvssVector vector) {
        Set<String> names = new HashSet<>();
        boolean once = metrics(vector).allMatch(metric -> names.add(name(metric)));
        if (!once || !Set.of("3.0", "3.1", "4.0").contains(vector.version())) {
            throw new IllegalArgumentException(
                    "Not a CVSS vector: '" + vector + "': it is of another version, or has a metric twice.");
        }
    }

    private static Set<String> baseMetrics(CvssVector vector) {
        return vector.version().equals("4.0") ? BASE_OF_4 : BASE_OF_3;
    }

    private static boolean isWithBaseOnly(CvssVector vector) {
        return metrics(vector).allMatch(metric -> baseMetrics(vector).contains(name(metric)));
    }

    /** In version 4 threat and environment change the only score there is. */
    private static double base(CvssVector vector) {
        String text = metrics(vector)
                .filter(metric -> baseMetrics(vector).contains(name(metric)))
                .collect(Collectors.joining("/", "CVSS:" + vector.version() + "/", ""));
        return us.springett.cvss.Cvss.fromVector(text).calculateScore().getBaseScore();
    }

    private static Stream<String> metrics(CvssVector vector) {
        return Arrays.stream(vector.text().split("/", -1)).skip(1);
    }

    private static String name(String metric) {
        return metric.substring(0, metric.indexOf(':'));
    }

    /**
     * Returns how severe that is.
     *
     * @return the severity of {@link #baseScore()}
     */
    public Severity severity() {
        if (baseScore >= 9) {
            return Severity.CRITICAL;
        }
        if (baseScore >= 7) {
            return Severity.HIGH;
        }
        if (baseScore >= 4) {
            return Severity.MEDIUM;
        }
        return baseScore > 0 ? Severity.LOW : Severity.NONE;
    }

    /**
     * Returns the rating in the form that a CVE holds.
     *
     * @return vector and computed score, without a rationale
     */
    public Cvss asGiven() {
        return new Cvss(vector, OptionalDouble.of(baseScore));
    }
}
