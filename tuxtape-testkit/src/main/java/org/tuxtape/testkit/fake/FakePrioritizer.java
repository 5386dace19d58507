package org.tuxtape.testkit.fake;

import java.util.HashMap;
import java.util.Map;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Verdict;

/**
 * Gives each CVE the score that a test set up for it, whatever the verdict. Immutable, and safe for use by several
 * threads.
 *
 * @since 0.1
 */
public final class FakePrioritizer implements Prioritizer {
    private static final String FACTOR = "fake";

    private final Map<CveId, Priority> priorities;
    private final boolean relaxed;

    private FakePrioritizer(Builder builder) {
        priorities = Map.copyOf(builder.priorities);
        relaxed = builder.relaxed;
    }

    /**
     * Starts a prioritizer.
     *
     * @return a builder that knows no CVE
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws AssertionError if the CVE was not set up and the fake is strict
     */
    @Override
    public Priority priority(Cve cve, Verdict verdict) {
        Priority priority = priorities.get(cve.id());
        if (priority != null) {
            return priority;
        }
        if (relaxed) {
            return Priority.unknown(FACTOR, "Not set up.");
        }
        throw Strict.unexpected("the priority of " + cve.id());
    }

    /** Collects scores. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<CveId, Priority> priorities = new HashMap<>();
        private boolean relaxed;

        private Builder() {}

        /**
         * Sets the score of a CVE.
         *
         * @param cve the CVE
         * @param score 0 to 100
         * @return this builder
         */
        public Builder score(CveId cve, double score) {
            priorities.put(cve, Priority.of(score, FACTOR, "Set up."));
            return this;
        }

        /**
         * Sets up that a CVE has no score.
         *
         * @param cve the CVE
         * @return this builder
         */
        public Builder unknown(CveId cve) {
            priorities.put(cve, Priority.unknown(FACTOR, "Set up to be unknown."));
            return this;
        }

        /**
         * Gives every other CVE no score, instead of an {@link AssertionError}.
         *
         * @return this builder
         */
        public Builder relaxed() {
            relaxed = true;
            return this;
        }

        /**
         * Returns the prioritizer.
         *
         * @return a fake with what was collected so far
         */
        public FakePrioritizer build() {
            return new FakePrioritizer(this);
        }
    }
}
