package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tuxtape.archive.rollout.SmallFleet.A;
import static org.tuxtape.archive.rollout.SmallFleet.B;
import static org.tuxtape.archive.rollout.SmallFleet.C;
import static org.tuxtape.archive.rollout.SmallFleet.PATCHES;
import static org.tuxtape.archive.rollout.SmallFleet.START;
import static org.tuxtape.archive.rollout.SmallFleet.canary;
import static org.tuxtape.archive.rollout.SmallFleet.inRing;
import static org.tuxtape.archive.rollout.SmallFleet.patch;
import static org.tuxtape.archive.rollout.SmallFleet.policy;
import static org.tuxtape.archive.rollout.SmallFleet.promoted;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OfferTest {
    private static final Optional<PatchRef> NONE = Optional.empty();
    private final Node canary = canary(1);
    private final Node late = inRing("all");

    @Test
    void a_node_takes_the_newest_patch_that_has_reached_its_ring() {
        RolloutPolicy policy = promoted(A, "all", START).promote(B, "canary", START, "Ada", "new");

        assertThat(policy.offer(canary, NONE, PATCHES, START))
                .isEqualTo(new Offer.Take(B, B + " is the newest that has reached the ring canary."));
        assertThat(policy.offer(late, NONE, PATCHES, START))
                .isEqualTo(new Offer.Take(A, A + " is the newest that has reached the ring all."));
    }

    @Test
    void a_kernel_that_nothing_is_published_for_is_named() {
        KernelPatches none = new KernelPatches(SmallFleet.KERNEL, List.of());

        assertThat(promoted(A, "all", START).offer(late, NONE, none, START))
                .isEqualTo(new Offer.Nothing("No patch is published for this kernel, " + SmallFleet.KERNEL + "."));
    }

    @Test
    void an_older_patch_in_force_is_replaced_by_the_newer() {
        RolloutPolicy policy = promoted(A, "all", START).promote(B, "canary", START, "Ada", "new");

        assertThat(policy.offer(canary, Optional.of(A), PATCHES, START).wanted())
                .contains(B);
        assertThat(policy.offer(late, Optional.of(A), PATCHES, START)).isInstanceOf(Offer.Keep.class);
    }

    @Test
    void what_is_newer_than_the_ring_has_is_kept() {
        RolloutPolicy policy = promoted(A, "all", START);

        assertThat(policy.offer(late, Optional.of(C), PATCHES, START))
                .isInstanceOfSatisfying(Offer.Keep.class, keep -> {
                    assertThat(keep.patch()).isEqualTo(C);
                    assertThat(keep.reason()).contains("newer", "not withdrawn");
                });
    }

    @Test
    void a_withdrawn_patch_is_replaced_by_the_older_one_that_is_good() {
        RolloutPolicy policy =
                promoted(A, "all", START).promote(B, "all", START, "Ada", "new").withdraw(B, START, "Bob", "it leaks");

        assertThat(policy.offer(late, Optional.of(B), PATCHES, START))
                .isEqualTo(new Offer.Replace(B, A, B + " was withdrawn by Bob: it leaks"));
        assertThat(policy.offer(late, NONE, PATCHES, START).wanted()).contains(A);
    }

    @Test
    void a_withdrawn_patch_without_an_older_one_is_unloaded() {
        RolloutPolicy policy = promoted(A, "all", START).withdraw(A, START, "Bob", "it leaks");

        assertThat(policy.offer(late, Optional.of(A), PATCHES, START))
                .isEqualTo(new Offer.Unload(A, A + " was withdrawn by Bob: it leaks"));
        assertThat(policy.offer(late, NONE, PATCHES, START)).isInstanceOf(Offer.Nothing.class);
    }

    @Test
    void a_withdrawn_patch_is_known_by_its_digest_also_when_it_is_no_longer_published() {
        PatchRef gone = patch('d');
        RolloutPolicy policy = promoted(A, "all", START).withdraw(gone, START, "Bob", "it leaks");

        assertThat(policy.offer(late, Optional.of(gone), PATCHES, START).wanted())
                .contains(A);
    }

    @Test
    void somebody_elses_patch_is_left_alone() {
        RolloutPolicy policy = promoted(A, "all", START);

        assertThat(policy.offer(late, Optional.of(patch('e')), PATCHES, START))
                .isInstanceOfSatisfying(Offer.LeaveForeign.class, foreign -> {
                    assertThat(foreign.foreign()).isEqualTo(patch('e'));
                    assertThat(foreign.instead()).contains(A);
                    assertThat(foreign.wanted()).isEmpty();
                });
    }

    @Test
    void a_name_is_not_what_a_patch_is_known_by() {
        PatchRef sameName = new PatchRef(patch('e').sha256(), A.name());
        RolloutPolicy policy = promoted(A, "all", START);

        assertThat(policy.offer(late, Optional.of(sameName), PATCHES, START)).isInstanceOf(Offer.LeaveForeign.class);
    }

    @Test
    void a_clock_that_went_back_offers_nothing_new_and_takes_nothing_away() {
        RolloutPolicy policy = promoted(A, "all", START);

        assertThat(policy.offer(late, NONE, PATCHES, START.minusSeconds(1)))
                .isInstanceOfSatisfying(
                        Offer.Nothing.class,
                        nothing -> assertThat(nothing.reason())
                                .isEqualTo("A patch reaches the ring all at " + START + ", and by the clock it is "
                                        + START.minusSeconds(1) + "."));
        assertThat(policy.offer(late, Optional.of(A), PATCHES, START.minusSeconds(1)))
                .isInstanceOf(Offer.Keep.class);
    }

    @Test
    void a_withdrawal_holds_whatever_the_clock_says() {
        RolloutPolicy policy = promoted(A, "all", START).withdraw(A, START.plusSeconds(60), "Bob", "it leaks");

        assertThat(policy.offer(late, Optional.of(A), PATCHES, START)).isInstanceOf(Offer.Unload.class);
    }

    @Test
    void a_withdrawn_patch_cannot_be_promoted_and_a_reinstated_one_begins_anew() {
        RolloutPolicy withdrawn = promoted(A, "all", START).withdraw(A, START, "Bob", "it leaks");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> withdrawn.promote(A, "all", START, "Ada", "again"))
                .withMessageContaining("withdrawn");
        assertThat(withdrawn.reinstate(A)).isEqualTo(policy());
        assertThatIllegalArgumentException().isThrownBy(() -> policy().reinstate(A));
    }

    @Test
    void a_patch_is_not_promoted_back_nor_before_it_was() {
        RolloutPolicy half = promoted(A, "half", START);

        for (String ring : new String[] {"canary", "half", "nowhere"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> half.promote(A, ring, START, "Ada", "x"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> half.promote(A, "all", START.minusSeconds(1), "Ada", "x"));
    }

    @Test
    void what_was_withdrawn_first_stays_the_reason() {
        RolloutPolicy policy = policy().withdraw(A, START, "Bob", "it leaks").withdraw(A, START, "Cid", "me too");

        assertThat(policy.withdrawal(A).orElseThrow().by()).isEqualTo("Bob");
    }

    @Test
    void promotions_of_what_is_no_longer_published_are_forgotten_and_withdrawals_are_not() {
        RolloutPolicy policy =
                promoted(A, "all", START).promote(B, "all", START, "Ada", "new").withdraw(C, START, "Bob", "it leaks");

        RolloutPolicy retained = policy.retain(java.util.List.of(B));

        assertThat(retained.promotions()).containsOnlyKeys(B.sha256());
        assertThat(retained.withdrawals()).containsOnlyKeys(C.sha256());
    }
}
