package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kernels that are looked into deeper, and more than one of them. */
class TriageKernelsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String BEFORE = "int f(int *p)\n{\n\tint a;\n\n\ta = *p;\n\treturn a;\n}\n";
    private static final String AFTER =
            "int f(int *p)\n{\n\tint a;\n\n\tif (!p)\n\t\treturn 0;\n\ta = *p;\n\treturn a;\n}\n";

    @TempDir
    Path directory;

    private Path source = Path.of("");

    @BeforeEach
    void write() throws IOException {
        source = Files.createDirectories(directory.resolve("linux"));
        Files.writeString(source.resolve("Makefile"), "VERSION = 6\n");
        Files.createDirectories(source.resolve("lib"));
        Files.writeString(
                Files.createDirectories(directory.resolve("fixes")).resolve("1.patch"), """
                From %s Mon Sep 17 00:00:00 2001
                From: A <a@example.org>
                Subject: [PATCH] lib: check

                ---
                --- a/lib/a.c
                +++ b/lib/a.c
                @@ -2,6 +2,8 @@ int f(int *p)
                 {
                 \tint a;
                \s
                +\tif (!p)
                +\t\treturn 0;
                 \ta = *p;
                 \treturn a;
                 }
                """.formatted(COMMIT));
        Path published = Files.createDirectories(directory.resolve("vulns/cve/published/2024"));
        Files.writeString(published.resolve("CVE-2024-0001.json"), """
                {"containers": {"cna": {
                   "title": "lib: check",
                   "affected": [
                     {"product": "Linux", "vendor": "Linux", "defaultStatus": "unaffected", "programFiles": ["lib/a.c"],
                      "versions": [{"version": "1da177e4c3f41524e886b7f1b8a0c1fc7321cac2", "lessThan": "%s",
                                    "status": "affected", "versionType": "git"}]},
                     {"product": "Linux", "vendor": "Linux", "defaultStatus": "affected", "programFiles": ["lib/a.c"],
                      "versions": [{"version": "6.1.10", "lessThanOrEqual": "6.1.*", "status": "unaffected",
                                    "versionType": "semver"}]}]}},
                 "cveMetadata": {"assignerOrgId": "f4215fc3-5b6b-47ff-a258-f7189bd81038", "cveId": "CVE-2024-0001",
                                 "state": "PUBLISHED"},
                 "dataType": "CVE_RECORD", "dataVersion": "5.1.1"}
                """.formatted(COMMIT));
        Files.writeString(
                published.resolve("CVE-2024-0001.dyad"),
                "# dyad version: 1.2.0\n5.0:1da177e4c3f41524e886b7f1b8a0c1fc7321cac2:6.1.10:" + COMMIT + "\n");
    }

    @ParameterizedTest
    @CsvSource({"6.1.5, true, fixed", "6.1.5, false, affected", "6.1.20, true, fixed", "6.1.20, false, affected"})
    void theSourceTellsWhetherAFixIsThereWhateverTheVersionSays(String version, boolean fixed, String status)
            throws IOException {
        Files.writeString(source.resolve("lib/a.c"), fixed ? AFTER : BEFORE);

        CommandLineRun run = triage("--kernel", version, "--source", source.toString(), "--all", "--format", "json");

        JsonNode report = JSON.readTree(run.out());
        JsonNode found = report.at("/cves/0");
        assertThat(found.get("status").asString()).as(run.out()).isEqualTo(status);
        assertThat(found.get("evidence"))
                .extracting(evidence -> evidence.get("rung").asString())
                .containsExactly("version", "files", "function", "source");
        assertThat(found.at("/evidence/3/hunks").get("lib/a.c, hunk 1").asString())
                .isEqualTo(fixed ? "after" : "before");
        assertThat(report.at("/ladder/3/decided").asInt()).isEqualTo(1);
    }

    @Test
    void theTextSaysWhatEachRungAdds() throws IOException {
        Files.writeString(source.resolve("lib/a.c"), AFTER);

        assertThat(triage("--kernel", "6.1.5", "--source", source.toString()).lines())
                .contains(
                        "rung        looked  decided affected undecided",
                        "source           1        1        0         0");
    }

    @Test
    void aFileThatMovedIsFoundInTheSource() throws IOException {
        Files.createDirectories(source.resolve("old"));
        Files.writeString(source.resolve("old/a.c"), BEFORE);

        JsonNode report = JSON.readTree(triage("--kernel", "6.1.5", "--source", source.toString(), "--format", "json")
                .out());

        assertThat(report.at("/cves/0/evidence/1/moved/0/found/0").asString()).isEqualTo("old/a.c");
        assertThat(report.at("/cves/0/status").asString()).isEqualTo("affected");
    }

    @Test
    void severalKernelsGetAReportEach() {
        String tree = Sample.buildTree().toString();

        CommandLineRun text = CommandLineRun.of("triage", "--build-tree", tree, tree);
        CommandLineRun json =
                CommandLineRun.of("triage", "--build-tree", tree, "--build-tree", tree, "--format", "json");

        assertThat(text.status()).isZero();
        assertThat(text.lines()).filteredOn(line -> line.startsWith("Kernel ")).hasSize(2);
        List<String> releases = new ArrayList<>();
        JSON.readerFor(JsonNode.class)
                .<JsonNode>readValues(json.out())
                .forEachRemaining(
                        report -> releases.add(report.at("/kernel/release").asString()));
        assertThat(releases).containsExactly("6.12.8", "6.12.8");
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() {
        String tree = Sample.buildTree().toString();

        assertThat(CommandLineRun.of("triage", "--build-tree", tree, tree, "--format", "openvex")
                        .status())
                .isEqualTo(2);

        assertThat(CommandLineRun.of("triage", "--build-tree", tree, tree, "--kernel", "6.1")
                        .err())
                .startsWith("tuxtape: --kernel and --source are of one kernel");
        assertThat(CommandLineRun.of("triage", "--profile", tree, "--source", tree)
                        .err())
                .startsWith("tuxtape: Without --fixes SOURCE there is nothing to look for");
        CommandLineRun none =
                triage("--kernel", "6.1", "--source", directory.resolve("none").toString());
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("There is no source of a kernel in ");
    }

    private CommandLineRun triage(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "triage",
                "--records",
                directory.resolve("vulns").toString(),
                "--fixes",
                directory.resolve("fixes").toString()));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(new String[0]));
    }
}
