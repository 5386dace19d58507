package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.kpatch.BuilderOptions.Scripts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BuildCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private SimulatedWorkshop workshop;

    @BeforeEach
    void open() throws IOException {
        workshop = new SimulatedWorkshop(directory);
    }

    @Test
    void aFixIsOneLineWithItsModule() throws IOException {
        String patch = workshop.patch("CVE-2024-26582", "net/tls.c");

        CommandLineRun run = workshop.build("--fix", patch);

        assertThat(run.status()).isZero();
        JsonNode line = only(run);
        assertThat(line.get("kind").asString()).isEqualTo("fix");
        assertThat(line.get("name").asString()).isEqualTo("livepatch_2024_26582");
        assertThat(line.get("cve").asString()).isEqualTo("CVE-2024-26582");
        assertThat(line.get("branch").asString()).isEqualTo("6.1");
        assertThat(line.at("/commits/0").asString()).hasSize(40);
        assertThat(line.at("/patches/0").asString()).isEqualTo(patch);
        assertThat(line.at("/lint/verdict").asString()).isEqualTo("likely");
        assertThat(line.get("outcome").asString()).isEqualTo("built");
        assertThat(line.at("/functions/0/name").asString()).isEqualTo("tls");
        assertThat(line.get("key").asString()).hasSize(64);
        assertThat(line.get("reused").asBoolean()).isFalse();
        assertThat(line.has("seconds")).isTrue();
    }

    @Test
    void severalPatchesOfOneCveAreItsCommitsInOrder() throws IOException {
        String first = workshop.patch("CVE-2024-26582", "net/tls.c");
        Path second = Files.copy(Path.of(first), directory.resolve("another.patch"));

        // The second changes what is changed already: lint would stop it.
        workshop.build("--despite-lint", "--fix", first, "CVE-2024-26582=" + second);

        assertThat(workshop.requests())
                .singleElement()
                .satisfies(
                        request -> assertThat(request.fixes().get(0).commits()).hasSize(2));
    }

    @Test
    void aPatchOfNoKnownCveIsNotGuessedAt() throws IOException {
        Path patch =
                Files.copy(Path.of(workshop.patch("CVE-2024-26582", "net/tls.c")), directory.resolve("some.patch"));

        CommandLineRun run = workshop.build("--fix", patch.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--fix CVE-YYYY-NNNN=FILE");
    }

    @Test
    void aFailureIsNamedWithPlaceAndRemedy() throws IOException {
        String patch = workshop.patch("CVE-2024-26582", "net/tls.c");
        workshop.fails("CVE-2024-26582", "net/tls.c");

        CommandLineRun run = workshop.build("--fix", patch);

        assertThat(run.status()).isEqualTo(1);
        JsonNode line = only(run);
        assertThat(line.get("outcome").asString()).isEqualTo("failed");
        assertThat(line.get("class").asString()).isEqualTo("data_change");
        assertThat(line.get("place").asString()).isEqualTo("net/tls.c:3");
        assertThat(line.get("object").asString()).isEqualTo("vmlinux");
        assertThat(line.get("function").asString()).isEqualTo("tls");
        assertThat(line.get("remedy").asString()).isEqualTo("Keep the size.");
    }

    @Test
    void forPeopleAFailureIsAFewLinesThatDoNotControlTheTerminal() throws IOException {
        String patch = workshop.patch("CVE-2024-26582", "net/tls.c");
        workshop.fails("CVE-2024-26582", "net/tls.c");

        CommandLineRun run = CommandLineRun.in(
                workshop,
                "build",
                "--tree",
                workshop.tree().toString(),
                "--store",
                workshop.store().toString(),
                "--fix",
                patch);

        assertThat(run.lines())
                .containsExactly(
                        "CVE-2024-26582   failed: data change",
                        "  at net/tls.c:3",
                        "  in vmlinux",
                        "  of tls",
                        "  | object size mismatch: ?[31mtable",
                        "  Keep the size.");
    }

    @Test
    void aFixWithoutEffectIsNoFailure() throws IOException {
        String patch = workshop.patch("CVE-2024-26582", "net/tls.c");
        workshop.ends("CVE-2024-26582", new BuildOutcome.NoChange("no functional changes found", BuildReport.none()));

        CommandLineRun run = workshop.build("--fix", patch);

        assertThat(run.status()).isZero();
        assertThat(only(run).get("outcome").asString()).isEqualTo("no_change");
        assertThat(only(run).get("reason").asString()).isEqualTo("no functional changes found");
    }

    @Test
    void whatLintCallsImpossibleIsBuiltOnlyIfAskedFor() throws IOException {
        String patch = workshop.patch("CVE-2024-26582", "lib/sort.c");

        CommandLineRun run = workshop.build("--fix", patch);
        CommandLineRun despite = workshop.build("--fix", patch, "--despite-lint");

        assertThat(run.status()).isEqualTo(1);
        assertThat(only(run).get("outcome").asString()).isEqualTo("not_tried");
        assertThat(only(run).get("reason").asString()).startsWith("LIB_FILE lib/sort.c");
        assertThat(only(despite).at("/lint/verdict").asString()).isEqualTo("impossible");
        assertThat(only(despite).get("outcome").asString()).isEqualTo("built");
    }

    @Test
    void manyFixesInOneModuleAreBuiltWithoutTheBadOne() throws IOException {
        String[] arguments = new String[9];
        arguments[0] = "--cumulative";
        arguments[1] = "--fix";
        for (int i = 0; i < 7; i++) {
            arguments[i + 2] = workshop.patch("CVE-2024-2658" + i, "net/tls" + i + ".c");
        }
        workshop.fails("CVE-2024-26584", "net/tls4.c");

        CommandLineRun run = workshop.build(arguments);

        assertThat(run.status()).isEqualTo(1);
        List<JsonNode> lines = lines(run);
        assertThat(lines).hasSize(8);
        assertThat(lines.get(0).get("outcome").asString()).isEqualTo("included");
        assertThat(lines.get(0).get("effect").asString()).isEqualTo("seen");
        assertThat(lines.get(6).get("cve").asString()).isEqualTo("CVE-2024-26584");
        assertThat(lines.get(6).get("outcome").asString()).isEqualTo("left_out");
        assertThat(lines.get(6).get("class").asString()).isEqualTo("data_change");
        JsonNode module = lines.get(7);
        assertThat(module.get("kind").asString()).isEqualTo("module");
        assertThat(module.get("name").asString()).isEqualTo("livepatch_cumulative");
        assertThat(module.get("outcome").asString()).isEqualTo("built");
        assertThat(module.get("included").asInt()).isEqualTo(6);
        assertThat(module.get("builds").asInt())
                .isEqualTo(workshop.requests().size())
                .isEqualTo(2);
        assertThat(module.get("cves").size()).isEqualTo(6);
        assertThat(module.get("functions").size()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "--depth explain, 2, seen",
        "--depth isolate, 1, unknown",
        "--max-builds 5, 2, seen",
        "--max-builds 1, 1, unknown"
    })
    void aFixOfWhichTheModuleShowsNothingIsBuiltAloneUnlessThatIsLeftOut(String options, int builds, String effect)
            throws IOException {
        String seen = workshop.patch("CVE-2024-26582", "net/tls.c");
        String inlined = workshop.patch("CVE-2024-26583", "net/xfrm.c");
        workshop.inlines("CVE-2024-26583");
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--cumulative", "--fix", seen, inlined));

        CommandLineRun run = workshop.build(arguments.toArray(String[]::new));

        assertThat(run.status()).isZero();
        assertThat(workshop.requests()).hasSize(builds);
        assertThat(lines(run).get(1).get("cve").asString()).isEqualTo("CVE-2024-26583");
        assertThat(lines(run).get(1).get("effect").asString()).isEqualTo(effect);
    }

    @Test
    void ofManyOneThatBuildsUponAnotherIsNotStoppedByLint() throws IOException {
        String first = workshop.patch("CVE-2024-26582", "net/tls.c");
        Path second = directory.resolve("CVE-2024-26583.patch");
        Files.writeString(
                second,
                Files.readString(Path.of(first))
                        .replace("+\treturn 1;", "+\treturn 2;")
                        .replace("-\treturn 0;", "-\treturn 1;"));

        CommandLineRun alone = workshop.build("--fix", second.toString());
        CommandLineRun both = workshop.build("--cumulative", "--fix", first, second.toString());

        assertThat(only(alone).get("outcome").asString()).isEqualTo("not_tried");
        assertThat(both.status()).isZero();
        assertThat(lines(both).get(1).get("outcome").asString()).isEqualTo("included");
    }

    @Test
    void buildsAtOnceAreMadeInClonesOfTheTree() throws IOException {
        String first = workshop.patch("CVE-2024-26582", "net/tls.c");
        String second = workshop.patch("CVE-2024-26583", "net/xfrm.c");

        CommandLineRun run = workshop.build("--parallel", "2", "--fix", first, second);

        assertThat(run.status()).isZero();
        assertThat(lines(run))
                .extracting(line -> line.get("outcome").asString())
                .containsExactly("built", "built");
        assertThat(workshop.trees()).hasSize(2).doesNotHaveDuplicates().doesNotContain(workshop.tree());
    }

    @Test
    void theOptionsReachTheBuilder() throws IOException {
        workshop.build(
                "--fix",
                workshop.patch("CVE-2024-26582", "net/tls.c"),
                "--jobs",
                "3",
                "--timeout",
                "30m",
                "--wrapper",
                "nice -n 5",
                "--target",
                "vmlinux",
                "--kpatch-build",
                "/opt/kpatch-build",
                "--vmlinux",
                "/opt/vmlinux",
                "--scratch",
                directory.resolve("work").toString(),
                "--allow-build-scripts",
                "--no-replace",
                "--name",
                "mine");

        assertThat(workshop.options())
                .matches(options -> options.jobs() == 3)
                .matches(options -> options.timeout().equals(Duration.ofMinutes(30)))
                .matches(options -> options.wrapper().equals(List.of("nice", "-n", "5")))
                .matches(options -> options.targets().equals(List.of("vmlinux")))
                .matches(options -> options.program().equals(Optional.of(Path.of("/opt/kpatch-build"))))
                .matches(options -> options.vmlinux().equals(Optional.of(Path.of("/opt/vmlinux"))))
                .matches(options -> options.scripts() == Scripts.ALLOW)
                .matches(options -> Files.isDirectory(options.scratch()));
        assertThat(workshop.requests().get(0).replacement()).isEqualTo(Replacement.STACK);
        assertThat(workshop.requests().get(0).name()).hasToString("mine");
    }

    @Test
    void aPatchThatIsNotThereIsOneSentence() {
        CommandLineRun run = workshop.build("--fix", "CVE-2024-26582/none.patch");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("tuxtape: The patch ")
                .endsWith("could not be read: there is no such file.");
    }

    @Test
    void aDirectoryThatIsNoTreeIsOneSentence() throws IOException {
        CommandLineRun run = CommandLineRun.in(
                workshop,
                "build",
                "--tree",
                "/nowhere",
                "--store",
                "s",
                "--fix",
                workshop.patch("CVE-2024-26582", "a.c"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith("tuxtape: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--cve CVE-2024-26582",
                "--cve nothing --fixes x --records y",
                "--fix CVE-2024-26582=x CVE-2024-26583=y --name z",
                "--fix CVE-2024-26582=x --tool gcc",
                "--fix CVE-2024-26582=x --name a.b",
                "--fix CVE-2024-26582=x --jobs 0",
                "--fix CVE-2024-26582=x --cumulative --parallel 2",
                "--fix CVE-2024-26582=x --parallel 0",
                "--fix CVE-2024-26582=x --cumulative --max-builds 0",
                "--fix CVE-2024-26582=x --cumulative --depth deep",
                "--fix CVE-2024-26582=x --max-builds 5",
                "--fix CVE-2024-26582=x --depth isolate",
                "--fix CVE-2024-26582=x --depth explain",
                "--fix CVE-2024-26582=x --timeout long"
            })
    void aCallThatIsNotUnderstoodSaysWhatWasMeant(String call) throws IOException {
        Files.createFile(directory.resolve("x"));
        Files.createFile(directory.resolve("y"));
        String here = call.replace("=x", "=" + directory.resolve("x")).replace("=y", "=" + directory.resolve("y"));

        CommandLineRun run = workshop.build(here.isEmpty() ? new String[0] : here.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: tuxtape build").doesNotContain("\tat ");
    }

    private static JsonNode only(CommandLineRun run) {
        assertThat(lines(run)).hasSize(1);
        return lines(run).get(0);
    }

    private static List<JsonNode> lines(CommandLineRun run) {
        return run.lines().stream().map(JSON::readTree).toList();
    }
}
