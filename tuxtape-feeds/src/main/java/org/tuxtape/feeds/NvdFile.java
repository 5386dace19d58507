package org.tuxtape.feeds;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.exploit.NvdRecords;
import org.tuxtape.feeds.internal.feed.FeedFile;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the National Vulnerability Database says, plain or with gzip: a response of its API 2.0, a feed file of the
 * same form, a file of a mirror with its {@code cve_items}, or the record of one CVE alone.
 *
 * @see <a href="https://nvd.nist.gov/developers/vulnerabilities">NVD CVE API 2.0</a>
 * @since 0.1
 */
public final class NvdFile {
    private static final List<String> METRICS = List.of("cvssMetricV40", "cvssMetricV31", "cvssMetricV30");

    private final Map<CveId, NvdRecords.Entry> entries = new HashMap<>();
    private final List<Remark> remarks = new ArrayList<>();

    private NvdFile() {}

    /**
     * Reads a file. Ratings by CVSS 2 are passed over, and of CVEs that are there twice the last record counts.
     *
     * @param file the file
     * @return what it says; a record or rating that is not understood is a remark
     * @throws SourceException if the file cannot be read or is no such file
     */
    public static Feed<NvdRecords> read(Path file) {
        FeedFile feed = FeedFile.of(file);
        return feed.readJson(root -> new NvdFile().read(feed, root));
    }

    private Feed<NvdRecords> read(FeedFile feed, JsonNode root) {
        if (root.path("vulnerabilities").isArray()) {
            root.path("vulnerabilities").values().forEach(item -> take(item.path("cve")));
        } else if (root.path("cve_items").isArray()) {
            root.path("cve_items").values().forEach(this::take);
        } else if (root.has("id") && root.has("vulnStatus")) {
            take(root);
        } else {
            throw feed.fault(Fault.WRONG_KIND, "holds no records of the National Vulnerability Database");
        }
        return new Feed<>(new NvdRecords(instant(root.path("timestamp")), entries), remarks);
    }

    private void take(JsonNode cve) {
        String text = cve.path("id").stringValue("");
        Optional<CveId> id = CveId.tryParse(text);
        if (id.isEmpty()) {
            remark("A record has no CVE id.", text);
            return;
        }
        entries.put(
                id.get(),
                new NvdRecords.Entry(
                        cve.path("vulnStatus").stringValue(""),
                        instant(cve.path("lastModified")),
                        ratings(id.get(), cve.path("metrics")),
                        exploits(cve)));
    }

    private List<NvdRecords.Rating> ratings(CveId id, JsonNode metrics) {
        List<NvdRecords.Rating> ratings = new ArrayList<>();
        for (String version : METRICS) {
            for (JsonNode metric : metrics.path(version).values()) {
                JsonNode data = metric.path("cvssData");
                String vector = data.path("vectorString").stringValue("");
                try {
                    JsonNode score = data.path("baseScore");
                    ratings.add(new NvdRecords.Rating(
                            new Cvss(
                                    CvssVector.parse(vector),
                                    score.isNumber() ? OptionalDouble.of(score.doubleValue()) : OptionalDouble.empty()),
                            metric.path("source").stringValue(""),
                            metric.path("type").stringValue("").equals("Primary")));
                } catch (IllegalArgumentException e) {
                    remark("A rating of " + id + " is not understood.", vector);
                }
            }
        }
        return ratings;
    }

    private static List<String> exploits(JsonNode cve) {
        return cve.path("references").values().stream()
                .filter(reference -> reference.path("tags").values().stream()
                        .anyMatch(tag -> tag.stringValue("").equals("Exploit")))
                .map(reference -> reference.path("url").stringValue(""))
                .filter(url -> !url.isBlank())
                .distinct()
                .toList();
    }

    private void remark(String reason, String text) {
        if (remarks.size() < Feed.MOST_REMARKS) {
            remarks.add(new Remark(reason, new Excerpt(1, text)));
        }
    }

    /** Times have no zone and are in UTC. */
    private static Optional<Instant> instant(JsonNode node) {
        String text = node.stringValue("");
        try {
            return Optional.of(Instant.parse(text.endsWith("Z") ? text : text + 'Z'));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
