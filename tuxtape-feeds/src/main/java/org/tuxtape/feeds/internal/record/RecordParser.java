package org.tuxtape.feeds.internal.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.kernel.SourcePath;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the files of one CVE. Only what the CNA itself says counts; what ADPs add is left alone. */
public final class RecordParser {
    /** The kernel CNA, as its own tree and as cve.org names it. */
    private static final Set<String> KERNEL_CNA =
            Set.of("f4215fc3-5b6b-47ff-a258-f7189bd81038", "416baaa9-dc9f-4396-8d5f-8c081fb06d67");

    private static final String OPENING = "In the Linux kernel, the following vulnerability has been resolved:";

    /** Newest first; a record of the kernel CNA has one. */
    private static final List<String> CVSS = List.of("cvssV4_0", "cvssV3_1", "cvssV3_0");

    private static final String[] AFFECTED = {"containers", "cna", "affected"};

    private final RecordJson json;
    private final CveId id;
    private final List<Remark> remarks = new ArrayList<>();

    private RecordParser(RecordJson json, CveId id) {
        this.json = json;
        this.id = id;
    }

    /** Reads the files of a CVE. */
    public static RecordReading parse(RecordFiles files) {
        try {
            if (files.json().isTooLarge()) {
                throw new UnreadableRecord("Its record is larger than is read.", Optional.empty());
            }
            RecordJson json = RecordJson.parse(files.json().bytes());
            RecordParser parser = new RecordParser(json, id(json, files.id()));
            return parser.parse(files.dyad(), files.isRejected());
        } catch (UnreadableRecord e) {
            return e.reading();
        }
    }

    private static CveId id(RecordJson json, CveId expected) throws UnreadableRecord {
        String text = json.text("cveMetadata", "cveId");
        String old = json.text("cveMetadata", "cveID");
        String written = text.isEmpty() ? old : text;
        if (CveId.tryParse(written).filter(expected::equals).isEmpty()) {
            String reason = written.isEmpty() ? "It names no CVE." : "It is named for another CVE than its file.";
            throw new UnreadableRecord(reason, Optional.of(json.excerpt(written.isEmpty() ? "cveMetadata" : written)));
        }
        return expected;
    }

    private RecordReading parse(Optional<Content> dyad, boolean rejectedByPlace) throws UnreadableRecord {
        if (!isOfKernel()) {
            throw new UnreadableRecord("It is no record of the Linux kernel.", Optional.empty());
        }
        String state = json.text("cveMetadata", "state");
        String title = json.text("containers", "cna", "title");
        if (rejectedByPlace || state.equals("REJECTED")) {
            return new RecordReading.Rejected(id, title, rejectionReason(), date());
        }
        if (!state.isEmpty() && !state.equals("PUBLISHED")) {
            throw new UnreadableRecord(
                    "It is neither published nor rejected.", Optional.of(json.excerpt("\"" + state + "\"")));
        }
        Cve.Builder cve = Cve.builder(id)
                .title(title)
                .description(description())
                .ranges(ranges(dyad))
                .files(files())
                .references(references());
        cvss().ifPresent(cve::cvss);
        return new RecordReading.Published(cve.build(), remarks, date());
    }

    private boolean isOfKernel() {
        return KERNEL_CNA.contains(json.text("cveMetadata", "assignerOrgId"))
                || KERNEL_CNA.contains(json.text("containers", "cna", "providerMetadata", "orgId"))
                || !VersionStatus.kernelProducts(json.at(AFFECTED)).isEmpty();
    }

    private Optional<Instant> date() {
        return json.instant("cveMetadata", "dateUpdated").or(() -> json.instant("cveMetadata", "datePublished"));
    }

    private Optional<String> rejectionReason() {
        return Optional.of(RecordJson.first(json.at("containers", "cna", "rejectedReasons"))
                        .path("value")
                        .stringValue("")
                        .strip())
                .filter(reason -> !reason.isEmpty())
                .filter(reason ->
                        !reason.startsWith("This CVE ID has been rejected or withdrawn by its CVE Numbering"));
    }

