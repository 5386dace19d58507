package org.tuxtape.feeds.vex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.vulnerability.Vulnerability;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.feeds.CnaTree;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.RecordText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A triage as VEX")
class VexTest {
    private static final Instant NOW = Instant.parse("2026-08-21T12:00:00Z");
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.6.3"));
    private static final String AFFECTED = "CVE-2024-20001";
    private static final String FIXED = "CVE-2024-20002";
    private static final String NOT_AFFECTED = "CVE-2024-20003";
    private static final String UNDECIDED = "CVE-2024-20004";
    private static final String REJECTED = "CVE-2024-20005";

    @TempDir
    Path directory;

    private TriageReport report;
    private final VexDocument document = VexDocument.of("Ada", NOW, KERNEL);

    @BeforeEach
    void triage() {
        Map<String, String> files = new LinkedHashMap<>();
        put(files, "published", RecordText.usual(AFFECTED), AFFECTED);
        files.put("cve/published/2024/" + AFFECTED + ".cvss", RecordText.RATING_FILE);
        put(files, "published", RecordText.of(FIXED).introduced("5.4").fixed("6.6.2", "6.6.*"), FIXED);
        put(files, "published", RecordText.of(NOT_AFFECTED).introduced("6.8").fixed("6.9", "*"), NOT_AFFECTED);
        put(files, "published", RecordText.of(UNDECIDED), UNDECIDED);
        put(files, "rejected", RecordText.usual(REJECTED), REJECTED);
        Path tree = Packing.DIRECTORY.write(directory.resolve("tree"), files);
        report = Triage.of(CveCatalog.of(CnaTree.of(tree))).against(BuildProfile.unknown(KERNEL));
    }

    private static void put(Map<String, String> files, String state, RecordText record, String id) {
        files.put("cve/" + state + "/2024/" + id + ".json", record.toString());
    }

    @Test
    @DisplayName("of OpenVEX says status, justification, evidence and what to do")
    void ofOpenVex() {
        JsonNode root = new JsonMapper().readTree(OpenVex.of(report, document.withRejectedOnes()));

        assertThat(root.path("@context").asString()).isEqualTo("https://openvex.dev/ns/v0.2.0");
        assertThat(root.path("@id").asString()).startsWith("urn:uuid:");
        assertThat(root.path("author").asString()).isEqualTo("Ada");
        assertThat(root.path("timestamp").asString()).isEqualTo("2026-08-21T12:00:00Z");
        assertThat(statements(root))
                .containsExactlyInAnyOrder(
                        AFFECTED + " affected - null",
                        FIXED + " fixed - null",
                        NOT_AFFECTED + " not_affected vulnerable_code_not_present evidence",
                        UNDECIDED + " under_investigation - null",
                        REJECTED + " not_affected - evidence");
        JsonNode affected = statement(root, AFFECTED);
        assertThat(affected.path("status_notes").asString()).contains("Introduced in 6.1");
        assertThat(affected.path("action_statement").asString()).contains("6.6.7");
        assertThat(affected.path("products").get(0).path("@id").asString()).isEqualTo("pkg:generic/linux@6.6.3");
        assertThat(affected.path("timestamp").asString()).isEqualTo("2026-08-21T12:00:00Z");
    }

    private static List<String> statements(JsonNode root) {
        List<String> all = new ArrayList<>();
        for (JsonNode statement : root.path("statements").values()) {
            all.add(statement.path("vulnerability").path("name").asString() + " "
                    + statement.path("status").asString() + " "
                    + statement.path("justification").asString("-") + " "
                    + (statement.has("impact_statement") ? "evidence" : "null"));
        }
        return all;
    }

    private static JsonNode statement(JsonNode root, String cve) {
        return root.path("statements").values().stream()
                .filter(statement ->
                        statement.path("vulnerability").path("name").asString().equals(cve))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("of CycloneDX is valid for its own validator, and read back by it")
    void ofCycloneDx() throws Exception {
        String text = CycloneDxVex.of(report, document.withRejectedOnes());

        assertValid(text);
        Bom bom = new JsonParser().parse(text.getBytes(StandardCharsets.UTF_8));
        assertThat(bom.getMetadata().getComponent().getPurl()).isEqualTo("pkg:generic/linux@6.6.3");
        assertThat(bom.getVulnerabilities())
                .extracting(vulnerability -> vulnerability.getId() + " "
                        + vulnerability.getAnalysis().getState() + " "
                        + vulnerability.getAnalysis().getJustification())
                .containsExactlyInAnyOrder(
                        AFFECTED + " EXPLOITABLE null",
                        FIXED + " RESOLVED null",
                        NOT_AFFECTED + " NOT_AFFECTED CODE_NOT_PRESENT",
                        UNDECIDED + " IN_TRIAGE null",
                        REJECTED + " FALSE_POSITIVE null");
        Vulnerability affected = bom.getVulnerabilities().stream()
                .filter(each -> each.getId().equals(AFFECTED))
                .findFirst()
                .orElseThrow();
        assertThat(affected.getRatings().get(0).getScore()).isEqualTo(7.8);
        assertThat(affected.getRatings().get(0).getVector()).isEqualTo(RecordText.VECTOR);
        assertThat(affected.getAnalysis().getDetail()).contains("Introduced in 6.1");
        assertThat(affected.getRecommendation()).contains("6.6.7");
        assertThat(affected.getAffects().get(0).getRef()).isEqualTo("pkg:generic/linux@6.6.3");
    }

    @Test
    @DisplayName("leaves out what nobody has to look at, if asked to")
    void leavesOut() throws IOException {
        String open = CycloneDxVex.of(report, document.openOnly());

        assertValid(open);
        assertThat(open).contains(AFFECTED, UNDECIDED).doesNotContain(FIXED, NOT_AFFECTED, REJECTED);
        assertThat(CycloneDxVex.of(report, document)).contains(FIXED).doesNotContain(REJECTED);
        assertThat(statements(new JsonMapper().readTree(OpenVex.of(report, document.openOnly()))))
                .hasSize(2);
    }

    @Test
    @DisplayName("has an id that follows from what it says")
    void hasAnId() {
        assertThat(OpenVex.of(report, document)).isEqualTo(OpenVex.of(report, document));
        assertThat(id(document)).isNotEqualTo(id(document.openOnly()));
    }

    private String id(VexDocument other) {
        return new JsonMapper().readTree(OpenVex.of(report, other)).path("@id").asString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:deb/debian/linux@6.1.140-1?arch=source",
                "pkg:rpm/acme/kernel@6.1.140-2.el9",
                "pkg:generic/linux@6.1.140%2B"
            })
    @DisplayName("names the product by any package URL")
    void namesTheProduct(String purl) throws IOException {
        assertValid(CycloneDxVex.of(report, document.about(purl)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "pkg:linux", "pkg:generic/linux 6.1", "http://example.org/linux@1"})
    @DisplayName("refuses a product that is none")
    void refusesAProduct(String purl) {
        assertThatIllegalArgumentException().isThrownBy(() -> document.about(purl));
    }

    private static void assertValid(String text) throws IOException {
        assertThat(new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isEmpty();
    }
}
