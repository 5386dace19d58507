package org.tuxtape.feeds.internal.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.RangeClaim;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.feeds.cvss.CvssRating;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the files of one CVE. What it is and which versions have it only the CNA itself says; of what ADPs add only what
 * is about its exploitation is taken.
 */
public final class RecordParser {
    /** The kernel CNA, as its own tree and as cve.org names it. */
    private static final Set<String> KERNEL_CNA =
            Set.of("f4215fc3-5b6b-47ff-a258-f7189bd81038", "416baaa9-dc9f-4396-8d5f-8c081fb06d67");

    private static final String OPENING = "In the Linux kernel, the following vulnerability has been resolved:";

    /** Newest first; a record of the kernel CNA has one. */
    private static final List<String> CVSS = List.of("cvssV4_0", "cvssV3_1", "cvssV3_0");

    /** What the list has where somebody gave none. */
    private static final String NO_RATIONALE = "GENERAL";

    /** Scores have one decimal. */
    private static final double SMALLEST_DIFFERENCE = 0.05;

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
            return parser.read(files);
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

    private RecordReading read(RecordFiles given) throws UnreadableRecord {
        if (!isOfKernel()) {
            throw new UnreadableRecord("It is no record of the Linux kernel.", Optional.empty());
        }
        String state = json.text("cveMetadata", "state");
        String title = json.text("containers", "cna", "title");
        if (given.isRejected() || state.equals("REJECTED")) {
            return new RecordReading.Rejected(id, title, rejectionReason(), date());
        }
        if (!state.isEmpty() && !state.equals("PUBLISHED")) {
            throw new UnreadableRecord(
                    "It is neither published nor rejected.", Optional.of(json.excerpt("\"" + state + "\"")));
        }
        Optional<Dyad> pairs = given.dyad().flatMap(this::pairs);
        Cve.Builder cve = Cve.builder(id)
                .title(title)
                .description(description())
                .ranges(pairs.map(Dyad::ranges).orElseGet(this::ranges))
                .claims(pairs.map(this::claims).orElse(List.of()))
                .files(files())
                .references(references())
                .exploits(Additions.exploits(json));
        cvss(given.cvss()).ifPresent(cve::cvss);
        Additions.ssvc(json, this::remark).ifPresent(cve::ssvc);
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

    /** What the record itself says, where there are no pairs, which name each commit with its version. */
    private List<AffectedRange> ranges() {
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
    private Optional<Dyad> pairs(Content content) {
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
        return Optional.of(dyad)
                .filter(sound -> !sound.ranges().isEmpty() && sound.strange().isEmpty());
    }

    /** What the JSON says of versions, where it differs from pairs that hold. */
    private List<RangeClaim> claims(Dyad pairs) {
        List<AffectedRange> versions =
                JsonRanges.of(VersionStatus.ofKernel(json.at(AFFECTED))).ranges();
        return versions.isEmpty() || Ends.of(pairs.ranges()).equals(Ends.of(versions))
                ? List.of()
                : List.of(new RangeClaim("the versions in its JSON", versions));
    }

    /** Which versions bring a bug in and which take it out, in whatever pairs. */
    private record Ends(Set<Optional<KernelVersion>> introduced, Set<KernelVersion> fixed) {
        static Ends of(List<AffectedRange> ranges) {
            Set<Optional<KernelVersion>> introduced = new HashSet<>();
            Set<KernelVersion> fixed = new HashSet<>();
            for (AffectedRange range : ranges) {
                introduced.add(range.introduced().flatMap(Change::version));
                range.fixed().flatMap(Change::version).ifPresent(fixed::add);
            }
            return new Ends(introduced, fixed);
        }
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

    private Optional<Cvss> cvss(Optional<Content> file) {
        Optional<Cvss> rating = ratingOfRecord();
        if (file.filter(Content::isTooLarge).isPresent()) {
            remark("Its .cvss is larger than is read.", () -> new Excerpt(1, ""));
            return rating;
        }
        Optional<RatingFile> beside =
                file.map(content -> RatingFile.parse(new String(content.bytes(), StandardCharsets.UTF_8)));
        if (beside.isEmpty()) {
            return rating;
        }
        Optional<CvssVector> vector = beside.get().vector();
        if (vector.isEmpty()) {
            remark("The vector in its .cvss is not understood.", beside.get()::first);
            return rating;
        }
        if (rating.filter(said -> !said.vector().equals(vector.get())).isPresent()) {
            remark("Its .cvss has another vector than its record.", beside.get()::first);
            return rating;
        }
        return Optional.of(rating.orElseGet(() -> CvssRating.of(vector.get()).asGiven())
                .because(beside.get().rationale()));
    }

    private Optional<Cvss> ratingOfRecord() {
        for (String version : CVSS) {
            for (JsonNode metric : RecordJson.elements(json.at("containers", "cna", "metrics"))) {
                Optional<Cvss> cvss = rating(metric.path(version));
                if (cvss.isPresent()) {
                    return cvss.map(rating -> rating.because(rationale(metric)));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Cvss> rating(JsonNode metric) {
        String text = metric.path("vectorString").stringValue("");
        if (metric.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode score = metric.path("baseScore");
        try {
            CvssVector vector = CvssVector.parse(text);
            CvssRating computed = CvssRating.of(vector);
            OptionalDouble base = score.isNumber() ? OptionalDouble.of(score.doubleValue()) : OptionalDouble.empty();
            Cvss cvss = new Cvss(vector, base);
            if (base.isPresent() && Math.abs(base.getAsDouble() - computed.baseScore()) >= SMALLEST_DIFFERENCE) {
                remark("Its CVSS base score is not the one of its vector.", () -> json.excerpt(text));
            }
            return Optional.of(cvss);
        } catch (IllegalArgumentException | JacksonException e) {
            remark("Its CVSS is not understood.", () -> json.excerpt(text.isEmpty() ? "\"metrics\"" : text));
            return Optional.empty();
        }
    }

    private static String rationale(JsonNode metric) {
        return RecordJson.elements(metric.path("scenarios")).stream()
                .map(scenario -> scenario.path("value").stringValue(""))
                .filter(text -> !text.isBlank() && !text.equals(NO_RATIONALE))
                .collect(Collectors.joining("\n"));
    }

    /** Remarks once per reason: a hostile record has as many reasons to remark as it has bytes. */
    private void remark(String reason, Supplier<Excerpt> excerpt) {
        if (remarks.stream().noneMatch(remark -> remark.reason().equals(reason))) {
            remarks.add(new Remark(reason, excerpt.get()));
        }
    }
}
