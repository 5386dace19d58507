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

    boolean isAskedFor(CveId id) {
        return cve.map(id::equals).orElse(true);
    }

    List<Finding> of(TriageReport report) {
        if (cve.isPresent()) {
            return report.find(cve.get()).stream().toList();
        }
        return settled ? report.findings() : report.open();
    }
}
