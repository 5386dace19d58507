package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.triage.Prioritizers.Weighted;

class PrioritizerProperties {
    private static final Offset<Double> ROUNDING = within(1e-6);
    private static final Cve CVE = Cve.builder(CveId.parse("CVE-2024-0001")).build();
    private static final Verdict NOTHING = Verdict.of(List.of());

    /** A CVE and what is known of it in some kernel. */
    private record Case(Cve cve, Verdict verdict) {}

    @Property
    void thePointsOfAnAverageSumToItsScore(@ForAll @Size(min = 1, max = 5) List<@From("weighted") Weighted> parts) {
        assertPointsSumToScore(ask(weighted(parts)));
    }

    @Property
    void anAverageLiesAmongItsPartsAndIsMissingOnlyWithAllOfThem(
            @ForAll @Size(min = 1, max = 5) List<@From("weighted") Weighted> parts) {
        double[] scores = parts.stream()
                .map(part -> ask(part.part()).score())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .sorted()
                .toArray();
        OptionalDouble score = ask(weighted(parts)).score();

        assertThat(score.isPresent()).isEqualTo(scores.length > 0);
        score.ifPresent(average ->
                assertThat(average).isBetween(scores[0] - ROUNDING.value, scores[scores.length - 1] + ROUNDING.value));
    }

    @Property
    void onlyTheShareOfAWeightMatters(
            @ForAll @Size(min = 1, max = 5) List<@From("weighted") Weighted> parts,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double scale) {
        List<Weighted> scaled = parts.stream()
                .map(part -> new Weighted(part.part(), part.weight() * scale))
                .toList();

        assertSameScore(ask(weighted(scaled)).score(), ask(weighted(parts)).score());
    }

    @Property
    void aMissingPartChangesNoScore(@ForAll @Size(min = 1, max = 5) List<@From("weighted") Weighted> parts) {
        List<Weighted> more = new ArrayList<>(parts);
        more.add(new Weighted((cve, verdict) -> Priority.unknown("missing", "Not known."), 3));

        assertSameScore(ask(weighted(more)).score(), ask(weighted(parts)).score());
    }

    @Property
    void aCapNeverRaisesAndNeverGivesMoreThanItsLimit(
            @ForAll("priorities") Priority base, @ForAll @DoubleRange(max = 100) double limit) {
        Priority capped = ask(Prioritizers.cap((cve, verdict) -> base, limit, "policy"));

        assertThat(capped.score().isPresent()).isEqualTo(base.score().isPresent());
        capped.score()
                .ifPresent(score -> assertThat(score)
                        .isLessThanOrEqualTo(limit)
                        .isLessThanOrEqualTo(base.score().orElseThrow()));
        assertPointsSumToScore(capped);
    }

    @Property
    void aBoostNeverLowersAndNeverGivesMoreThanAHundred(
            @ForAll("priorities") Priority base, @ForAll("priorities") Priority boost) {
        Priority boosted = ask(Prioritizers.boost((cve, verdict) -> base, (cve, verdict) -> boost));

        assertThat(boosted.score().isPresent())
                .isEqualTo(base.score().isPresent() || boost.score().isPresent());
        boosted.score()
                .ifPresent(score -> assertThat(score)
                        .isGreaterThanOrEqualTo(base.score().orElse(0))
                        .isLessThanOrEqualTo(Priority.HIGHEST));
        assertPointsSumToScore(boosted);
    }

    @Property
    void whateverIsComposedKeepsToTheScaleAndAccountsForItsPoints(
            @ForAll @Size(min = 1, max = 4) List<@From("weighted") Weighted> parts,
            @ForAll("priorities") Priority boost,
            @ForAll @DoubleRange(max = 100) double limit) {
        Prioritizer composed = Prioritizers.firstDecisive(
                Prioritizers.cap(Prioritizers.boost(weighted(parts), (cve, verdict) -> boost), limit, "policy"),
                Prioritizers.weighted(new Weighted(weighted(parts), 1), new Weighted((cve, verdict) -> boost, 2)));

        Priority priority = ask(composed);

        priority.score().ifPresent(score -> assertThat(score).isBetween(0.0, Priority.HIGHEST));
        assertPointsSumToScore(priority);
    }

