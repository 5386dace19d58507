package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What one rung adds to the verdicts on all CVEs that hold. All figures are counts of CVEs.
 *
 * @param rung the rung
 * @param climbed those for which it was climbed
 * @param decided of these, those that it decides
 * @param affected those of all that are affected by what this rung and the lower ones say
 * @param undecided those of all that neither this rung nor a lower one decides
 * @since 0.1
 */
public record LadderStep(Rung rung, int climbed, int decided, int affected, int undecided) {

    /** Rejects {@code null}. */
    public LadderStep {
        Objects.requireNonNull(rung, "rung");
    }

    /**
     * Counts for each rung that was climbed for any CVE.
     *
     * @param findings what was found about each CVE
     * @return one step per such rung, lowest first
     */
    public static List<LadderStep> of(Collection<Finding> findings) {
        List<LadderStep> steps = new ArrayList<>();
        for (Rung rung : Rung.values()) {
            LadderStep step = of(rung, findings);
            if (step.climbed > 0) {
                steps.add(step);
            }
        }
        return List.copyOf(steps);
    }

    private static LadderStep of(Rung rung, Collection<Finding> findings) {
        int climbed = 0;
        int decided = 0;
        int affected = 0;
        int undecided = 0;
        for (Finding finding : findings) {
            List<Evidence> upTo = finding.verdict().evidence().stream()
                    .filter(evidence -> evidence.rung().compareTo(rung) <= 0)
                    .toList();
            for (Evidence evidence : upTo) {
                climbed += evidence.rung() == rung ? 1 : 0;
                decided += evidence.rung() == rung && evidence.decides().isPresent() ? 1 : 0;
            }
            VexStatus status = Verdict.of(upTo).status();
            affected += status == VexStatus.AFFECTED ? 1 : 0;
            undecided += status == VexStatus.UNDER_INVESTIGATION ? 1 : 0;
        }
        return new LadderStep(rung, climbed, decided, affected, undecided);
    }
}
