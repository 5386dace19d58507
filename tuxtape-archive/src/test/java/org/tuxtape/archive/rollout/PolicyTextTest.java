package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tuxtape.archive.rollout.SmallFleet.A;
import static org.tuxtape.archive.rollout.SmallFleet.B;
import static org.tuxtape.archive.rollout.SmallFleet.START;
import static org.tuxtape.archive.rollout.SmallFleet.policy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTextTest {
    private static final String TEXT = """
            Format: tuxtape-rollout-policy 1
            Salt: test

            Ring: canary
            Members: tag canary
            Soak: PT12H
            Failures: 0
            Failure-Share: 0%
            Unpatched-Share: 25%
            Least-Patched: 2
            Silence: PT4H

            Ring: half
            Members: share 50%
            Soak: PT12H
            Failures: 2
            Failure-Share: 5%
            Unpatched-Share: 25%
            Least-Patched: 0
            Silence: PT4H

            Ring: all
            Members: share 100%
            Soak: PT0S
            Failures: 2
            Failure-Share: 5%
            Unpatched-Share: 25%
            Least-Patched: 0
            Silence: PT4H

            Promoted: %A livepatch_a
            To: half
            Since: 2026-03-02T08:00:00Z
            Started: 2026-03-02T08:00:00Z
            By: Ada
            Why: it was asked for

            Withdrawn: %B livepatch_b
            At: 2026-03-02T08:00:00Z
            By: Bob
            Why: it leaks
            """.replace("%A", A.sha256()).replace("%B", B.sha256());

    @Test
    void a_policy_is_text_that_people_read() {
        RolloutPolicy policy = SmallFleet.promoted(A, "half", START).withdraw(B, START, "Bob", "it\nleaks");

        assertThat(policy.toText()).isEqualTo(TEXT);
        assertThat(RolloutPolicy.parse(TEXT)).isEqualTo(policy);
    }

    @Test
    void a_policy_of_a_later_form_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RolloutPolicy.parse(TEXT.replace("policy 1", "policy 2")))
                .withMessageContaining("policy 1");
    }

    @Test
    void a_promotion_to_a_ring_that_there_is_not_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RolloutPolicy.parse(TEXT.replace("To: half", "To: quarter")))
                .withMessageContaining("quarter");
    }

    @Test
    void a_patch_that_is_promoted_twice_is_refused() {
        String second = TEXT.substring(TEXT.indexOf("Promoted"), TEXT.indexOf("Withdrawn"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RolloutPolicy.parse(TEXT + "\n" + second))
                .withMessageContaining("twice");
    }

    @Test
    void numbers_and_times_out_of_all_measure_are_refused() {
        for (List<String> change : List.of(
                List.of("Soak: PT12H", "Soak: PT99999999999999H"),
                List.of("Soak: PT12H", "Soak: PT-1S"),
                List.of("Silence: PT4H", "Silence: PT0S"),
                List.of("Since: 2026-03-02T08:00:00Z", "Since: +1000000000-12-31T23:59:59Z"),
                List.of("Failures: 2", "Failures: -1"),
                List.of("Failures: 2", "Failures: 99999999999"),
                List.of("share 100%", "share 100.01%"),
                List.of("share 50%", "share 0%"),
                List.of("Why: it leaks", "Why:"))) {
            assertThat(TEXT).contains(change.get(0));
            assertThatIllegalArgumentException()
                    .as("%s", change)
                    .isThrownBy(() -> RolloutPolicy.parse(TEXT.replace(change.get(0), change.get(1))));
        }
    }

    @Test
    void a_policy_that_is_too_long_is_not_read() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RolloutPolicy.parse("#".repeat(RolloutPolicy.LONGEST_TEXT + 1)))
                .withMessageContaining("longer");
    }

    @Test
    void shares_are_written_in_their_shortest_form() {
        assertThat(List.of(0, 1, 25, 50, 110, 10_000))
                .extracting(share -> new Share(share).toString())
                .containsExactly("0%", "0.01%", "0.25%", "0.5%", "1.1%", "100%");
        assertThat(Share.parse("0.5%")).isEqualTo(new Share(50));
        for (String none : List.of("", "5", "-1%", "1.234%", "101%", "%", "1,5%")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Share.parse(none));
        }
    }

    @Test
    void the_default_policy_keeps_what_a_bad_patch_can_reach_below_the_half() {
        List<Ring> rings = RolloutPolicy.standard("fleet").rings();

        assertThat(rings).extracting(Ring::name).containsExactly("canary", "tenth", "forty", "all");
        assertThat(rings.get(0).stop().failures()).isZero();
        assertThat(policy().rings()).hasSize(3);
    }
}
