package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tuxtape.archive.rollout.SmallFleet.A;
import static org.tuxtape.archive.rollout.SmallFleet.B;
import static org.tuxtape.archive.rollout.SmallFleet.C;
import static org.tuxtape.archive.rollout.SmallFleet.KERNEL;
import static org.tuxtape.archive.rollout.SmallFleet.OTHER_BUILD;
import static org.tuxtape.archive.rollout.SmallFleet.SILENCE;
import static org.tuxtape.archive.rollout.SmallFleet.SOAK;
import static org.tuxtape.archive.rollout.SmallFleet.START;
import static org.tuxtape.archive.rollout.SmallFleet.after;
import static org.tuxtape.archive.rollout.SmallFleet.canary;
import static org.tuxtape.archive.rollout.SmallFleet.inRing;
import static org.tuxtape.archive.rollout.SmallFleet.patched;
import static org.tuxtape.archive.rollout.SmallFleet.policy;
import static org.tuxtape.archive.rollout.SmallFleet.promoted;
import static org.tuxtape.archive.rollout.SmallFleet.published;
import static org.tuxtape.archive.rollout.SmallFleet.report;
import static org.tuxtape.archive.rollout.SmallFleet.trying;
import static org.tuxtape.archive.rollout.SmallFleet.turnedDown;
import static org.tuxtape.archive.rollout.SmallFleet.unpatched;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tuxtape.archive.rollout.PromotionDecision.Block;
import org.tuxtape.archive.rollout.PromotionDecision.Hold;
import org.tuxtape.archive.rollout.PromotionDecision.Promote;
import org.tuxtape.archive.rollout.PromotionDecision.Settled;
import org.tuxtape.archive.rollout.PromotionDecision.Wait;

class PromoterTest {
    private static final Instant SOAKED = after(SOAK);
    private final RolloutPolicy onCanary = promoted(A, "canary", START);

    private static PromotionDecision decide(RolloutPolicy policy, Instant now, NodeReport... reports) {
        return decide(policy, now, List.of(reports));
    }

    private static PromotionDecision decide(RolloutPolicy policy, Instant now, List<NodeReport> reports) {
        return Promoter.decide(policy, published(A), reports, now).get(0);
    }

