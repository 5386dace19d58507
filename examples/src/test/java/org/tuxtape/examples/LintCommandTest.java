package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    @Test
    void everyFixIsALineAndOneThatIsImpossibleIsTold() throws IOException {
        SimulatedWorkshop workshop = new SimulatedWorkshop(directory);
        String likely = workshop.patch("CVE-2024-26582", "net/tls.c");
        String impossible = workshop.patch("CVE-2024-26583", "lib/sort.c");
        Path garbled = Files.writeString(directory.resolve("garbled"), "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n");

        CommandLineRun run = lint(workshop, likely, impossible, garbled.toString());

        assertThat(run.status()).isEqualTo(1);
        List<JsonNode> lines = run.lines().stream().map(JSON::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.get("verdict").asString())
                .containsExactly("likely", "impossible", "unreadable");
        assertThat(lines.get(0).get("cve").asString()).isEqualTo("CVE-2024-26582");
        JsonNode finding = lines.get(1).at("/findings/0");
        assertThat(finding.get("code").asString()).isEqualTo("lib_file");
        assertThat(finding.get("place").asString()).startsWith("lib/sort.c");
        assertThat(finding.has("why")).isTrue();
        assertThat(finding.has("remedy")).isTrue();
        assertThat(lines.get(2).has("cve")).isFalse();
        assertThat(lines.get(2).has("reason")).isTrue();
    }

    @Test
    void whatIsLikelyIsFine() throws IOException {
        SimulatedWorkshop workshop = new SimulatedWorkshop(directory);

        CommandLineRun run = CommandLineRun.in(
                workshop, "lint", "--tree", workshop.tree().toString(), workshop.patch("CVE-2024-26582", "net/tls.c"));

        assertThat(run.status()).isZero();
        assertThat(run.lines()).singleElement().asString().endsWith("0001.patch: likely");
    }

    private static CommandLineRun lint(SimulatedWorkshop workshop, String... patches) {
        String[] all = new String[patches.length + 5];
        System.arraycopy(
                new String[] {
                    "lint", "--format", "json", "--tree", workshop.tree().toString()
                },
                0,
                all,
                0,
                5);
        System.arraycopy(patches, 0, all, 5, patches.length);
        return CommandLineRun.in(workshop, all);
    }
}
