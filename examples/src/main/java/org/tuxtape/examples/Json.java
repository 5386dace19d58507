package org.tuxtape.examples;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Fact;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Funnel;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.TriageReport;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results as JSON. What is unknown is absent, never null. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    private Json() {}

    static String line(CveEvent event) {
        return MAPPER.writeValueAsString(element(event));
    }

    /** As {@link #line(CveEvent)}, with the source and age of each fact. */
    static String line(CveEvent event, Instant now) {
        ObjectNode node = element(event);
        FactsJson.add(node.putArray("facts"), Fact.of(event), now);
        return MAPPER.writeValueAsString(node);
    }

    private static ObjectNode element(CveEvent event) {
        ObjectNode node = MAPPER.createObjectNode();
        if (event instanceof CveEvent.Published published) {
            published(node, published);
        } else if (event instanceof CveEvent.Rejected rejected) {
            node.put("cve", rejected.id().toString()).put("kind", "rejected").put("title", rejected.title());
            rejected.reason().ifPresent(reason -> node.put("reason", reason));
        } else if (event instanceof CveEvent.Unreadable unreadable) {
            unreadable.id().ifPresent(id -> node.put("cve", id.toString()));
            node.put("kind", "unreadable").put("reason", unreadable.reason());
            unreadable.excerpt().ifPresent(excerpt -> excerpt(node, excerpt));
        }
        event.origin().messageId().ifPresent(id -> node.put("messageId", id));
        event.origin().date().ifPresent(date -> node.put("date", date.toString()));
        if (!event.origin().authenticity().equals(Authenticity.UNCHECKED)) {
            node.put("authenticity", event.origin().authenticity().toString());
        }
        node.put("origin", event.origin().toString())
                .put("cursor", event.cursor().text());
        return node;
    }

    private static void published(ObjectNode node, CveEvent.Published published) {
        Cve cve = published.cve();
        node.put("cve", cve.id().toString()).put("kind", "published").put("title", cve.title());
        ArrayNode pairs = node.putArray("pairs");
        cve.ranges().forEach(range -> pair(pairs.addObject(), range));
        strings(node.putArray("files"), cve.files());
        cve.cvss().ifPresent(cvss -> {
            node.put("cvss", cvss.vector().text());
            cvss.baseScore().ifPresent(score -> node.put("cvssScore", score));
        });
        if (!published.remarks().isEmpty()) {
            ArrayNode remarks = node.putArray("remarks");
            published.remarks().forEach(remark -> {
                ObjectNode each = remarks.addObject().put("reason", remark.reason());
                excerpt(each, remark.excerpt());
            });
        }
    }

    private static void pair(ObjectNode node, AffectedRange range) {
        change(node, "introduced", range.introduced());
        change(node, "fixed", range.fixed());
    }

    private static void change(ObjectNode node, String name, Optional<Change> change) {
        change.flatMap(Change::version).ifPresent(version -> node.put(name, version.toString()));
        change.flatMap(Change::commit).ifPresent(commit -> node.put(name + "Commit", commit.text()));
    }

    private static void excerpt(ObjectNode node, Excerpt excerpt) {
        node.put("line", excerpt.text()).put("lineNumber", excerpt.line());
    }

    static String of(TriageReport report, Selection selection) {
        ObjectNode node = MAPPER.createObjectNode();
        kernel(node.putObject("kernel"), report.kernel(), report.provenance());
        funnel(node.putObject("funnel"), report.funnel());
        ArrayNode ladder = node.putArray("ladder");
        report.ladder()
                .forEach(step -> ladder.addObject()
                        .put("rung", step.rung().toString())
                        .put("climbed", step.climbed())
                        .put("decided", step.decided())
                        .put("affected", step.affected())
                        .put("undecided", step.undecided()));
        ArrayNode cves = node.putArray("cves");
        selection.of(report).forEach(finding -> finding(cves.addObject(), finding));
        strings(node.putArray("rejected"), selection.narrow(report).rejected());
        ArrayNode unreadable = node.putArray("unreadable");
        report.unreadable().forEach(message -> {
            ObjectNode each = unreadable.addObject().put("reason", message.reason());
            message.id().ifPresent(id -> each.put("cve", id.toString()));
            each.put("origin", message.origin().toString());
            message.excerpt().ifPresent(excerpt -> excerpt(each, excerpt));
        });
        ArrayNode faults = node.putArray("faults");
        report.faults()
                .forEach(fault -> faults.addObject()
                        .put("source", fault.source().text())
                        .put("fault", fault.fault().name())
                        .put("message", fault.getMessage()));
        return PRETTY.writeValueAsString(node);
    }

    private static void kernel(ObjectNode node, KernelBuild kernel, String provenance) {
        node.put("release", kernel.release().text())
                .put("version", kernel.version().toString());
        kernel.architecture().ifPresent(architecture -> node.put("architecture", architecture));
        kernel.compiler().ifPresent(compiler -> node.put("compiler", compiler));
        kernel.configDigest().ifPresent(digest -> node.put("configSha256", digest));
        node.put("profile", provenance);
    }

    private static void funnel(ObjectNode node, Funnel funnel) {
        node.put("messages", funnel.messages())
                .put("unreadable", funnel.unreadable())
                .put("rejected", funnel.rejected())
                .put("cves", funnel.cves())
                .put("affectedByVersion", funnel.affectedByVersion())
                .put("undecidedByVersion", funnel.undecidedByVersion())
                .put("compiledIn", funnel.compiledIn())
                .put("headerOnly", funnel.headerOnly())
                .put("notCompiled", funnel.notCompiled())
                .put("unknownFiles", funnel.unknownFiles());
        ObjectNode objects = node.putObject("perObject");
        funnel.perObject().forEach((object, count) -> objects.put(object.name(), count));
    }

    static void finding(ObjectNode node, Finding finding) {
        node.put("cve", finding.cve().id().toString())
                .put("title", finding.cve().title())
                .put("status", finding.verdict().status().toString());
        finding.verdict().justification().ifPresent(why -> node.put("justification", why.toString()));
        node.put("weak", finding.verdict().isWeak());
        ArrayNode evidence = node.putArray("evidence");
        finding.verdict().evidence().forEach(found -> EvidenceJson.put(evidence.addObject(), found));
        finding.priority().ifPresent(priority -> priority(node.putObject("priority"), priority));
    }

    private static void priority(ObjectNode node, Priority priority) {
        priority.score().ifPresent(score -> node.put("score", score));
        priority.band().ifPresent(band -> node.put("band", band.toString()));
        ArrayNode reasons = node.putArray("reasons");
        priority.reasons().forEach(reason -> {
            ObjectNode each = reasons.addObject().put("factor", reason.factor());
            reason.points().ifPresent(points -> each.put("points", points));
            each.put("text", reason.text());
        });
    }

    private static void strings(ArrayNode array, Collection<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }
}
