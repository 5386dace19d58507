package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RolloutPolicyProperties {
    private static final KernelPatches PATCHES = SmallFleet.published(
            SmallFleet.patch('a'),
            SmallFleet.patch('b'),
            SmallFleet.patch('c'),
            SmallFleet.patch('d'),
            SmallFleet.patch('e'));

    @Property(tries = 300)
    void every_policy_is_read_as_it_was_written(@ForAll("policies") RolloutPolicy policy) {
        String text = policy.toText();

        assertThat(RolloutPolicy.parse(text)).isEqualTo(policy);
        assertThat(RolloutPolicy.parse(text).toText()).isEqualTo(text);
    }

    @Property(tries = 300)
    void a_withdrawn_patch_is_never_offered(
            @ForAll("policies") RolloutPolicy policy,
            @ForAll("nodes") Node node,
            @ForAll("inForce") Optional<PatchRef> inForce,
            @ForAll("times") Instant now) {
        Offer offer = policy.offer(node, inForce, PATCHES, now);

        offer.wanted().ifPresent(patch -> assertThat(policy.withdrawals()).doesNotContainKey(patch.sha256()));
    }

    @Property(tries = 300)
    void a_node_that_does_as_it_is_told_then_keeps_what_it_has(
            @ForAll("policies") RolloutPolicy policy,
            @ForAll("nodes") Node node,
            @ForAll("inForce") Optional<PatchRef> inForce,
            @ForAll("times") Instant now) {
        Offer offer = policy.offer(node, inForce, PATCHES, now);
        if (offer instanceof Offer.LeaveForeign) {
            return;
        }

        assertThat(policy.offer(node, offer.wanted(), PATCHES, now))
                .isInstanceOf(offer.wanted().isPresent() ? Offer.Keep.class : Offer.Nothing.class);
    }

    @Property(tries = 300)
    void a_new_patch_is_one_that_has_reached_the_ring_of_the_node(
            @ForAll("policies") RolloutPolicy policy, @ForAll("nodes") Node node, @ForAll("times") Instant now) {
        policy.offer(node, Optional.empty(), PATCHES, now).wanted().ifPresent(patch -> {
            Promotion promotion = policy.promotion(patch).orElseThrow();
            assertThat(policy.rings().indexOf(policy.ring(node)))
                    .isLessThanOrEqualTo(policy.position(promotion.ring()));
            assertThat(promotion.since()).isBeforeOrEqualTo(now);
        });
    }

    @Property(tries = 500)
    void hostile_text_is_a_policy_or_an_illegal_argument(@ForAll("damaged") String text) {
        try {
            RolloutPolicy policy = RolloutPolicy.parse(text);
            assertThat(RolloutPolicy.parse(policy.toText())).isEqualTo(policy);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("\n\n");
        }
    }

    @Property(tries = 50)
    void the_default_policy_is_a_policy_for_every_salt(@ForAll("words") String salt) {
        assertThatCode(() -> RolloutPolicy.parse(RolloutPolicy.standard(salt).toText()))
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> words() {
        return PolicyArbitraries.words();
    }

    @Provide
    Arbitrary<Instant> times() {
        return PolicyArbitraries.times();
    }

    @Provide
    Arbitrary<RolloutPolicy> policies() {
        return PolicyArbitraries.policies();
    }

    @Provide
    Arbitrary<Node> nodes() {
        return PolicyArbitraries.words()
                .flatMap(id ->
                        PolicyArbitraries.words().list().ofMaxSize(3).map(tags -> new Node(id, new TreeSet<>(tags))));
    }

    @Provide
    Arbitrary<Optional<PatchRef>> inForce() {
        return PolicyArbitraries.patches().optional();
    }

    @Provide
    Arbitrary<String> damaged() {
        return PolicyArbitraries.policies().flatMap(policy -> Damage.of(policy.toText()));
    }
}
