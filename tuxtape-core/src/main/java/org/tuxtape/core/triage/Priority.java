package org.tuxtape.core.triage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How urgent a CVE is for one kernel, and why.
 *
 * @param score 0 (least) to 100 (most urgent); empty if nothing is known to judge by, which is not the same as 0
 * @param reasons at least one
 * @since 0.1
 */
public record Priority(OptionalDouble score, List<Reason> reasons) {
    /** The highest score. */
    public static final double HIGHEST = 100;

    /** Into which part of the scale a score falls, the most urgent first. Where they begin is our own choice. */
    public enum Band {
        /** From 80 on. */
        CRITICAL("critical", 80),
        /** From 60 on. */
        HIGH("high", 60),
        /** From 40 on. */
        MEDIUM("medium", 40),
        /** Below 40. */
        LOW("low", 0);

        private final String text;
        private final double from;

        Band(String text, double from) {
            this.text = text;
            this.from = from;
        }

        /** Returns the word that reports use. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Copies the list, and rejects a score outside 0 to 100 and a priority without a reason. */
    public Priority {
        double value = score.orElse(0);
        if (!(value >= 0 && value <= HIGHEST)) {
            throw new IllegalArgumentException("A score lies between 0 and 100, not " + value + ".");
        }
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("A priority gives its reasons.");
        }
        reasons = List.copyOf(reasons);
    }

    /**
     * Returns the part of the scale that the score falls into.
     *
     * @return the band; empty if there is no score
     */
    public Optional<Band> band() {
        return score.isEmpty()
                ? Optional.empty()
                : Arrays.stream(Band.values())
                        .filter(band -> score.getAsDouble() >= band.from)
                        .findFirst();
    }

    /**
     * Returns a priority with one reason, which makes up the whole score.
     *
     * @param score 0 to 100
     * @param factor what was looked at
     * @param text one sentence
     * @return the priority
     */
    public static Priority of(double score, String factor, String text) {
        return of(score, List.of(Reason.of(factor, score, text)));
    }

    /**
     * Returns a priority.
     *
     * @param score 0 to 100
     * @param reasons at least one
     * @return the priority
     */
    public static Priority of(double score, List<Reason> reasons) {
        return new Priority(OptionalDouble.of(score), reasons);
    }

    /**
     * Returns the priority of a CVE that cannot be judged by this factor.
     *
     * @param factor what was looked at
     * @param text one sentence that says what is missing
     * @return a priority without a score
     */
    public static Priority unknown(String factor, String text) {
        return new Priority(OptionalDouble.empty(), List.of(Reason.of(factor, text)));
    }
}
