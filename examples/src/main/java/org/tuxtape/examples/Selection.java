package org.tuxtape.examples;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.TriageReport;

/**
 * Which findings a person asked to see.
 *
 * @param cve only this one, if present
 * @param settled whether verdicts that nobody has to act on are listed too
 */
record Selection(Optional<CveId> cve, boolean settled) {

    /** A CVE that was asked for is shown whatever its verdict is. */
    boolean showsSettled() {
        return settled || cve.isPresent();
    }

    List<Finding> of(TriageReport report) {
        TriageReport narrowed = narrow(report);
        return showsSettled() ? narrowed.findings() : narrowed.open();
    }

    /** Leaves out the verdicts on other CVEs; the figures stay those of all. */
    TriageReport narrow(TriageReport report) {
        return new TriageReport(
                report.kernel(),
                report.provenance(),
                report.funnel(),
                report.findings().stream()
                        .filter(finding -> isAskedFor(finding.cve().id()))
                        .toList(),
                report.rejected().stream().filter(this::isAskedFor).toList(),
                report.unreadable(),
                report.faults());
    }

    private boolean isAskedFor(CveId id) {
        return cve.map(id::equals).orElse(true);
    }
}
