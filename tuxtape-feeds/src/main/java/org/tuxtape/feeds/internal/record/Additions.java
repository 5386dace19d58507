package org.tuxtape.feeds.internal.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Ssvc;
import tools.jackson.databind.JsonNode;

/** What others than the CNA add to a record about its exploitation. Their word on versions is not read at all. */
final class Additions {
    private static final String CISA = "134c704f-9b21-4f2e-91b3-4a467353bcc0";

    private Additions() {}

    /** CISA's findings, the newest if there are several; a remark where they are not understood. */
    static Optional<Ssvc> ssvc(RecordJson json, BiConsumer<String, Supplier<Excerpt>> remark) {
        Optional<Ssvc> newest = Optional.empty();
        for (JsonNode container : containers(json)) {
            if (container.path("providerMetadata").path("orgId").stringValue("").equals(CISA)) {
                for (JsonNode metric : RecordJson.elements(container.path("metrics"))) {
                    JsonNode other = metric.path("other");
                    if (other.path("type").stringValue("").equals("ssvc")) {
                        Optional<Ssvc> read = ssvc(other.path("content"));
                        if (read.isEmpty()) {
                            remark.accept("Its SSVC findings are not understood.", () -> json.excerpt("\"ssvc\""));
                        }
                        newest = newer(newest, read);
                    }
                }
            }
        }
        return newest;
    }

    private static Optional<Ssvc> newer(Optional<Ssvc> held, Optional<Ssvc> next) {
        if (held.isEmpty() || next.isEmpty()) {
            return held.or(() -> next);
        }
        Instant before = held.get().decided().orElse(Instant.MIN);
        return next.get().decided().orElse(Instant.MIN).isBefore(before) ? held : next;
    }

    private static Optional<Ssvc> ssvc(JsonNode content) {
        try {
            return Optional.of(new Ssvc(
                    Ssvc.Exploitation.valueOf(option(content, "Exploitation")),
                    automatable(option(content, "Automatable")),
                    Ssvc.TechnicalImpact.valueOf(option(content, "Technical Impact")),
                    content.path("role").stringValue("CISA"),
                    instant(content.path("timestamp").stringValue(""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean automatable(String word) {
        return switch (word) {
            case "YES" -> true;
            case "NO" -> false;
            default -> throw new IllegalArgumentException("Neither yes nor no.");
        };
    }

    /** Options are a list of objects with one name each. */
    private static String option(JsonNode content, String name) {
        return RecordJson.elements(content.path("options")).stream()
                .map(option -> option.path(name).stringValue(""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("")
                .toUpperCase(Locale.ROOT);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The links that anybody marked as exploits, the CNA or another. */
    static List<String> exploits(RecordJson json) {
        List<JsonNode> parts = new ArrayList<>(List.of(json.at("containers", "cna")));
        parts.addAll(containers(json));
        Set<String> links = new LinkedHashSet<>();
        for (JsonNode part : parts) {
            for (JsonNode reference : RecordJson.elements(part.path("references"))) {
                String url = reference.path("url").stringValue("");
                boolean marked = RecordJson.elements(reference.path("tags")).stream()
                        .anyMatch(tag -> tag.stringValue("").equals("exploit"));
                if (marked && !url.isBlank()) {
                    links.add(url);
                }
            }
        }
        return List.copyOf(links);
    }

    private static List<JsonNode> containers(RecordJson json) {
        return RecordJson.elements(json.at("containers", "adp"));
    }
}
