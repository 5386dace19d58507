package org.tuxtape.core.triage;

import java.util.Comparator;

/**
 * A finding with what puts it in order and what it adds to the figures. Kernels that are alike share it, so both are worked
 * out once.
 *
 * @param score the priority's; below 0 where there is none, so that it stands behind what has one of the same status
 */
record Ranked(Finding finding, VexStatus status, double score, FunnelShare share) implements Comparable<Ranked> {
    /** Most urgent first; among equals the newest. */
    private static final Comparator<Ranked> ORDER = Comparator.comparing(Ranked::status)
            .thenComparingDouble(ranked -> -ranked.score)
            .thenComparing(ranked -> ranked.finding.cve().id(), Comparator.reverseOrder());

    private static final double NO_SCORE = -1;

    static Ranked of(Finding finding) {
        return new Ranked(
                finding,
                finding.verdict().status(),
                finding.priority()
                        .map(priority -> priority.score().orElse(NO_SCORE))
                        .orElse(NO_SCORE),
                FunnelShare.of(finding.verdict()));
    }

    @Override
    public int compareTo(Ranked other) {
        return ORDER.compare(this, other);
    }
}
