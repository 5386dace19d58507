package org.tuxtape.examples;

import java.time.Instant;
import java.util.List;
import org.tuxtape.core.cve.Fact;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Facts as JSON: what, who said it, as of when, and how many days ago that was. */
final class FactsJson {
    private FactsJson() {}

    static void add(ArrayNode array, List<Fact> facts, Instant now) {
        for (Fact fact : facts) {
            ObjectNode node = array.addObject()
                    .put("fact", fact.kind().toString())
                    .put("text", fact.text())
                    .put("source", fact.origin().toString());
            fact.date().ifPresent(date -> node.put("date", date.toString()));
            fact.age(now).ifPresent(age -> node.put("ageDays", age.toDays()));
        }
    }
}