    private String description() {
        String text = RecordJson.first(json.at("containers", "cna", "descriptions"))
                .path("value")
                .stringValue("");
        String body = text.startsWith(OPENING) ? text.substring(OPENING.length()) : text;
        return body.lines()
                .reduce((above, line) -> above + '\n' + line)
                .orElse("")
                .strip();
    }

    /** The pairs of the .dyad, which name each commit with its version; without it what the record itself says. */
    private List<AffectedRange> ranges(Optional<Content> dyad) {
        Optional<List<AffectedRange>> pairs = dyad.flatMap(this::pairs);
        if (pairs.isPresent()) {
            return pairs.get();
        }
        List<VersionStatus> entries = VersionStatus.ofKernel(json.at(AFFECTED));
        JsonRanges.Result versions = JsonRanges.of(entries);
        for (String text : versions.strange()) {
            remark("What it says about versions is not understood in full.", () -> json.excerpt('"' + text + '"'));
        }
        if (versions.ranges().isEmpty()) {
            remark("It names no versions.", () -> json.excerpt("\"affected\""));
        }
        return CommitPairs.complete(versions, entries);
    }

    /** Empty if the .dyad cannot be relied on, which a remark then says. */
    private Optional<List<AffectedRange>> pairs(Content content) {
        if (content.isTooLarge()) {
            remark("Its .dyad is larger than is read; the versions are those of the record.", () -> new Excerpt(1, ""));
            return Optional.empty();
        }
        Dyad dyad = Dyad.parse(new String(content.bytes(), StandardCharsets.UTF_8));
        dyad.strange()
                .ifPresent(line ->
                        remark("A line of its .dyad is no pair; the versions are those of the record.", () -> line));
        if (dyad.ranges().isEmpty() && dyad.strange().isEmpty()) {
            remark("Its .dyad has no pair; the versions are those of the record.", () -> new Excerpt(1, ""));
        }
        return Optional.of(dyad.ranges())
                .filter(ranges -> !ranges.isEmpty() && dyad.strange().isEmpty());
    }

    private List<SourcePath> files() {
        Set<SourcePath> files = new LinkedHashSet<>();
        for (JsonNode product : VersionStatus.kernelProducts(json.at(AFFECTED))) {
            for (JsonNode file : RecordJson.elements(product.path("programFiles"))) {
                String text = file.stringValue("");
                Optional<SourcePath> path = SourcePath.tryParse(text);
                path.ifPresent(files::add);
                if (path.isEmpty()) {
                    remark("A program file is no path inside a source tree.", () -> json.excerpt("\"programFiles\""));
                }
            }
        }
        return List.copyOf(files);
    }

    private List<String> references() {
        return RecordJson.elements(json.at("containers", "cna", "references")).stream()
                .map(reference -> reference.path("url").stringValue(""))
                .filter(url -> !url.isBlank())
                .toList();
    }

    private Optional<Cvss> cvss() {
        for (String version : CVSS) {
            for (JsonNode metric : RecordJson.elements(json.at("containers", "cna", "metrics"))) {
                Optional<Cvss> cvss = cvss(metric.path(version));
                if (cvss.isPresent()) {
                    return cvss;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Cvss> cvss(JsonNode metric) {
        String vector = metric.path("vectorString").stringValue("");
        if (metric.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode score = metric.path("baseScore");
        try {
            OptionalDouble base = score.isNumber() ? OptionalDouble.of(score.doubleValue()) : OptionalDouble.empty();
            return Optional.of(new Cvss(CvssVector.parse(vector), base));
        } catch (IllegalArgumentException | JacksonException e) {
            remark("Its CVSS is not understood.", () -> json.excerpt(vector.isEmpty() ? "\"metrics\"" : vector));
            return Optional.empty();
        }
    }

    /** Remarks once per reason: a hostile record has as many reasons to remark as it has bytes. */
    private void remark(String reason, Supplier<Excerpt> excerpt) {
        if (remarks.stream().noneMatch(remark -> remark.reason().equals(reason))) {
            remarks.add(new Remark(reason, excerpt.get()));
        }
    }
}
