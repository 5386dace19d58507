package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TriageCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void withoutOptionsTheSampleIsTriaged() {
        CommandLineRun run = CommandLineRun.of("triage");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .contains(
                        "      9 messages, 1 of them unreadable",
                        "      6 CVEs, and 1 rejected",
                        "      4 affected by version, and 0 undecided",
                        "      3 of these compiled in",
                        "              2 vmlinux",
                        "              1 fs/btrfs/btrfs",
                        "      1 of these not compiled");
    }

    @Test
    void theMostUrgentStandsFirstWithItsReasons() {
        String out = CommandLineRun.of("triage").out();

        assertThat(out.indexOf("CVE-2024-57903:")).isPositive().isLessThan(out.indexOf("CVE-2025-21658:"));
        assertThat(out).contains("net/core/sock.c is compiled into vmlinux.", "Built into the kernel image.");
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2024-57903, affected,",
        "CVE-2025-21658, affected,",
        "CVE-2025-22120, affected,",
        "CVE-2024-57806, fixed,",
        "CVE-2024-57919, not_affected, vulnerable_code_not_present",
        "CVE-2025-37904, not_affected, vulnerable_code_not_present"
    })
    void everyVerdictIsExplainedOnRequest(String cve, String status, String justification) {
        JsonNode found = json("--cve", cve).get("cves").get(0);

        assertThat(found.get("cve").asString()).isEqualTo(cve);
        assertThat(found.get("status").asString()).isEqualTo(status);
        assertThat(found.path("justification").asString("")).isEqualTo(justification == null ? "" : justification);
        assertThat(found.get("evidence"))
                .isNotEmpty()
                .allSatisfy(evidence ->
                        assertThat(evidence.get("reason").asString()).isNotBlank());
    }

    @Test
    void settledVerdictsAreListedOnRequest() {
        assertThat(json().get("cves")).hasSize(3);
        assertThat(json("--all").get("cves")).hasSize(6);
    }

    @Test
    void theJsonNamesTheKernelAndTheFunnel() {
        JsonNode report = json();

        assertThat(report.at("/kernel/version").asString()).isEqualTo("6.12.8");
        assertThat(report.at("/kernel/configSha256").asString()).hasSize(64);
        assertThat(report.at("/funnel/perObject/vmlinux").asInt()).isEqualTo(2);
        assertThat(report.at("/rejected/0").asString()).isEqualTo("CVE-2025-37942");
        assertThat(report.at("/unreadable/0/reason").asString()).isNotBlank();
        assertThat(report.at("/cves/0/priority/score").asDouble()).isBetween(1.0, 100.0);
        assertThat(report.at("/cves/0/priority/reasons")).isNotEmpty();
    }

    @Test
    void aVersionAloneLetsOnlyTheVersionsSpeak() {
        JsonNode report =
                json("--kernel", "6.12.9", "--archive", Sample.archive().toString());

        assertThat(report.at("/kernel/version").asString()).isEqualTo("6.12.9");
        assertThat(report.at("/funnel/affectedByVersion").asInt()).isEqualTo(3);
        assertThat(report.at("/funnel/unknownFiles").asInt()).isEqualTo(3);
    }

    @Test
    void aVersionBesideATreeOverridesTheTrees() {
        JsonNode report =
                json("--kernel", "6.12.9", "--build-tree", Sample.buildTree().toString());

        assertThat(report.at("/kernel/release").asString()).isEqualTo("6.12.8");
        assertThat(report.at("/kernel/version").asString()).isEqualTo("6.12.9");
        assertThat(report.at("/funnel/compiledIn").asInt()).isEqualTo(2);
    }

    @Test
    void anArchiveIsNotJudgedAgainstTheSamplesKernel() {
        CommandLineRun run =
                CommandLineRun.of("triage", "--archive", Sample.archive().toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("tuxtape: Beside --archive and --records a kernel is needed");
    }

    @Test
    void whereTheSamplesAnnouncementsServeThatIsSaid() {
        assertThat(CommandLineRun.of("triage", "--kernel", "6.12.8").err()).contains("bundled sample");
    }

    @Test
    void whereNothingCouldBeReadThereIsNoReportButOneSentence() {
        CommandLineRun run = CommandLineRun.of("triage", "--kernel", "6.12.8", "--archive", "missing.mbox");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains("There is no archive", "missing.mbox");
    }

    @Test
    void whereOneOfTwoCouldBeReadItIsReportedAndTheOtherIsNamed() {
        CommandLineRun run = CommandLineRun.of(
                "triage",
                "--kernel",
                "6.12.8",
                "--archive",
                "missing.mbox",
                Sample.archive().toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("9 messages");
        assertThat(run.err()).contains("missing.mbox");
    }

    @Test
    void whatTheRecordsSayHoldsOverTheArchives(@TempDir Path vulns) throws IOException {
        Path rejected = Files.createDirectories(vulns.resolve("cve/rejected/2024"));
        Files.writeString(rejected.resolve("CVE-2024-57903.json"), """
                {
                  "containers": {"cna": {"title": "taken back"}},
                  "cveMetadata": {
                    "assignerOrgId": "f4215fc3-5b6b-47ff-a258-f7189bd81038",
                    "cveId": "CVE-2024-57903",
                    "state": "PUBLISHED"
                  },
                  "dataType": "CVE_RECORD",
                  "dataVersion": "5.1.1"
                }
                """);

        JsonNode report =
                json("--kernel", "6.12.8", "--archive", Sample.archive().toString(), "--records", vulns.toString());

        assertThat(report.at("/rejected")).extracting(JsonNode::asString).contains("CVE-2024-57903");
        assertThat(report.get("cves"))
                .extracting(cve -> cve.get("cve").asString())
                .doesNotContain("CVE-2024-57903");
    }

    @Test
    void whatIsExploitedRises(@TempDir Path feeds) throws IOException {
        Path kev = Files.writeString(feeds.resolve("kev.json"), """
                {"dateReleased": "2026-08-07T16:45:47Z",
                 "vulnerabilities": [{"cveID": "CVE-2025-21658", "dateAdded": "2025-06-01"}]}
                """);
        Path epss = Files.writeString(feeds.resolve("epss.csv"), "cve,epss,percentile\nCVE-2025-21658,0.2,0.95\n");

        String out = CommandLineRun.of("triage", "--kev", kev.toString(), "--epss", epss.toString())
                .out();

        assertThat(out.indexOf("CVE-2025-21658:")).isPositive().isLessThan(out.indexOf("CVE-2024-57903:"));
        assertThat(out).contains("Listed as exploited since 2025-06-01.", "EPSS 0.200");
    }

    @Test
    void aFeedThatIsNoneIsNamed(@TempDir Path feeds) {
        CommandLineRun run =
                CommandLineRun.of("triage", "--kev", feeds.resolve("none.json").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("There is no file").contains("none.json");
    }

    @Test
    void anUnreadableMessageAboutTheCveIsSaid() {
        assertThat(CommandLineRun.of("triage", "--cve", "CVE-2024-57919").out()).contains("unreadable: ");
    }

    @Test
    void aRejectedCveIsSaidToBeRejected() {
        assertThat(CommandLineRun.of("triage", "--cve", "CVE-2025-37942").out()).contains("CVE-2025-37942: rejected");
    }

    @ParameterizedTest
    @CsvSource({
        "openvex, CVE-2025-21658, affected",
        "openvex, CVE-2024-57806, fixed",
        "openvex, CVE-2025-37942, not_affected",
        "cyclonedx, CVE-2025-21658, exploitable",
        "cyclonedx, CVE-2024-57806, resolved",
        "cyclonedx, CVE-2025-37942, false_positive"
    })
    void aVexDocumentIsOfTheCveThatWasAskedForWhateverItsVerdict(String format, String cve, String status) {
        JsonNode document = JSON.readTree(
                CommandLineRun.of("triage", "--format", format, "--cve", cve).out());

        boolean open = format.equals("openvex");
        JsonNode statements = document.get(open ? "statements" : "vulnerabilities");
        assertThat(statements).hasSize(1);
        assertThat(statements.at(open ? "/0/vulnerability/name" : "/0/id").asString())
                .isEqualTo(cve);
        assertThat(statements.at(open ? "/0/status" : "/0/analysis/state").asString())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"openvex, statements", "cyclonedx, vulnerabilities"})
    void aVexDocumentOfAllHoldsWhatIsOpen(String format, String list) {
        assertThat(JSON.readTree(CommandLineRun.of("triage", "--format", format).out())
                        .get(list))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "openvex", "cyclonedx"})
    void aCveThatNobodyKnowsIsNotTakenForOneThatTheKernelDoesNotHave(String format) {
        CommandLineRun run = CommandLineRun.of("triage", "--cve", "CVE-2099-12345", "--format", format);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isNotBlank();
        assertThat(run.err())
                .isEqualToIgnoringNewLines("tuxtape: No readable message or record is about CVE-2099-12345.");
    }

    @Test
    void aRejectedCveIsKnown() {
        assertThat(CommandLineRun.of("triage", "--cve", "CVE-2025-37942").status())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"--kernel, six", "--cve, 2024-1", "--format, xml", "--unknown, x"})
    void aCallThatIsNotUnderstoodSaysWhatWasMeant(String option, String value) {
        CommandLineRun run = CommandLineRun.of("triage", option, value);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(option).contains("Usage:");
    }

    private static JsonNode json(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "triage";
        arguments[1] = "--format";
        arguments[2] = "json";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return JSON.readTree(CommandLineRun.of(arguments).out());
    }
}
