package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.rollout.Health;
import org.tuxtape.archive.rollout.Node;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.NodeState;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.ReportSink;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.examples.livepatch.Machine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who gets a published patch, and who gives it back. */
class RolloutCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    private ArchiveScene scene;
    private Path reports;

    @BeforeEach
    void publish(@TempDir Path home) throws IOException {
        scene = new ArchiveScene(home);
        reports = Files.createDirectory(home.resolve("reports"));
        scene.init("--policy", scene.quickPolicy().toString());
        scene.publish("livepatch_a", "f");
    }

    @Test
    void aPatchSetsOutWaitsForItsCanaryAndGoesOn() {
        JsonNode first = decision(promote());
        CommandLineRun silent = promote();
        report(NodeState.PATCHED, Health.HEALTHY);
        JsonNode second = decision(promote());
        JsonNode last = decision(promote());

        assertThat(first.get("decision").asString()).isEqualTo("promote");
        assertThat(first.get("ring").asString()).isEqualTo("canary");
        assertThat(decision(silent).get("decision").asString()).isEqualTo("wait");
        assertThat(silent.status()).isZero();
        assertThat(second.get("ring").asString()).isEqualTo("all");
        assertThat(second.at("/rings/0/patched").asInt()).isEqualTo(1);
        assertThat(last.get("decision").asString()).isEqualTo("settled");
    }

    @Test
    void aRehearsalPromotesNothing() {
        String before = scene.change("policy").out();

        CommandLineRun rehearsed = promote("--dry-run");

        assertThat(decision(rehearsed).get("decision").asString()).isEqualTo("promote");
        assertThat(scene.change("policy").out()).isEqualTo(before);
    }

    @Test
    void aPatchThatDoesHarmIsBlockedAndAPersonIsCalled() {
        promote();
        report(NodeState.TURNED_DOWN, Health.UNHEALTHY);

        CommandLineRun blocked = promote();

        assertThat(blocked.status()).isEqualTo(1);
        assertThat(decision(blocked).get("decision").asString()).isEqualTo("block");
        assertThat(decision(blocked).at("/evidence/0/error").asString()).isEqualTo("it warned");
        assertThat(shown().at("/withdrawn/by").asString()).isEqualTo("promoter");
        assertThat(promote().status()).as("what is settled calls nobody").isZero();
    }

    @Test
    void whatIsNoReportIsToldAndDoesNotStopTheRest() throws IOException {
        Files.writeString(reports.resolve("web-2.report"), "nonsense");

        CommandLineRun run = promote();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("web-2.report is no report");
        assertThat(decision(run).get("decision").asString()).isEqualTo("promote");
    }

    @Test
    void aPersonMayHurryWithdrawAndThinkBetterOfIt() {
        CommandLineRun advanced = word("advance", "livepatch_a", "--to", "all", "--who", "Ada", "--why", "exploited");
        CommandLineRun withdrawn = word("withdraw", sha().substring(0, 8), "--who", "Bob", "--why", "slow");
        CommandLineRun again = word("withdraw", "livepatch_a", "--who", "Eve", "--why", "too");
        CommandLineRun late = word("advance", "livepatch_a", "--to", "all", "--who", "Ada", "--why", "exploited");
        CommandLineRun reinstated = word("reinstate", "livepatch_a");

        assertThat(advanced.out()).contains("in the ring all since");
        assertThat(withdrawn.out()).contains("withdrawn by Bob", "slow");
        assertThat(again.out()).as("who was first").isEqualTo(withdrawn.out());
        assertThat(late.err()).contains("is withdrawn");
        assertThat(late.status()).isEqualTo(1);
        assertThat(reinstated.out()).contains("not promoted");
    }

    @Test
    void aWordWithoutAPersonOrAPatchIsNotTaken() {
        assertThat(word("withdraw", "livepatch_a", "--who", " ", "--why", "x").status())
                .isEqualTo(2);
        assertThat(word("withdraw", "livepatch_z", "--who", "Ada", "--why", "x").err())
                .contains("has no patch 'livepatch_z'");
        assertThat(word("advance", "livepatch_a", "--to", "moon", "--who", "Ada", "--why", "x")
                        .err())
                .contains("no ring 'moon'");
    }

    @Test
    void aNameThatTwoPatchesHaveIsNotGuessed() throws IOException {
        scene.publish("livepatch_a", "g");

        assertThat(word("withdraw", "livepatch_a", "--who", "Ada", "--why", "x").err())
                .contains("several of 'livepatch_a'", sha());
    }

    @Test
    void aPolicyIsPrintedEditedAndSet() throws IOException {
        Path edited = scene.home().resolve("edited");
        Files.writeString(edited, scene.change("policy").out().replace("PT0S", "PT24H"));
        Path broken = Files.writeString(scene.home().resolve("broken"), "Format: none\n");

        JsonNode set = JSON.readTree(scene.change("policy", "--set", edited.toString(), "--format", "json")
                .out());

        assertThat(set.at("/rings/0/soak").asDouble()).isEqualTo(86_400);
        assertThat(scene.change("policy").out()).isEqualTo(Files.readString(edited));
        assertThat(scene.change("policy", "--set", broken.toString()).status()).isEqualTo(1);
    }

    /** Two commands at once, each of which knows only the policy before: a withdrawal must not be lost. */
    @Test
    void ofTwoWordsAtOnceNoneIsLost() throws Exception {
        scene.publish("livepatch_b", "g");
        // In time that passes, since one of them has to wait.
        Machine simulated = scene.machine();
        Machine waiting = new Machine(simulated.files(), simulated.loading(), Context.standard());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Callable<CommandLineRun>> words = Stream.of("livepatch_a", "livepatch_b")
                .<Callable<CommandLineRun>>map(name -> () -> CommandLineRun.on(
                        waiting,
                        "archive",
                        "withdraw",
                        name,
                        "--archive",
                        scene.archive().toString(),
                        "--key",
                        scene.key("online").toString(),
                        "--who",
                        "Ada",
                        "--why",
                        "it does harm"))
                .toList();
        try {
            for (Future<CommandLineRun> word : threads.invokeAll(words)) {
                assertThat(word.get().status()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(scene.change("policy").lines())
                .filteredOn(line -> line.startsWith("Withdrawn:"))
                .hasSize(2);
    }

    private CommandLineRun promote(String... more) {
        return scene.change(
                "promote",
                Stream.concat(Stream.of("--reports", reports.toString(), "--format", "json"), Stream.of(more))
                        .toArray(String[]::new));
    }

    private CommandLineRun word(String command, String patch, String... more) {
        return scene.change(
                command, Stream.concat(Stream.of(more), Stream.of("--", patch)).toArray(String[]::new));
    }

    private static JsonNode decision(CommandLineRun run) {
        return JSON.readTree(run.lines().get(0));
    }

    private JsonNode shown() {
        CommandLineRun run = scene.run("show", "--archive", scene.archive().toString(), "--format", "json");
        return JSON.readTree(run.lines().get(1));
    }

    private String sha() {
        return shown().get("sha256").asString();
    }

    private void report(NodeState state, Health health) {
        PatchRef patch = new PatchRef(sha(), new LivepatchName("livepatch_a"));
        boolean isPatched = state == NodeState.PATCHED;
        Context context = scene.machine().context();
        NodeReport report = new NodeReport(
                Node.of("web-1", "canary"),
                ArchiveScene.KERNEL,
                isPatched ? Optional.of(patch) : Optional.empty(),
                Optional.of(patch),
                state,
                health,
                isPatched ? Optional.empty() : Optional.of("it warned"),
                context.clock().instant(),
                "test");
        ReportSink.directory(reports).send(report, context);
    }
}