    private static List<NodeReport> patchedCanaries(int count, Instant at) {
        List<NodeReport> reports = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> reports.add(patched(canary(i), A, at)));
        return reports;
    }

    @Test
    void a_published_patch_sets_out_to_the_first_ring() {
        PromotionDecision decision = decide(policy(), START);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Promote.class, promote -> assertThat(promote.ring()).isEqualTo("canary"));
        assertThat(policy().with(decision, "promoter").promotion(A))
                .contains(new Promotion(A, "canary", START, START, "promoter", decision.reason()));
    }

    @Test
    void it_soaks() {
        PromotionDecision decision = decide(onCanary, SOAKED.minusNanos(1), patchedCanaries(3, SOAKED.minusNanos(1)));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Wait.class, wait -> assertThat(wait.until()).isEqualTo(SOAKED));
        assertThat(onCanary.with(decision, "promoter")).isEqualTo(onCanary);
    }

    @Test
    void it_goes_to_the_next_ring_when_it_has_soaked_there_and_explains_that_with_figures() {
        PromotionDecision decision = decide(onCanary, SOAKED, patchedCanaries(3, SOAKED));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Promote.class, promote -> assertThat(promote.ring()).isEqualTo("half"));
        assertThat(decision.explain())
                .isEqualTo(A + " has soaked in the ring canary since " + START + ": 3 of its 3 nodes have it, 0 failed."
                        + "\n  canary: of 3 nodes 3 reported, 3 have the patch, 0 failed, 0 missing, 0 frozen.");
        Promotion next = onCanary.with(decision, "promoter").promotion(A).orElseThrow();
        assertThat(next.since()).isEqualTo(SOAKED);
        assertThat(next.started()).isEqualTo(START);
    }

    @Test
    void one_crash_of_a_canary_blocks_it_at_once() {
        List<NodeReport> reports = patchedCanaries(30, after(Duration.ofHours(1)));
        NodeReport crash = new NodeReport(
                canary(99),
                KERNEL,
                Optional.empty(),
                Optional.of(A),
                NodeState.TURNED_DOWN,
                Health.HEALTHY,
                Optional.of("The machine went down while it was on trial."),
                after(Duration.ofMinutes(30)),
                "test 1");
        reports.add(crash);

        PromotionDecision decision = decide(onCanary, after(Duration.ofHours(1)), reports);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Block.class, block -> assertThat(block.evidence()).containsExactly(crash));
        assertThat(decision.explain())
                .contains("failed on 1 of the 31 nodes that have tried it in the ring canary")
                .contains("canary-99 at 2026-03-02T08:30:00Z: TURNED_DOWN, HEALTHY, The machine went down");
        assertThat(onCanary.with(decision, "promoter")
                        .withdrawal(A)
                        .orElseThrow()
                        .why())
                .isEqualTo(decision.reason());
    }

    @Test
    void a_node_that_is_unhealthy_with_it_has_failed() {
        NodeReport unhealthy =
                report(canary(1), Optional.of(A), Optional.of(A), NodeState.PATCHED, Health.UNHEALTHY, SOAKED);

        assertThat(decide(onCanary, SOAKED, unhealthy)).isInstanceOf(Block.class);
    }

    @Test
    void a_node_whose_health_is_unknown_counts_neither_for_nor_against_it() {
        NodeReport unknown =
                report(canary(1), Optional.of(A), Optional.of(A), NodeState.PATCHED, Health.UNKNOWN, SOAKED);

        PromotionDecision decision = decide(onCanary, SOAKED, unknown);

        assertThat(decision).isInstanceOf(Hold.class);
        assertThat(decision.figures()).containsExactly(new RingFigures("canary", 1, 1, 0, 0, 0, 0));
    }

    @Test
    void a_node_that_fell_silent_while_it_tried_has_failed() {
        Instant tried = after(Duration.ofMinutes(10));
        NodeReport trying = trying(canary(1), A, tried);

        assertThat(decide(onCanary, tried.plus(SILENCE), trying)).isInstanceOf(Wait.class);
        assertThat(decide(onCanary, tried.plus(SILENCE).plusNanos(1), trying)).isInstanceOf(Block.class);
    }

    @Test
    void a_node_that_had_it_and_fell_silent_is_missing_and_no_longer_speaks_for_it() {
        List<NodeReport> reports = patchedCanaries(2, SOAKED.minus(SILENCE).minusNanos(1));

        PromotionDecision decision = decide(onCanary, SOAKED, reports);

        assertThat(decision).isInstanceOf(Hold.class);
        assertThat(decision.figures()).containsExactly(new RingFigures("canary", 2, 0, 0, 0, 2, 0));
    }

    @Test
    void too_few_patched_nodes_hold_it() {
        PromotionDecision decision = decide(onCanary, SOAKED, patchedCanaries(1, SOAKED));

        assertThat(decision).isInstanceOf(Hold.class);
        assertThat(decision.reason())
                .isEqualTo(A + " is held: it is known to be in force on 1 of the 1 nodes of the ring canary, and 2 are"
                        + " asked for; 0 are missing.");
        assertThat(onCanary.with(decision, "promoter")).isEqualTo(onCanary);
    }

    @Test
    void too_many_missing_nodes_hold_it() {
        List<NodeReport> reports = patchedCanaries(5, SOAKED);
        reports.add(unpatched(canary(10), START.minus(Duration.ofDays(1))));
        assertThat(decide(onCanary, SOAKED, reports)).isInstanceOf(Promote.class);
        reports.add(unpatched(canary(11), START.minus(Duration.ofDays(1))));

        PromotionDecision decision = decide(onCanary, SOAKED, reports);

        assertThat(decision).isInstanceOf(Hold.class);
        assertThat(decision.reason())
                .contains(
                        "2 of the 7 nodes of the ring canary that should have it are not known to, 2 of them missing");
    }

    @Test
    void it_waits_for_reports_for_as_long_as_a_node_may_be_silent() {
        StopConditions patient = new StopConditions(0, Share.NONE, Share.percent(25), 2, SOAK.plusHours(2));
        RolloutPolicy policy = onCanary.with(onCanary.rings().stream()
                .map(ring -> new Ring(ring.name(), ring.membership(), ring.soak(), patient))
                .toList());

        assertThat(decide(policy, SOAKED, patched(canary(1), A, SOAKED)))
                .isInstanceOfSatisfying(
                        Wait.class, wait -> assertThat(wait.until()).isEqualTo(SOAKED.plus(Duration.ofHours(2))));
        assertThat(decide(policy, SOAKED.plus(Duration.ofHours(2)), patched(canary(1), A, SOAKED)))
                .isInstanceOf(Hold.class);
    }

    @Test
    void a_node_that_was_taken_away_a_week_before_does_not_count() {
        List<NodeReport> reports = patchedCanaries(2, SOAKED);
        IntStream.range(10, 30)
                .forEach(i -> reports.add(
                        unpatched(canary(i), START.minus(Duration.ofDays(7)).minusNanos(1))));

        assertThat(decide(onCanary, SOAKED, reports)).isInstanceOf(Promote.class);
    }

    @Test
    void a_frozen_node_is_not_waited_for() {
        List<NodeReport> reports = patchedCanaries(2, SOAKED);
        IntStream.range(10, 30)
                .forEach(i -> reports.add(
                        report(canary(i), Optional.empty(), Optional.of(A), NodeState.FROZEN, Health.HEALTHY, SOAKED)));

        PromotionDecision decision = decide(onCanary, SOAKED, reports);

        assertThat(decision).isInstanceOf(Promote.class);
        assertThat(decision.figures().get(0).frozen()).isEqualTo(20);
    }

    @Test
    void a_node_that_could_not_load_it_is_without_it_and_has_not_failed() {
        List<NodeReport> reports = patchedCanaries(2, SOAKED);
        reports.add(report(canary(10), Optional.empty(), Optional.of(A), NodeState.NOT_LOADED, Health.HEALTHY, SOAKED));

        assertThat(decide(onCanary, SOAKED, reports))
                .isInstanceOfSatisfying(
                        Hold.class,
                        hold -> assertThat(hold.figures())
                                .containsExactly(new RingFigures("canary", 3, 3, 2, 0, 0, 0)));
    }

    @Test
    void in_a_large_ring_a_few_failures_are_borne() {
        RolloutPolicy inHalf = promoted(A, "half", START);
        List<NodeReport> reports = new ArrayList<>(patchedCanaries(2, SOAKED));
        List<Node> nodes = inRing("half", 60);
        nodes.subList(0, 57).forEach(node -> reports.add(patched(node, A, SOAKED)));
        nodes.subList(57, 60).forEach(node -> reports.add(turnedDown(node, A, SOAKED)));
        assertThat(decide(inHalf, SOAKED, reports)).isInstanceOf(Promote.class);

        reports.removeIf(report -> report.node().equals(nodes.get(0)));
        reports.add(turnedDown(nodes.get(0), A, SOAKED));

        assertThat(decide(inHalf, SOAKED, reports)).isInstanceOfSatisfying(Block.class, block -> {
            assertThat(block.reason()).contains("failed on 4 of the 60", "more than 2 and 5%");
            assertThat(block.evidence()).hasSize(4);
        });
    }

    @Test
    void a_late_failure_in_an_earlier_ring_blocks_it_too() {
        RolloutPolicy everywhere = promoted(A, "canary", START)
                .promote(A, "half", SOAKED, "p", "x")
                .promote(A, "all", SOAKED.plus(SOAK), "p", "x");
        Instant late = SOAKED.plus(Duration.ofDays(3));

        assertThat(decide(everywhere, late, patched(canary(1), A, late))).isInstanceOf(Settled.class);
        assertThat(decide(everywhere, late, turnedDown(canary(1), A, late))).isInstanceOf(Block.class);
    }

    @Test
    void silence_in_an_earlier_ring_holds_it() {
        RolloutPolicy inHalf = promoted(A, "canary", START).promote(A, "half", SOAKED, "p", "x");
        Instant now = SOAKED.plus(SOAK);
        List<NodeReport> reports = patchedCanaries(3, SOAKED);
        inRing("half", 4).forEach(node -> reports.add(patched(node, A, now)));

        assertThat(decide(inHalf, now, reports))
                .isInstanceOfSatisfying(
                        Hold.class, hold -> assertThat(hold.reason()).contains("ring canary"));
    }

    @Test
    void one_patch_is_under_way_at_a_time_and_then_the_newest_sets_out() {
        List<PromotionDecision> decisions =
                Promoter.decide(onCanary, published(A, B, C), patchedCanaries(2, START), START);

        assertThat(decisions).extracting(Object::getClass).containsExactly(Wait.class, Settled.class, Hold.class);
        assertThat(decisions.get(2).reason()).contains(A + " is under way");

        RolloutPolicy blocked = onCanary.withdraw(A, START, "Bob", "it leaks");
        assertThat(Promoter.decide(blocked, published(A, B, C), List.of(), START))
                .extracting(Object::getClass)
                .containsExactly(Settled.class, Settled.class, Promote.class);
    }

    @Test
    void a_newer_one_that_a_person_promotes_ends_the_way_of_the_older_but_not_its_watching() {
        RolloutPolicy overtaken = onCanary.promote(B, "canary", START, "Ada", "urgent");

        assertThat(Promoter.decide(overtaken, published(A, B), patchedCanaries(3, SOAKED), SOAKED))
                .extracting(Object::getClass)
                .containsExactly(Settled.class, Hold.class);
        assertThat(Promoter.decide(overtaken, published(A, B), List.of(turnedDown(canary(1), A, SOAKED)), SOAKED))
                .extracting(Object::getClass)
                .containsExactly(Block.class, Hold.class);
    }

    @Test
    void the_reports_of_a_similar_kernel_do_not_count() {
        NodeReport other = new NodeReport(
                canary(1),
                OTHER_BUILD,
                Optional.empty(),
                Optional.of(A),
                NodeState.TURNED_DOWN,
                Health.HEALTHY,
                Optional.empty(),
                SOAKED,
                "test 1");

        assertThat(decide(onCanary, SOAKED, other).figures())
                .containsExactly(new RingFigures("canary", 0, 0, 0, 0, 0, 0));
    }

    @Test
    void a_node_that_was_booted_into_another_kernel_is_no_longer_counted_for_this_one() {
        NodeReport before = patched(canary(1), A, START);
        NodeReport after = new NodeReport(
                canary(1),
                OTHER_BUILD,
                Optional.empty(),
                Optional.empty(),
                NodeState.UNPATCHED,
                Health.HEALTHY,
                Optional.empty(),
                SOAKED,
                "test 1");

        assertThat(decide(onCanary, SOAKED, before, after).figures().get(0).nodes())
                .isZero();
    }

    @Test
    void a_report_from_the_future_never_speaks_for_a_patch() {
        Instant ahead = SOAKED.plus(Duration.ofMinutes(10));
        List<NodeReport> reports = List.of(patched(canary(1), A, ahead), patched(canary(2), A, ahead.plusNanos(1)));

        assertThat(decide(onCanary, SOAKED, reports).figures())
                .containsExactly(new RingFigures("canary", 2, 1, 1, 0, 1, 0));
        assertThat(decide(onCanary, SOAKED, turnedDown(canary(2), A, ahead.plusNanos(1))))
                .isInstanceOf(Block.class);
    }

    @Test
    void a_report_from_the_future_does_not_hide_the_others_of_its_node() {
        NodeReport ahead = unpatched(canary(1), SOAKED.plus(Duration.ofDays(365)));

        assertThat(decide(onCanary, SOAKED, ahead, patched(canary(1), A, SOAKED))
                        .figures()
                        .get(0)
                        .patched())
                .isEqualTo(1);
    }

    @Test
    void what_was_reported_before_a_patch_was_reinstated_is_forgotten() {
        RolloutPolicy again = onCanary.withdraw(A, START, "Bob", "by mistake")
                .reinstate(A)
                .promote(A, "canary", SOAKED, "Ada", "again");

        assertThat(decide(again, SOAKED, turnedDown(canary(1), A, SOAKED.minusNanos(1))))
                .isInstanceOf(Wait.class);
    }

    @Test
    void a_node_that_has_not_come_by_since_the_promotion_is_neither_patched_nor_missing() {
        RolloutPolicy inHalf = promoted(A, "half", START);
        Node node = inRing("half");

        PromotionDecision decision = decide(inHalf, START.plusSeconds(60), patched(node, A, START.minusSeconds(1)));

        assertThat(decision.figures().get(1)).isEqualTo(new RingFigures("half", 1, 0, 0, 0, 0, 0));
    }

    @Test
    void a_clock_that_went_back_only_makes_it_wait() {
        assertThat(decide(onCanary, START.minus(Duration.ofDays(400)), patchedCanaries(3, START)))
                .isInstanceOf(Wait.class);
    }

    @Test
    void a_decision_that_the_policy_has_gone_past_is_not_done() {
        PromotionDecision decision = decide(onCanary, SOAKED, patchedCanaries(3, SOAKED));
        RolloutPolicy once = onCanary.with(decision, "promoter");

        assertThatIllegalArgumentException().isThrownBy(() -> once.with(decision, "promoter"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onCanary.withdraw(A, SOAKED, "Bob", "harm").with(decision, "promoter"));
    }
}
