package org.tuxtape.feeds.vex;

import java.util.Locale;
import java.util.Map;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.core.triage.VexJustification;
import org.tuxtape.core.triage.VexStatus;
import org.tuxtape.feeds.cvss.CvssRating;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A triage as CycloneDX 1.6, a bill of materials of one component, the kernel, with an analysis of each CVE.
 *
 * <p>CycloneDX has words of its own: affected is {@code exploitable}, fixed is {@code resolved}, under investigation is
 * {@code in_triage}, and what was withdrawn is {@code false_positive}.
 *
 * @see <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>
 * @since 0.1
 */
public final class CycloneDxVex {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final Map<VexStatus, String> STATES = Map.of(
            VexStatus.AFFECTED, "exploitable",
            VexStatus.UNDER_INVESTIGATION, "in_triage",
            VexStatus.FIXED, "resolved",
            VexStatus.NOT_AFFECTED, "not_affected");

    private static final Map<VexJustification, String> JUSTIFICATIONS = Map.of(
            VexJustification.COMPONENT_NOT_PRESENT, "code_not_present",
            VexJustification.VULNERABLE_CODE_NOT_PRESENT, "code_not_present",
            VexJustification.VULNERABLE_CODE_NOT_IN_EXECUTE_PATH, "code_not_reachable",
            VexJustification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY, "requires_environment",
            VexJustification.INLINE_MITIGATIONS_ALREADY_EXIST, "protected_by_mitigating_control");

    private CycloneDxVex() {}

    /**
     * Writes a document.
     *
     * @param report the triage of one kernel
     * @param document who says it, when, of which product, and how much
     * @return JSON; equal arguments give equal text
     */
    public static String of(TriageReport report, VexDocument document) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
        ObjectNode metadata = root.putObject("metadata");
        metadata.put("timestamp", document.issued().toString());
        metadata.putArray("authors").addObject().put("name", document.author());
        metadata.putObject("component")
                .put("type", "operating-system")
                .put("bom-ref", document.product())
                .put("name", "linux")
                .put("version", report.kernel().release().text())
                .put("purl", document.product());
        ArrayNode vulnerabilities = root.putArray("vulnerabilities");
        for (Finding finding : VexStatements.of(report, document)) {
            ObjectNode vulnerability =
                    vulnerability(vulnerabilities, finding.cve().id());
            describe(vulnerability, finding.cve());
            analyse(vulnerability, finding, document, report);
            affects(vulnerability, document);
        }
        if (document.withRejected()) {
            for (CveId id : report.rejected()) {
                ObjectNode vulnerability = vulnerability(vulnerabilities, id);
                dated(vulnerability.putObject("analysis"), document)
                        .put("state", "false_positive")
                        .put("detail", VexStatements.REJECTED);
                affects(vulnerability, document);
            }
        }
        root.put("serialNumber", VexStatements.id(root));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode vulnerability(ArrayNode vulnerabilities, CveId id) {
        ObjectNode vulnerability = vulnerabilities.addObject();
        vulnerability.put("id", id.toString());
        vulnerability
                .putObject("source")
                .put("name", "CVE Program")
                .put("url", "https://www.cve.org/CVERecord?id=" + id);
        return vulnerability;
    }

    private static void describe(ObjectNode vulnerability, Cve cve) {
        cve.cvss().ifPresent(cvss -> rate(vulnerability.putArray("ratings").addObject(), cvss));
        if (!cve.title().isEmpty()) {
            vulnerability.put("description", cve.title());
        }
    }

    private static void rate(ObjectNode rating, Cvss cvss) {
        cvss.baseScore().ifPresent(score -> rating.put("score", score));
        CvssRating.tryOf(cvss.vector())
                .ifPresent(computed ->
                        rating.put("severity", computed.severity().name().toLowerCase(Locale.ROOT)));
        String method = switch (cvss.vector().version()) {
            case "3.0" -> "CVSSv3";
            case "3.1" -> "CVSSv31";
            case "4.0" -> "CVSSv4";
            default -> "other";
        };
        rating.put("method", method).put("vector", cvss.vector().text());
    }

    private static void analyse(ObjectNode vulnerability, Finding finding, VexDocument document, TriageReport report) {
        Verdict verdict = finding.verdict();
        ObjectNode analysis = dated(vulnerability.putObject("analysis"), document);
        analysis.put("state", STATES.get(verdict.status()));
        verdict.justification().ifPresent(why -> analysis.put("justification", JUSTIFICATIONS.get(why)));
        analysis.put("detail", VexStatements.evidence(verdict));
        if (verdict.status() == VexStatus.AFFECTED) {
            vulnerability.put(
                    "recommendation",
                    VexStatements.action(finding, report.kernel().version()));
        }
    }

    private static ObjectNode dated(ObjectNode analysis, VexDocument document) {
        return analysis.put("lastUpdated", document.issued().toString());
    }

    private static void affects(ObjectNode vulnerability, VexDocument document) {
        vulnerability.putArray("affects").addObject().put("ref", document.product());
    }
}
