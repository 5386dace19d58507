package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tuxtape.archive.rollout.SmallFleet.A;
import static org.tuxtape.archive.rollout.SmallFleet.B;
import static org.tuxtape.archive.rollout.SmallFleet.KERNEL;
import static org.tuxtape.archive.rollout.SmallFleet.START;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NodeReportTest {
    private static final NodeReport REPORT = new NodeReport(
            Node.of("web-17.example", "canary", "rack-4"),
            KERNEL,
            Optional.of(A),
            Optional.of(B),
            NodeState.TURNED_DOWN,
            Health.HEALTHY,
            Optional.of("BUG: at\nfs/nfs/dir.c:12"),
            START,
            "tuxtape 0.1.0");

    @Test
    void a_report_is_text_that_people_read() {
        String text = """
                Format: tuxtape-node-report 1
                Node: web-17.example
                Tags: canary rack-4
                Release: 6.12.94+deb13-amd64
                Architecture: x86_64
                Build-Id: 0123456789abcdef
                In-Force: %s livepatch_a
                Subject: %s livepatch_b
                State: TURNED_DOWN
                Health: HEALTHY
                Error: BUG: at fs/nfs/dir.c:12
                At: 2026-03-02T08:00:00Z
                Agent: tuxtape 0.1.0
                """.formatted(A.sha256(), B.sha256());

        assertThat(REPORT.toText()).isEqualTo(text);
        assertThat(NodeReport.parse(text)).isEqualTo(REPORT);
    }

    @Test
    void the_longest_report_is_within_the_bound() {
        TreeSet<String> tags = new TreeSet<>();
        IntStream.range(0, 32).forEach(i -> tags.add("t".repeat(126) + (10 + i)));
        String wide = "\u4e2d".repeat(5000);
        NodeReport longest = new NodeReport(
                new Node("n".repeat(128), tags),
                KERNEL,
                Optional.of(A),
                Optional.of(A),
                NodeState.PATCHED,
                Health.HEALTHY,
                Optional.of(wide),
                START,
                wide);

        assertThat(longest.toText().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(NodeReport.LONGEST_TEXT);
        assertThat(NodeReport.parse(longest.toText())).isEqualTo(longest);
    }

    @Test
    void a_state_says_of_which_patch_it_speaks() {
        for (NodeState state :
                List.of(NodeState.TRYING, NodeState.TURNED_DOWN, NodeState.NOT_LOADED, NodeState.PATCHED)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SmallFleet.report(
                            REPORT.node(), Optional.of(A), Optional.empty(), state, Health.HEALTHY, START));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmallFleet.report(
                        REPORT.node(), Optional.of(A), Optional.of(B), NodeState.PATCHED, Health.HEALTHY, START));
    }

    @Test
    void a_file_is_named_by_the_node_where_that_is_a_plain_name() {
        assertThat(NodeReport.fileName("web-17.example")).isEqualTo("web-17.example.report");
        for (String id : List.of("../../etc/passwd", ".", "..", "a/b", "-rf", "~x", "a\\b", "a:b", ".hidden")) {
            assertThat(NodeReport.fileName(id)).matches("~[0-9a-f]{64}\\.report");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> NodeReport.fileName("a b"));
    }

    @Property(tries = 500)
    void every_report_is_read_as_it_was_written(@ForAll("reports") NodeReport report) {
        assertThat(NodeReport.parse(report.toText())).isEqualTo(report);
        assertThat(report.toText().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(NodeReport.LONGEST_TEXT);
    }

    @Property(tries = 1000)
    void hostile_text_is_a_report_or_an_illegal_argument(@ForAll("damaged") String text) {
        try {
            NodeReport report = NodeReport.parse(text);
            assertThat(NodeReport.parse(report.toText())).isEqualTo(report);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("\u0000");
        }
    }

    @Provide
    Arbitrary<NodeReport> reports() {
        Arbitrary<Node> nodes = Combinators.combine(
                        PolicyArbitraries.words(),
                        PolicyArbitraries.words().set().ofMaxSize(32))
                .as((id, tags) -> new Node(id, new TreeSet<>(tags)));
        Arbitrary<Optional<PatchRef>> patches = PolicyArbitraries.patches().optional();
        return Combinators.combine(
                        nodes,
                        patches,
                        patches,
                        Arbitraries.of(NodeState.FROZEN, NodeState.FAILED),
                        Arbitraries.of(Health.class),
                        PolicyArbitraries.sentences().optional(),
                        PolicyArbitraries.times(),
                        PolicyArbitraries.sentences())
                .as((node, inForce, subject, state, health, error, at, agent) ->
                        new NodeReport(node, KERNEL, inForce, subject, state, health, error, at, agent));
    }

    @Provide
    Arbitrary<String> damaged() {
        return reports().flatMap(report -> Damage.of(report.toText()));
    }
}
