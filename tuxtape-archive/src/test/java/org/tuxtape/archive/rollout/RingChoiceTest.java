package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RingChoiceTest {
    private static final int POINTS = 10_000;

    @Test
    void the_lot_of_a_node_is_what_the_documented_command_prints() {
        assertThat(Membership.point("SALT", "web-17")).isEqualTo(8146);
        assertThat(Membership.point("prod", "a")).isEqualTo(4661);
    }

    @Property
    void the_lot_is_the_hash_as_a_part_of_all_hashes(@ForAll("words") String salt, @ForAll("words") String id)
            throws NoSuchAlgorithmException {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest((salt + '\n' + id).getBytes(StandardCharsets.US_ASCII));
        BigInteger head = new BigInteger(1, Arrays.copyOf(hash, Long.BYTES));

        assertThat(Membership.point(salt, id))
                .isEqualTo(head.multiply(BigInteger.valueOf(POINTS))
                        .shiftRight(Long.SIZE)
                        .intValueExact())
                .isBetween(0, POINTS - 1);
    }

    @Property
    void a_node_never_falls_back_when_shares_grow(
            @ForAll("words") String id,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = POINTS) Integer> shares,
            @ForAll @IntRange(min = 0, max = POINTS) int more) {
        List<Integer> grown =
                shares.stream().map(share -> Math.min(POINTS, share + more)).toList();

        assertThat(position(grown, id)).isLessThanOrEqualTo(position(shares, id));
    }

    @Property
    void a_node_is_in_one_ring_and_stays_there_whatever_is_promoted(@ForAll("words") String id) {
        RolloutPolicy before = RolloutPolicy.standard("fleet");
        RolloutPolicy after = before.promote(SmallFleet.A, "forty", SmallFleet.START, "Ada", "hurry")
                .withdraw(SmallFleet.B, SmallFleet.START, "Ada", "harm");

        assertThat(after.ring(Node.of(id))).isEqualTo(before.ring(Node.of(id)));
    }

    @Property
    void a_tag_decides_before_the_lot_where_its_ring_comes_first(@ForAll("words") String id) {
        RolloutPolicy policy = RolloutPolicy.standard("fleet");

        assertThat(policy.ring(Node.of(id, "canary")).name()).isEqualTo("canary");
        assertThat(policy.ring(Node.of(id, "other")).name()).isNotEqualTo("canary");
    }

    @Test
    void shares_are_kept_within_five_deviations_for_seeded_ids() {
        int nodes = 100_000;
        Random random = new Random(20_260_302);
        RolloutPolicy policy = RolloutPolicy.standard("fleet");
        int tenth = 0;
        int forty = 0;
        for (int i = 0; i < nodes; i++) {
            String ring = policy.ring(Node.of("host-" + i + '-' + Long.toHexString(random.nextLong())))
                    .name();
            tenth += ring.equals("tenth") ? 1 : 0;
            forty += ring.equals("forty") ? 1 : 0;
        }

        assertThat((double) tenth / nodes).isBetween(0.1 - deviation(0.1, nodes), 0.1 + deviation(0.1, nodes));
        assertThat((double) forty / nodes).isBetween(0.3 - deviation(0.3, nodes), 0.3 + deviation(0.3, nodes));
    }

    private static double deviation(double share, int nodes) {
        return 5 * Math.sqrt(share * (1 - share) / nodes);
    }

    @Test
    void another_salt_draws_other_nodes() {
        RolloutPolicy one = RolloutPolicy.standard("one");
        RolloutPolicy other = RolloutPolicy.standard("other");
        int nodes = 10_000;
        int both = 0;
        for (int i = 0; i < nodes; i++) {
            Node node = Node.of("node-" + i);
            both += one.ring(node).name().equals("tenth")
                            && other.ring(node).name().equals("tenth")
                    ? 1
                    : 0;
        }

        assertThat((double) both / nodes).isBetween(0.01 - deviation(0.01, nodes), 0.01 + deviation(0.01, nodes));
    }

    @Test
    void the_last_ring_has_to_be_everything_and_shares_do_not_shrink() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RolloutPolicy.of("s", List.of(ring("a", 5000))))
                .withMessageContaining("everything");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RolloutPolicy.of("s", List.of(ring("a", 5000), ring("b", 4000), ring("c", POINTS))))
                .withMessageContaining("b is below");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RolloutPolicy.of("s", List.of(ring("a", 5000), ring("a", POINTS))))
                .withMessageContaining("two rings");
        assertThatIllegalArgumentException().isThrownBy(() -> RolloutPolicy.of("s", List.of()));
    }

    @Test
    void an_id_has_no_blanks_no_other_letters_and_an_end() {
        for (String id : List.of("", "a b", "a\n", "\u00e9", "x".repeat(129))) {
            assertThatIllegalArgumentException().isThrownBy(() -> Node.of(id));
            assertThatIllegalArgumentException().isThrownBy(() -> Node.of("a", id));
        }
        assertThat(Node.of("x".repeat(128), "!", "~").tags()).containsExactly("!", "~");
    }

    private static int position(List<Integer> shares, String id) {
        List<Ring> rings = new ArrayList<>();
        shares.stream().sorted().forEach(share -> rings.add(ring("r" + rings.size(), share)));
        rings.add(ring("all", POINTS));
        RolloutPolicy policy = RolloutPolicy.of("fleet", rings);
        return rings.indexOf(policy.ring(Node.of(id)));
    }

    private static Ring ring(String name, int share) {
        return new Ring(name, new Membership.Portion(new Share(share)), Duration.ZERO, StopConditions.tolerant());
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(40);
    }
}
