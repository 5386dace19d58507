package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
    private static final String CVE = RecordsCommandTest.CVE;

    @TempDir
    Path tree;

    @BeforeEach
    void record() throws IOException {
        RecordsCommandTest.write(tree, CVE, "6.12.9");
    }

    @Test
    void everyFactStandsWithItsOriginAndAge() {
        CommandLineRun run = explain();

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith(CVE + "\n\nWhat holds:\n")
                .contains(
                        "    ssvc     exploitation poc, automatable no, technical impact total, by CISA Coordinator",
                        CVE + ".json, ",
                        " days old",
                        "What was said and does not hold:",
                        "announcements.mbox: message ")
                .doesNotContain("priority");
    }

    @Test
    void aKernelGetsVerdictAndScoreAndWhatTheTextsSay() {
        assertThat(explain("--kernel", "6.12.5").out())
                .contains(
                        "By versions:",
                        "its record (",
                        "its announcement (",
                        "  affected\n",
                        "  version  Introduced in",
                        "ssvc: CISA Coordinator of 2025-05-01: exploitation poc",
                        "fix: Fixed on this branch in 6.12.9, 4 releases ahead.");
    }

    @Test
    void textsThatDisagreeAreShown() throws IOException {
        RecordsCommandTest.write(tree, CVE, "6.12.3");

        assertThat(explain("--kernel", "6.12.5").out())
                .contains("The texts disagree on this kernel:", ": fixed Fixed in", ": affected Introduced in");
    }

    @Test
    void theSameIsThereAsJson() {
        JsonNode json = new JsonMapper()
                .readTree(explain("--kernel", "6.12.5", "--format", "json").out());

        assertThat(json.get("cve").asString()).isEqualTo(CVE);
        assertThat(json.get("facts")).isNotEmpty();
        assertThat(json.get("superseded")).isNotEmpty();
        assertThat(json.get("disputed").asBoolean()).isFalse();
        assertThat(json.get("claims")).hasSize(2);
        assertThat(json.get("verdict").get("status").asString()).isEqualTo("affected");
        assertThat(json.get("verdict").get("priority").get("band").asString()).isNotEmpty();
    }

    @Test
    void whatNobodyKnowsIsSaid() {
        CommandLineRun run = CommandLineRun.of("explain", "CVE-1999-0001", "--records", tree.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("No readable message or record is about CVE-1999-0001.");
        assertThat(CommandLineRun.of("explain", CVE).status()).isEqualTo(2);
    }

    private CommandLineRun explain(String... more) {
        String[] fixed = {"explain", CVE, "--archive", Sample.archive().toString(), "--records", tree.toString()};
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return CommandLineRun.of(all);
    }
}
