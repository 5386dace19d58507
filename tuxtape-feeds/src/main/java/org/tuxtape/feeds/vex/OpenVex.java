package org.tuxtape.feeds.vex;

import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.core.triage.VexStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A triage as OpenVEX 0.2.0. The evidence stands in {@code impact_statement} of what is not affected and in {@code
 * status_notes} of everything else, as the format wants it.
 *
 * @see <a href="https://github.com/openvex/spec">OpenVEX specification</a>
 * @since 0.1
 */
public final class OpenVex {
    private static final JsonMapper MAPPER = new JsonMapper();

    private OpenVex() {}

    /**
     * Writes a document.
     *
     * @param report the triage of one kernel
     * @param document who says it, when, of which product, and how much
     * @return JSON; equal arguments give equal text
     */
    public static String of(TriageReport report, VexDocument document) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("@context", "https://openvex.dev/ns/v0.2.0");
        root.put("@id", "");
        root.put("author", document.author());
        root.put("timestamp", document.issued().toString());
        root.put("version", 1);
        ArrayNode statements = root.putArray("statements");
        for (Finding finding : VexStatements.of(report, document)) {
            ObjectNode statement = statement(statements, finding.cve().id(), document);
            statement(statement, finding, report);
        }
        if (document.withRejected()) {
            for (CveId id : report.rejected()) {
                statement(statements, id, document)
                        .put("status", VexStatus.NOT_AFFECTED.toString())
                        .put("impact_statement", VexStatements.REJECTED);
            }
        }
        root.put("@id", VexStatements.id(root));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode statement(ArrayNode statements, CveId id, VexDocument document) {
        ObjectNode statement = statements.addObject();
        statement
                .putObject("vulnerability")
                .put("@id", "https://www.cve.org/CVERecord?id=" + id)
                .put("name", id.toString());
        statement.put("timestamp", document.issued().toString());
        statement.putArray("products").addObject().put("@id", document.product());
        return statement;
    }

    private static void statement(ObjectNode statement, Finding finding, TriageReport report) {
        Verdict verdict = finding.verdict();
        statement.put("status", verdict.status().toString());
        verdict.justification().ifPresent(why -> statement.put("justification", why.toString()));
        String evidence = VexStatements.evidence(verdict);
        if (!evidence.isEmpty()) {
            statement.put(verdict.status() == VexStatus.NOT_AFFECTED ? "impact_statement" : "status_notes", evidence);
        }
        if (verdict.status() == VexStatus.AFFECTED) {
            statement.put(
                    "action_statement",
                    VexStatements.action(finding, report.kernel().version()));
        }
    }
}
