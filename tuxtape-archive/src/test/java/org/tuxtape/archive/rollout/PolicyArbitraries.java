package org.tuxtape.archive.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Policies of every shape. */
final class PolicyArbitraries {
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private PolicyArbitraries() {}

    static Arbitrary<String> words() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(128);
    }

    static Arbitrary<String> sentences() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars(" .:#\n\t\r-ab").ofMaxLength(30).map(text -> text + "x"),
                Arbitraries.strings().ofMaxLength(1200).map(text -> text + "x").map(text -> "x" + text));
    }

    static Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, LAST.getEpochSecond() - 1),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    static Arbitrary<Duration> spans() {
        return Arbitraries.longs().between(1, Duration.ofDays(366).toNanos()).map(Duration::ofNanos);
    }

    static Arbitrary<PatchRef> patches() {
        return Arbitraries.integers().between('a', 'f').map(letter -> SmallFleet.patch((char) letter.intValue()));
    }

    static Arbitrary<StopConditions> conditions() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        shares(),
                        shares(),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        spans())
                .as(StopConditions::new);
    }

    static Arbitrary<Share> shares() {
        return Arbitraries.integers().between(0, 10_000).map(Share::new);
    }

    private static Arbitrary<List<Ring>> rings() {
        Arbitrary<Integer> portion = Arbitraries.integers().between(1, 10_000);
        Arbitrary<List<Integer>> shares =
                portion.list().ofMaxSize(4).map(list -> list.stream().sorted().toList());
        return Combinators.combine(
                        words().list().ofMaxSize(3),
                        shares,
                        spans(),
                        conditions().list().ofSize(8))
                .as((tags, portions, soak, stops) -> {
                    List<Membership> members = new ArrayList<>();
                    tags.forEach(tag -> members.add(new Membership.Tagged(tag)));
                    portions.forEach(share -> members.add(new Membership.Portion(new Share(share))));
                    members.add(new Membership.Portion(Share.ALL));
                    return IntStream.range(0, members.size())
                            .mapToObj(i -> new Ring("ring-" + i, members.get(i), soak, stops.get(i)))
                            .toList();
                });
    }

    static Arbitrary<RolloutPolicy> policies() {
        Arbitrary<Withdrawal> withdrawals = Combinators.combine(patches(), times(), sentences(), sentences())
                .as(Withdrawal::new);
        return rings().flatMap(rings -> {
            Arbitrary<String> names =
                    Arbitraries.of(rings.stream().map(Ring::name).toList());
            Arbitrary<Promotion> promotions = Combinators.combine(
                            patches(), names, times(), times(), sentences(), sentences())
                    .as((patch, ring, one, other, by, why) -> new Promotion(
                            patch, ring, later(one, other), one.equals(later(one, other)) ? other : one, by, why));
            return Combinators.combine(
                            words(),
                            promotions.list().ofMaxSize(4),
                            withdrawals.list().ofMaxSize(4))
                    .as((salt, promoted, withdrawn) -> {
                        TreeMap<String, Promotion> reached = new TreeMap<>();
                        promoted.forEach(
                                promotion -> reached.put(promotion.patch().sha256(), promotion));
                        TreeMap<String, Withdrawal> blocked = new TreeMap<>();
                        withdrawn.forEach(
                                withdrawal -> blocked.put(withdrawal.patch().sha256(), withdrawal));
                        return new RolloutPolicy(salt, rings, reached, blocked);
                    });
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
