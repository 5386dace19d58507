package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.examples.build.Workshop;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.testkit.fake.FakePatchBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private SampleTree sample = new SampleTree(Path.of(""));
    private SimulatedMachine machine = new SimulatedMachine(Path.of(""));

    @BeforeEach
    void open() throws IOException {
        sample = SampleTree.in(directory);
        machine = new SimulatedMachine(directory);
    }

    /** Writes modules that the simulated kernel takes, and keeps them as a real builder does. */
    private Workshop workshop() {
        return new Workshop() {
            @Override
            public PatchBuilder builder(
                    LivepatchTool tool, BuildTree tree, ArtefactStore store, BuilderOptions options) {
                return new PatchBuilder() {
                    @Override
                    public BuildKey key(BuildRequest request) {
                        return FakePatchBuilder.builder().build().key(request);
                    }

                    @Override
                    public BuildOutcome build(BuildRequest request, Context context) {
                        return new BuildOutcome.Built(
                                store.put(module(request, key(request)), Optional.empty())
                                        .module(),
                                BuildReport.none());
                    }
                };
            }
        };
    }

    private LivepatchModule module(BuildRequest request, BuildKey key) {
        try {
            LivepatchModule written = machine.write(request.name().text(), request.replacement(), "tcp_v4_rcv");
            Manifest said = written.manifest();
            TreeMap<CveId, Manifest.FixedBy> fixes = new TreeMap<>();
            request.fixes().forEach(fix -> fixes.put(fix.cve(), new Manifest.FixedBy(List.of(), said.objects())));
            return new LivepatchModule(
                    written.file(),
                    new Manifest(
                            said.name(),
                            said.sha256(),
                            said.release(),
                            said.vermagic(),
                            said.builder(),
                            Optional.of(key),
                            said.replacement(),
                            fixes,
                            said.functions()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CommandLineRun run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--archive",
                Sample.archive().toString(),
                "--tree",
                sample.tree().toString(),
                "--fixes",
                sample.patches().toString(),
                "--store",
                sample.store().toString(),
                "--scratch",
                sample.scratch().toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.on(machine.machine(), workshop(), arguments.toArray(String[]::new));
    }

    private static JsonNode cve(CommandLineRun run) {
        for (JsonNode each : JSON.readTree(run.out()).at("/cves")) {
            if (each.get("id").asString().equals(SampleTree.CVE)) {
                return each.at("/kernels/0");
            }
        }
        throw new AssertionError(run.out());
    }

    @Test
    void withoutAReviewNothingIsLoaded() {
        CommandLineRun run = run("--load", "trial", "--format", "json");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(cve(run).get("state").asString()).isEqualTo("awaiting_review");
        assertThat(cve(run).at("/stages/3/stage").asString()).isEqualTo("review");
        assertThat(cve(run).at("/stages/3/passed").asBoolean()).isFalse();
    }

    /** With the machine's own compiler. */
    @Test
    void whatTheCompilerMakesTheSameOfIsToldBeforeItIsBuilt() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "gcc"))),
                "gcc is not installed");
        Files.writeString(sample.tree().resolve("fs/btrfs/scrub.o"), "");
        Path patch = sample.patches().resolve("0001-one-is-better.patch");
        Files.writeString(patch, Files.readString(patch).replace("+\treturn 1;", "+\treturn 1 - 1;"));

        CommandLineRun run = run("--format", "json");

        assertThat(cve(run).get("state").asString()).isEqualTo("no_effect");
        assertThat(cve(run).at("/stages/1/stage").asString()).isEqualTo("screen");
        assertThat(cve(run).at("/stages/2").isMissingNode()).isTrue();
    }

    @Test
    void whoApprovesIsWrittenDownBesideTheModuleAndTheTrialIsTakenOut() throws IOException {
        CommandLineRun run = run("--load", "trial", "--approve-as", "Ada", "--why", "I read it.", "--format", "json");

        assertThat(cve(run).get("state").asString()).isEqualTo("proven");
        assertThat(machine.run("list").lines()).contains("No livepatch is in force.");
        Path module = Path.of(cve(run).at("/stages/2/module/file").asString());
        assertThat(Reviews.parse(Files.readString(Reviews.beside(module))).all())
                .singleElement()
                .extracting("reviewer", "reason")
                .containsExactly("Ada", "I read it.");
    }

    @Test
    void aCumulativePatchIsKept() {
        CommandLineRun run =
                run("--cumulative", "--load", "keep", "--review-policy", "waived", "--who", "Bob", "--why", "a lab");

        assertThat(run.out()).contains("1 patched", "1 of 1 fixes are in.");
        assertThat(machine.run("list").out()).contains("livepatch_cumulative_");
    }

    @Test
    void forPeopleItIsFiguresAndWhatRemains() {
        CommandLineRun run = run("--cve", "CVE-2024-57903");

        assertThat(run.out())
                .startsWith("6.12.8 ")
                .contains("CVE-2024-57903", "no fix", "or: Boot into 6.12.9")
                .contains("not among those that were asked for");
    }

    @Test
    void theReportIsKeptInEachForm() throws IOException {
        Path out = directory.resolve("out");

        CommandLineRun run = run("--out", out.toString(), "--name", "web");

        assertThat(run.out()).startsWith("web ");
        assertThat(Files.readString(out.resolve("report.txt")).strip())
                .isEqualTo(run.out().strip());
        assertThat(Files.readString(out.resolve("index.html"))).contains("CVE-2024-57903", "6.12.8");
        assertThat(JSON.readTree(Files.readString(out.resolve("report.json")))
                        .at("/kernels/0/release")
                        .asString())
                .isEqualTo("6.12.8");
    }

    /** The fault: nobody listens there. The run itself is reported all the same. */
    @Test
    void whoCannotBeToldIsSaid() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        CommandLineRun run = run(
                "--notify", "smtp://localhost:" + port, "--unprotected", "--to", "ada@example.org", "--band", "low");

        assertThat(run.out()).startsWith("6.12.8 ");
        assertThat(run.err()).contains("smtp://localhost:" + port);
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void whatIsNotWholeIsNotUnderstood() {
        assertThat(run("--notify", "smtp://localhost").err()).contains("--to");
        assertThat(run("--notify", "localhost", "--to", "ada@example.org").status())
                .isEqualTo(2);
        assertThat(run("--load", "keep").err()).contains("--cumulative");
        assertThat(run("--approve-as", "Ada").err()).contains("--why");
        assertThat(run("--review-policy", "waived").err()).contains("--who");
        assertThat(run("--review-policy", "waived").status()).isEqualTo(2);
        assertThat(run("--limit", "-1").status()).isEqualTo(2);
        assertThat(run("--name", "two words").status()).isEqualTo(2);
    }
}
