package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.NodeState;

/** What a timer calls on a node, on a simulated kernel. */
class AgentCommandTest {
    private ArchiveScene scene;
    private Path reports;
    private String archive;

    @BeforeEach
    void promote(@TempDir Path home) throws IOException {
        scene = new ArchiveScene(home);
        reports = Files.createDirectory(home.resolve("reports"));
        archive = scene.archive().toString();
        scene.init("--policy", scene.quickPolicy().toString());
        scene.publish("livepatch_a", "f");
        scene.change("advance", "--to", "canary", "--who", "Ada", "--why", "a test", "--", "livepatch_a");
    }

    @Test
    void aCanaryTakesWhatIsPromotedAndReports() throws IOException {
        CommandLineRun taken = agent("--tag", "canary");
        CommandLineRun current = agent("--tag", "canary");

        assertThat(taken.err()).isEmpty();
        assertThat(taken.out()).startsWith("taken livepatch_a");
        assertThat(taken.status()).isZero();
        assertThat(current.out()).startsWith("current livepatch_a");
        assertThat(report().state()).isEqualTo(NodeState.PATCHED);
        assertThat(report().node().tags()).containsExactly("canary");
    }

    @Test
    void aRehearsalSaysWhatWouldBeDone() {
        CommandLineRun planned = agent("--tag", "canary", "--dry-run");

        assertThat(planned.out()).startsWith("planned").contains("livepatch_a");
        assertThat(planned.status()).isZero();
        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void aNodeOfALaterRingWaits() throws IOException {
        assertThat(agent().out()).startsWith("current:");
        assertThat(report().state()).isEqualTo(NodeState.UNPATCHED);
    }

    @Test
    void aFrozenNodeSaysWhy() throws IOException {
        Path freeze = Files.writeString(scene.home().resolve("freeze"), "load test\n");

        CommandLineRun held = agent("--tag", "canary", "--freeze", freeze.toString());

        assertThat(held.out()).startsWith("held livepatch_a").contains("load test");
        assertThat(held.status()).isZero();
    }

    @Test
    void whereSomethingIsWrongAPersonIsCalled() throws IOException {
        archive = scene.home().resolve("gone").toString();

        CommandLineRun failed = agent();

        assertThat(failed.out()).startsWith("failed");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(report().state()).isEqualTo(NodeState.FAILED);
    }

    @Test
    void aReportThatDoesNotArriveIsToldAndChangesNothing() throws IOException {
        Files.delete(reports);

        CommandLineRun taken = agent("--tag", "canary");

        assertThat(taken.err()).contains("A report did not arrive");
        assertThat(taken.out()).startsWith("taken");
        assertThat(taken.status()).isZero();
    }

    @Test
    void anExpiredBundleIsTakenForAsLongAsTheCallSays() {
        Path bundle = scene.home().resolve("site.tar.zst");
        scene.run("bundle", "--archive", archive, "--kernel", ArchiveScene.KERNEL_TEXT, "--out", bundle.toString());
        scene.simulated().clock().advance(Duration.ofDays(5));
        archive = bundle.toString();

        assertThat(agent("--tag", "canary").out()).startsWith("failed").contains("expired");
        assertThat(agent("--tag", "canary", "--trust-bundle-for", "720h").out()).startsWith("taken");
    }

    @Test
    void aCallThatMakesNoSenseIsRefused() throws IOException {
        Path noRoot = Files.writeString(scene.home().resolve("no.root"), "{}");
        for (List<String> wrong : List.of(
                List.of("--trust-bundle-for", "1h"),
                List.of("--window", "now and then"),
                List.of("--tag", ""),
                List.of("--root", noRoot.toString()),
                List.of("--root", "/nowhere"),
                List.of("--reports", "https://user@example.org/"))) {
            CommandLineRun refused = agent(wrong.toArray(String[]::new));

            assertThat(refused.status()).as("%s: %s", wrong, refused.out()).isNotZero();
            assertThat(refused.err()).as("%s", wrong).isNotBlank().doesNotContain("\tat ");
        }
        assertThat(reports).isEmptyDirectory();
    }

    private CommandLineRun agent(String... more) {
        Stream<String> ours = Stream.of(
                "agent",
                "--archive=" + archive,
                "--store=" + scene.home().resolve("store"),
                "--node=web-1",
                "--for=5s");
        List<String> given = List.of(more);
        Stream<String> where = Stream.of("--root=" + scene.root(), "--reports=" + reports)
                .filter(option -> !given.contains(option.substring(0, option.indexOf('='))));
        return CommandLineRun.on(
                scene.machine(),
                Stream.of(ours, where, given.stream()).flatMap(words -> words).toArray(String[]::new));
    }

    private NodeReport report() throws IOException {
        return NodeReport.parse(Files.readString(reports.resolve(NodeReport.fileName("web-1"))));
    }
}
