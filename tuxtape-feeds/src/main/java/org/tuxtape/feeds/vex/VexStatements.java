package org.tuxtape.feeds.vex;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.core.triage.Verdict;
import tools.jackson.databind.JsonNode;

/** What both formats say in the same words. */
final class VexStatements {
    static final String REJECTED = "The CVE was rejected by its CNA: it is no vulnerability.";

    private VexStatements() {}

    static List<Finding> of(TriageReport report, VexDocument document) {
        return document.withSettled() ? report.findings() : report.open();
    }

    /** The evidence, rung by rung. */
    static String evidence(Verdict verdict) {
        String doubt = verdict.isWeak() ? "Weak: " : "";
        return doubt
                + verdict.evidence().stream()
                        .map(Evidence::reason)
                        .collect(Collectors.joining(" "))
                        .strip();
    }

    /** What to do about a CVE that the kernel has. */
    static String action(Finding finding, KernelVersion kernel) {
        Optional<Change> here = finding.cve().ranges().stream()
                .flatMap(range -> range.fixed().stream())
                .filter(fix -> fix.version()
                        .filter(version -> version.isOnBranchOf(kernel) && version.compareTo(kernel) > 0)
                        .isPresent())
                .findFirst();
        return here.map(fix -> "Update to the release that has the fix, or apply it: " + fix + ".")
                .orElse("This branch has no fix; back-port one, or leave the branch.");
    }

    /** An id that follows from what the document says. */
    static String id(JsonNode document) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(document.toString().getBytes(StandardCharsets.UTF_8));
    }
}
