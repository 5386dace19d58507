package org.tuxtape.core.triage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.kernel.KernelBuild;

/**
 * The triage of all CVEs of a catalog for one kernel.
 *
 * @param kernel the kernel
 * @param provenance what its profile was made from
 * @param funnel the figures
 * @param findings one per CVE that holds, most urgent first: open verdicts by falling score, then the settled ones
 * @param rejected the CVEs that were withdrawn, by id
 * @param unreadable the messages that nobody understood: a CVE may be missing above for that reason
 * @param faults the sources that could not be read to their end: CVEs may be missing above for that reason
 * @since 0.1
 */
public record TriageReport(
        KernelBuild kernel,
        String provenance,
        Funnel funnel,
        List<Finding> findings,
        List<CveId> rejected,
        List<CveEvent.Unreadable> unreadable,
        List<SourceException> faults) {

    /** Copies the lists. */
    public TriageReport {
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(funnel, "funnel");
        findings = List.copyOf(findings);
        rejected = List.copyOf(rejected);
        unreadable = List.copyOf(unreadable);
        faults = List.copyOf(faults);
    }

    /**
     * Returns what somebody has to act on or to look at.
     *
     * @return the findings whose status is {@linkplain VexStatus#isOpen() open}, most urgent first
     */
    public List<Finding> open() {
        return findings.stream()
                .filter(finding -> finding.verdict().status().isOpen())
                .toList();
    }

    /**
     * Returns the CVEs that this kernel has.
     *
     * @return the findings whose status is {@link VexStatus#AFFECTED}, most urgent first
     */
    public List<Finding> affected() {
        return findings.stream()
                .filter(finding -> finding.verdict().status() == VexStatus.AFFECTED)
                .toList();
    }

    /**
     * Tells what each rung of the ladder added.
     *
     * @return one step per rung that was climbed for any CVE, lowest first
     */
    public List<LadderStep> ladder() {
        return LadderStep.of(findings);
    }

    /**
     * Looks one CVE up.
     *
     * @param id its identifier
     * @return the finding, or empty if the CVE is not known or was rejected
     */
    public Optional<Finding> find(CveId id) {
        return findings.stream()
                .filter(finding -> finding.cve().id().equals(id))
                .findFirst();
    }
}
