package org.tuxtape.examples;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.Fact;
import org.tuxtape.core.triage.Applicability;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Target;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.core.triage.VersionClaims;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that is known of one CVE.
 *
 * @param entry what the catalog holds
 * @param claims what each text says of the kernel; empty if none is named
 * @param finding verdict and score for the kernel; empty if none is named or the CVE was rejected
 */
record Explanation(CatalogEntry entry, Optional<VersionClaims> claims, Optional<Finding> finding) {

    static Explanation of(CatalogEntry entry) {
        return new Explanation(entry, Optional.empty(), Optional.empty());
    }

    static Explanation of(CatalogEntry entry, Target kernel, Prioritizer prioritizer, Context context) {
        return new Explanation(
                entry,
                Optional.of(VersionClaims.of(entry, kernel.profile().kernel().version())),
                entry.published().map(cve -> finding(cve, kernel, prioritizer, context)));
    }

    private static Finding finding(Cve cve, Target kernel, Prioritizer prioritizer, Context context) {
        Verdict verdict = Applicability.assess(cve, kernel, context);
        Optional<Priority> priority =
                verdict.status().isOpen() ? Optional.of(prioritizer.priority(cve, verdict)) : Optional.empty();
        return new Finding(cve, verdict, priority);
    }

    String text(Instant now) {
        StringBuilder text = new StringBuilder();
        text.append(entry.id()).append('\n');
        facts(text, "What holds:", entry.facts(), now);
        facts(text, "What was said and does not hold:", entry.superseded(), now);
        claims.filter(found -> !found.claims().isEmpty()).ifPresent(found -> {
            text.append(found.isDisputed() ? "\nThe texts disagree on this kernel:\n" : "\nBy versions:\n");
            found.claims()
                    .forEach(claim -> line(
                            text,
                            "  %s (%s): %s %s",
                            claim.place(),
                            claim.origin(),
                            claim.evidence().decides().map(Object::toString).orElse("undecided"),
                            claim.evidence().reason()));
        });
        rationale(text);
        finding.ifPresent(found -> text.append('\n').append(found.explain()));
        return Console.harmless(text).stripTrailing();
    }

    private void rationale(StringBuilder text) {
        entry.published()
                .flatMap(Cve::cvss)
                .filter(cvss -> !cvss.rationale().isEmpty())
                .ifPresent(cvss -> {
                    text.append("\nWhy it is rated so:\n");
                    cvss.rationale().lines().forEach(each -> line(text, "  %s", each));
                });
    }

    private static void facts(StringBuilder text, String title, List<Fact> facts, Instant now) {
        if (facts.isEmpty()) {
            return;
        }
        text.append('\n').append(title).append('\n');
        Map<String, List<Fact>> bySource = facts.stream()
                .collect(Collectors.groupingBy(fact -> source(fact, now), LinkedHashMap::new, Collectors.toList()));
        bySource.forEach((source, said) -> {
            line(text, "  %s", source);
            said.forEach(fact -> line(text, "    %-8s %s", fact.kind(), fact.text()));
        });
    }

    private static String source(Fact fact, Instant now) {
        return fact.origin() + ", "
                + fact.age(now).map(age -> age.toDays() + " days old").orElse("without a date");
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    String json(Instant now) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode node = mapper.createObjectNode().put("cve", entry.id().toString());
        FactsJson.add(node.putArray("facts"), entry.facts(), now);
        FactsJson.add(node.putArray("superseded"), entry.superseded(), now);
        claims.ifPresent(found -> {
            node.put("disputed", found.isDisputed());
            ArrayNode array = node.putArray("claims");
            found.claims().forEach(claim -> {
                ObjectNode each = array.addObject().put("place", claim.place());
                each.put("source", claim.origin().toString());
                claim.evidence().decides().ifPresent(status -> each.put("decides", status.toString()));
                each.put("reason", claim.evidence().reason());
            });
        });
        entry.published()
                .flatMap(Cve::cvss)
                .filter(cvss -> !cvss.rationale().isEmpty())
                .ifPresent(cvss -> node.put("cvssRationale", cvss.rationale()));
        finding.ifPresent(found -> Json.finding(node.putObject("verdict"), found));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
}
