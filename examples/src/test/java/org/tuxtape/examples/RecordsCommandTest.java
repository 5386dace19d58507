package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordsCommandTest {
    static final String CVE = "CVE-2024-57903";

    @TempDir
    Path tree;

    @BeforeEach
    void record() throws IOException {
        write(tree, CVE, "6.12.9");
        write(tree, "CVE-2025-21658", "6.12.10");
    }

    /** A record of cve.org's list: dated, and with CISA's findings. */
    static void write(Path tree, String cve, String fix) throws IOException {
        Files.writeString(tree.resolve(cve + ".json"), """
                {
                  "cveMetadata": {"cveId": "%s", "state": "PUBLISHED", "dateUpdated": "2025-06-01T00:00:00Z"},
                  "containers": {
                    "cna": {
                      "title": "net: look before you leap",
                      "affected": [{"vendor": "Linux", "product": "Linux", "defaultStatus": "affected",
                        "programFiles": ["net/core/sock.c"],
                        "versions": [{"version": "5.4", "status": "affected"},
                          {"version": "0", "lessThan": "5.4", "status": "unaffected", "versionType": "semver"},
                          {"version": "%s", "lessThanOrEqual": "6.12.*", "status": "unaffected",
                           "versionType": "semver"}]}]
                    },
                    "adp": [{"providerMetadata": {"orgId": "134c704f-9b21-4f2e-91b3-4a467353bcc0"},
                      "metrics": [{"other": {"type": "ssvc", "content": {"role": "CISA Coordinator",
                        "timestamp": "2025-05-01T00:00:00Z", "options": [{"Exploitation": "poc"},
                        {"Automatable": "no"}, {"Technical Impact": "total"}]}}}]}]
                  }
                }
                """.formatted(cve, fix));
    }

    @Test
    void eachRecordIsALineWithTheSourceAndAgeOfEachFact() {
        CommandLineRun run = CommandLineRun.of("records", tree.toString());

        assertThat(run.status()).isZero();
        assertThat(run.lines()).hasSize(2);
        JsonNode first = new JsonMapper().readTree(run.lines().get(0));
        assertThat(first.get("cve").asString()).isEqualTo(CVE);
        assertThat(first.get("facts").values())
                .extracting(fact -> fact.get("fact").asString())
                .containsExactly("state", "title", "range", "file", "ssvc");
        assertThat(first.get("facts").values()).allSatisfy(fact -> {
            assertThat(fact.get("source").asString()).contains(CVE + ".json");
            assertThat(fact.get("date").asString()).startsWith("2025-0");
            assertThat(fact.get("ageDays").asLong()).isPositive();
        });
    }

    @Test
    void itGoesOnBehindACursor() {
        List<String> all = CommandLineRun.of("records", tree.toString()).lines();
        String cursor = new JsonMapper().readTree(all.get(0)).get("cursor").asString();

        CommandLineRun rest = CommandLineRun.of("records", tree.toString(), "--after", cursor);

        assertThat(rest.lines()).hasSize(1).first().asString().contains("CVE-2025-21658");
        assertThat(rest.err()).contains("cursor of " + tree + ": cna1:2:");
        assertThat(CommandLineRun.of("records", tree.toString(), tree.toString(), "--after", cursor)
                        .status())
                .isEqualTo(2);
    }

    @Test
    void aCursorThatIsRefusedIsNotGivenBack() {
        CommandLineRun run = CommandLineRun.of("records", tree.toString(), "--after", "nonsense");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("nonsense").doesNotContain("cursor of ");
    }

    @Test
    void aTreeThatIsMissingIsSaidAndTheOthersAreRead() {
        CommandLineRun run = CommandLineRun.of("records", tree.resolve("no").toString(), tree.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("There is no tree");
        assertThat(run.lines()).hasSize(2);
    }
}