    @Property
    void theStandardKeepsToTheScaleAndAccountsForItsPoints(@ForAll("cases") Case judged) {
        Priority priority = Prioritizers.standard().priority(judged.cve(), judged.verdict());

        priority.score().ifPresent(score -> assertThat(score).isBetween(0.0, Priority.HIGHEST));
        assertPointsSumToScore(priority);
    }

    @Property(tries = 200)
    void theStandardGivesEqualAnswersWhateverWasAskedBefore(
            @ForAll @Size(max = 10) List<@From("cases") Case> cases, @ForAll Random random) {
        Prioritizer standard = Prioritizers.standard();
        List<Case> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(judged -> standard.priority(judged.cve(), judged.verdict()));

        for (Case judged : cases) {
            assertThat(standard.priority(judged.cve(), judged.verdict()))
                    .isEqualTo(Prioritizers.standard().priority(judged.cve(), judged.verdict()));
        }
    }

    private static Priority ask(Prioritizer prioritizer) {
        return prioritizer.priority(CVE, NOTHING);
    }

    private static Prioritizer weighted(List<Weighted> parts) {
        return Prioritizers.weighted(parts.toArray(new Weighted[0]));
    }

    private static void assertPointsSumToScore(Priority priority) {
        double points = priority.reasons().stream()
                .mapToDouble(reason -> reason.points().orElse(0))
                .sum();
        assertThat(points).isCloseTo(priority.score().orElse(0), ROUNDING);
    }

    private static void assertSameScore(OptionalDouble score, OptionalDouble expected) {
        assertThat(score.isPresent()).isEqualTo(expected.isPresent());
        assertThat(score.orElse(0)).isCloseTo(expected.orElse(0), ROUNDING);
    }

    @Provide("priorities")
    Arbitrary<Priority> anyPriority() {
        Arbitrary<Priority> unknown = Arbitraries.of(Priority.unknown("unknown", "Not known."));
        Arbitrary<Priority> known = Combinators.combine(
                        Arbitraries.doubles().between(0, 100),
                        Arbitraries.doubles().between(0, 1))
                .as((score, share) -> Priority.of(
                        score,
                        List.of(Reason.of("a", score * share, "One."), Reason.of("b", score - score * share, "Two."))));
        return Arbitraries.oneOf(unknown, known, known);
    }

    @Provide("weighted")
    Arbitrary<Weighted> anyPart() {
        return Combinators.combine(anyPriority(), Arbitraries.doubles().between(0.01, 100))
                .as((priority, weight) -> new Weighted((cve, verdict) -> priority, weight));
    }

    @Provide("cases")
    Arbitrary<Case> anyCase() {
        Arbitrary<List<String>> files = Arbitraries.of(
                        "net/ipv4/tcp.c", "fs/btrfs/inode.c", "sound/core/pcm.c", "include/linux/skbuff.h", "mm/mmap.c")
                .list()
                .ofMaxSize(4);
        Arbitrary<OptionalDouble> base = Arbitraries.integers()
                .between(-20, 100)
                .map(tenths -> tenths < 0 ? OptionalDouble.empty() : OptionalDouble.of(tenths / 10.0));
        return Combinators.combine(files, base).as(PrioritizerProperties::judged);
    }

    private static Case judged(List<String> files, OptionalDouble base) {
        WrittenProfile profile = WrittenProfile.of("6.8")
                .compiled("net/ipv4/tcp.c", "vmlinux")
                .compiled("fs/btrfs/inode.c", "fs/btrfs/btrfs")
                .included("include/linux/skbuff.h", "net/ipv4/tcp.c", "vmlinux")
                .absent("sound/core/pcm.c");
        Cve cve = Cve.builder(CveId.parse("CVE-2024-0001"))
                .files(files.toArray(new String[0]))
                .ranges(Pairs.parse("5.0->?"))
                .cvss(new Cvss(CvssVector.parse("CVSS:3.1/AV:L"), base))
                .build();
        return new Case(cve, Applicability.assess(cve, profile));
    }
}
