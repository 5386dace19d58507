package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.List;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.internal.Progress;

/**
 * The triage of one kernel for itself.
 *
 * @param judge what knows the CVEs
 * @param kernel the kernel
 */
record KernelTriage(Judge judge, Target kernel) {
    private static final int STEP = 256;

    /** Judges every CVE, and tells of it as a task of its own. */
    TriageReport report() {
        String task = "triage " + kernel.profile().kernel().release();
        int total = judge.cves().size() + judge.rejected().size();
        return Progress.of(judge.context(), task, total, "CVEs", progress -> {
            List<Ranked> findings = new ArrayList<>();
            for (Cve cve : judge.cves()) {
                if (findings.size() % STEP == 0) {
                    progress.advance(findings.size());
                }
                findings.add(judge.find(cve, Applicability.assess(cve, kernel, judge.context())));
            }
            progress.advance(total);
            return judge.report(kernel, findings, List.of());
        });
    }
}
