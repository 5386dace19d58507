package org.tuxtape.feeds;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.exploit.KnownExploited;
import org.tuxtape.feeds.internal.feed.FeedFile;
import tools.jackson.databind.JsonNode;

/**
 * Reads CISA's catalog of known exploited vulnerabilities as it is published: JSON, plain or with gzip.
 *
 * @see <a href="https://www.cisa.gov/known-exploited-vulnerabilities-catalog">Known Exploited Vulnerabilities Catalog</a>
 * @since 0.1
 */
public final class KevFile {
    private KevFile() {}

    /**
     * Reads the catalog.
     *
     * @param file the file
     * @return the catalog; an entry that is not understood is a remark
     * @throws SourceException if the file cannot be read or is no such file
     */
    public static Feed<KnownExploited> read(Path file) {
        FeedFile feed = FeedFile.of(file);
        return feed.readJson(root -> read(feed, root));
    }

    private static Feed<KnownExploited> read(FeedFile feed, JsonNode root) {
        JsonNode vulnerabilities = root.path("vulnerabilities");
        Optional<Instant> released = instant(root.path("dateReleased").stringValue(""));
        if (!vulnerabilities.isArray() || released.isEmpty()) {
            throw feed.fault(Fault.WRONG_KIND, "is no catalog of known exploited vulnerabilities");
        }
        Map<CveId, KnownExploited.Entry> entries = new HashMap<>();
        List<Remark> remarks = new ArrayList<>();
        int number = 0;
        for (JsonNode vulnerability : vulnerabilities.values()) {
            number++;
            String id = vulnerability.path("cveID").stringValue("");
            Optional<CveId> cve = CveId.tryParse(id);
            Optional<LocalDate> added = day(vulnerability.path("dateAdded").stringValue(""));
            boolean ransomware = vulnerability
                    .path("knownRansomwareCampaignUse")
                    .stringValue("")
                    .equals("Known");
            if (cve.isPresent() && added.isPresent()) {
                entries.put(cve.get(), new KnownExploited.Entry(added.get(), ransomware));
            } else if (remarks.size() < Feed.MOST_REMARKS) {
                remarks.add(new Remark("Entry " + number + " has no CVE id or no date.", new Excerpt(number, id)));
            }
        }
        return new Feed<>(new KnownExploited(released.get(), entries), remarks);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
