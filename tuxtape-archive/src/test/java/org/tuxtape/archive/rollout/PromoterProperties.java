package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PromoterProperties {
    private static final List<PatchRef> PATCHES = List.of(SmallFleet.A, SmallFleet.B, SmallFleet.C);
    private static final Duration SPAN = Duration.ofDays(3);

    @Property(tries = 300)
    void the_order_of_reports_does_not_matter(
            @ForAll("policies") RolloutPolicy policy,
            @ForAll("reports") List<NodeReport> reports,
            @ForAll("times") Instant now,
            @ForAll Random random) {
        List<NodeReport> shuffled = new ArrayList<>(reports);
        Collections.shuffle(shuffled, random);

        assertThat(decide(policy, shuffled, now))
                .isEqualTo(decide(policy, reports, now))
                .isEqualTo(decide(policy, reports, now));
    }

    @Property(tries = 300)
    void a_report_that_comes_twice_counts_once(
            @ForAll("policies") RolloutPolicy policy,
            @ForAll("reports") List<NodeReport> reports,
            @ForAll("times") Instant now) {
        List<NodeReport> twice = new ArrayList<>(reports);
        twice.addAll(reports);

        assertThat(decide(policy, twice, now)).isEqualTo(decide(policy, reports, now));
    }

    @Property(tries = 300)
    void a_report_that_is_out_of_date_does_not_count(
            @ForAll("policies") RolloutPolicy policy,
            @ForAll("reports") List<NodeReport> reports,
            @ForAll("times") Instant now) {
        Map<String, NodeReport> latest = new HashMap<>();
        for (NodeReport report : reports) {
            if (!report.at().isAfter(now)) {
                latest.merge(report.node().id(), report, (a, b) -> NodeReport.LATER.compare(a, b) >= 0 ? a : b);
            }
        }
        List<NodeReport> past =
                reports.stream().filter(report -> !report.at().isAfter(now)).toList();

        assertThat(decide(policy, past, now)).isEqualTo(decide(policy, List.copyOf(latest.values()), now));
    }

    @Property(tries = 300)
    void every_node_is_counted_once_and_in_one_way(
            @ForAll("policies") RolloutPolicy policy,
            @ForAll("reports") List<NodeReport> reports,
            @ForAll("times") Instant now) {
        long nodes =
                reports.stream().map(report -> report.node().id()).distinct().count();
        for (PromotionDecision decision : decide(policy, reports, now)) {
            assertThat(decision.figures().stream().mapToInt(RingFigures::nodes).sum())
                    .isLessThanOrEqualTo((int) nodes);
            assertThat(decision.figures()).allSatisfy(ring -> {
                assertThat(ring.patched() + ring.failed() + ring.missing() + ring.frozen())
                        .isLessThanOrEqualTo(ring.nodes());
                assertThat(ring.reported()).isBetween(ring.patched() + ring.frozen(), ring.nodes());
            });
        }
    }

    /** A promoter is asked at any times with any reports, as long as time goes on: no ring and no soak is passed over. */
    @Property(tries = 300)
    void no_ring_and_no_soak_is_passed_over(
            @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 20) Long> steps,
            @ForAll("reports") List<NodeReport> reports) {
        RolloutPolicy policy = SmallFleet.policy();
        Instant now = SmallFleet.START;
        for (long hours : steps) {
            now = now.plus(Duration.ofHours(hours));
            for (PromotionDecision decision : decide(policy, alive(reports, now), now)) {
                if (decision instanceof PromotionDecision.Promote promote) {
                    assertNextInTime(policy, promote);
                }
                policy = policy.with(decision, "promoter");
            }
            assertThat(underWay(policy)).isLessThanOrEqualTo(1);
        }
    }

    /** Half of the reports, as if their nodes were there now, so that the promoter comes somewhere. */
    private static List<NodeReport> alive(List<NodeReport> reports, Instant now) {
        List<NodeReport> alive = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            NodeReport report = reports.get(i);
            alive.add(report);
            if (i % 2 == 0) {
                PatchRef patch = PATCHES.get(PATCHES.size() - 1);
                alive.add(SmallFleet.patched(report.node(), patch, now));
            }
        }
        IntStream.range(0, 12).forEach(i -> alive.add(SmallFleet.patched(SmallFleet.canary(i), SmallFleet.C, now)));
        return alive;
    }

    private static void assertNextInTime(RolloutPolicy policy, PromotionDecision.Promote promote) {
        Optional<Promotion> before = policy.promotion(promote.patch());
        int reached = before.map(promotion -> policy.position(promotion.ring())).orElse(-1);
        assertThat(policy.position(promote.ring())).isEqualTo(reached + 1);
        before.ifPresent(promotion -> assertThat(promote.at())
                .isAfterOrEqualTo(
                        promotion.since().plus(policy.rings().get(reached).soak())));
        assertThat(policy.withdrawal(promote.patch())).isEmpty();
    }

    private static long underWay(RolloutPolicy policy) {
        return PATCHES.stream()
                .flatMap(patch -> policy.promotion(patch).stream())
                .filter(promotion -> !promotion.ring().equals("all"))
                .count();
    }

    @Property(tries = 300)
    void a_decision_can_be_done_and_what_was_blocked_is_not_offered(
            @ForAll("policies") RolloutPolicy policy,
            @ForAll("reports") List<NodeReport> reports,
            @ForAll("times") Instant now) {
        RolloutPolicy next = policy;
        for (PromotionDecision decision : decide(policy, reports, now)) {
            next = next.with(decision, "promoter");
            if (decision instanceof PromotionDecision.Block block) {
                assertThat(block.evidence()).isNotEmpty();
                assertThat(next.offer(SmallFleet.canary(1), Optional.of(block.patch()), patches(), now)
                                .wanted())
                        .isNotEqualTo(Optional.of(block.patch()));
            }
            assertThat(decision.explain()).isNotBlank();
        }
        assertThat(RolloutPolicy.parse(next.toText())).isEqualTo(next);
    }

    private static List<PromotionDecision> decide(RolloutPolicy policy, List<NodeReport> reports, Instant now) {
        return Promoter.decide(policy, patches(), reports, now);
    }

    private static KernelPatches patches() {
        return new KernelPatches(SmallFleet.KERNEL, PATCHES);
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, SPAN.toMinutes()).map(m -> SmallFleet.after(Duration.ofMinutes(m)));
    }

    /** Policies in which any of the patches was promoted or withdrawn by hand. */
    @Provide
    Arbitrary<RolloutPolicy> policies() {
        Arbitrary<String> rings = Arbitraries.of("", "canary", "half", "all");
        return Combinators.combine(
                        rings.list().ofSize(3),
                        times(),
                        Arbitraries.of(true, false, false).list().ofSize(3))
                .as((reached, since, withdrawn) -> {
                    RolloutPolicy policy = SmallFleet.policy();
                    for (int i = 0; i < PATCHES.size(); i++) {
                        PatchRef patch = PATCHES.get(i);
                        policy = reached.get(i).isEmpty()
                                ? policy
                                : policy.promote(patch, reached.get(i), since, "Ada", "x");
                        policy = withdrawn.get(i) ? policy.withdraw(patch, since, "Bob", "y") : policy;
                    }
                    return policy;
                });
    }

    @Provide
    Arbitrary<List<NodeReport>> reports() {
        Arbitrary<Node> nodes =
                Arbitraries.integers().between(0, 12).map(i -> i < 5 ? SmallFleet.canary(i) : Node.of("node-" + i));
        Arbitrary<Optional<PatchRef>> patches = Arbitraries.of(PATCHES).optional();
        return Combinators.combine(
                        nodes, patches, patches, Arbitraries.of(NodeState.class), Arbitraries.of(Health.class), times())
                .as(PromoterProperties::report)
                .list()
                .ofMaxSize(25);
    }

    private static NodeReport report(
            Node node,
            Optional<PatchRef> inForce,
            Optional<PatchRef> subject,
            NodeState state,
            Health health,
            Instant at) {
        return switch (state) {
            case UNPATCHED -> SmallFleet.report(node, Optional.empty(), Optional.empty(), state, health, at);
            case PATCHED -> SmallFleet.patched(node, subject.or(() -> inForce).orElse(SmallFleet.A), at);
            case TRYING, TURNED_DOWN, NOT_LOADED ->
                SmallFleet.report(node, inForce, Optional.of(subject.orElse(SmallFleet.B)), state, health, at);
            case FROZEN, FAILED -> SmallFleet.report(node, inForce, subject, state, health, at);
        };
    }
}
