package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.triage.Prioritizers.Weighted;

class PrioritizersTest {
    private static final Cve CVE = Cve.builder(CveId.parse("CVE-2024-0001")).build();
    private static final CvssVector VECTOR = CvssVector.parse("CVSS:3.1/AV:L/C:H");
    private static final Verdict NOTHING = Verdict.of(List.of());
    private static final Prioritizer MISSING = (cve, verdict) -> Priority.unknown("missing", "Not known.");

    @Test
    void cvssIsTenTimesTheBaseScore() {
        Priority priority = Prioritizers.cvss().priority(rated(OptionalDouble.of(7.8)), NOTHING);

        assertThat(priority.score().orElseThrow()).isCloseTo(78, within(1e-9));
        assertThat(priority.reasons())
                .singleElement()
                .extracting(Reason::text)
                .isEqualTo("CVSS base score 7.8 (CVSS:3.1/AV:L/C:H).");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 10})
    void cvssSpansTheWholeScale(double base) {
        assertThat(Prioritizers.cvss()
                        .priority(rated(OptionalDouble.of(base)), NOTHING)
                        .score())
                .hasValue(base * 10);
    }

    @Test
    void withoutABaseScoreCvssHasNone() {
        assertThat(Prioritizers.cvss().priority(CVE, NOTHING).score()).isEmpty();
        assertThat(Prioritizers.cvss()
                        .priority(rated(OptionalDouble.empty()), NOTHING)
                        .score())
                .isEmpty();
    }

    @Test
    void weightedAveragesByWeight() {
        Priority priority =
                ask(Prioritizers.weighted(new Weighted(fixed(100, "a"), 1), new Weighted(fixed(40, "b"), 3)));

        assertThat(priority.score().orElseThrow()).isCloseTo(55, within(1e-9));
        assertThat(priority.reasons()).extracting(Reason::factor).containsExactly("a", "b");
        assertThat(priority.reasons().get(0).points().orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(priority.reasons().get(1).points().orElseThrow()).isCloseTo(30, within(1e-9));
    }

    @Test
    void theWeightOfAMissingPartFallsToTheOthersAndItsReasonStays() {
        Priority priority = ask(Prioritizers.weighted(
                new Weighted(MISSING, 6), new Weighted(fixed(100, "a"), 1), new Weighted(fixed(40, "b"), 3)));

        assertThat(priority.score().orElseThrow()).isCloseTo(55, within(1e-9));
        assertThat(priority.reasons()).extracting(Reason::factor).containsExactly("missing", "a", "b");
        assertThat(priority.reasons().get(0).points()).isEmpty();
    }

    @Test
    void aScoreOfZeroIsNotMissing() {
        Priority priority = ask(Prioritizers.weighted(new Weighted(fixed(0, "a"), 1), new Weighted(fixed(40, "b"), 1)));

        assertThat(priority.score().orElseThrow()).isCloseTo(20, within(1e-9));
    }

    @Test
    void whereEveryPartIsMissingTheAverageIsToo() {
        Priority priority = ask(Prioritizers.weighted(new Weighted(MISSING, 1), new Weighted(MISSING, 2)));

        assertThat(priority.score()).isEmpty();
        assertThat(priority.reasons()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1, 1e6})
    void onlyTheShareOfAWeightMattersHoweverLargeItIs(double weight) {
        Priority priority =
                ask(Prioritizers.weighted(new Weighted(fixed(80, "a"), weight), new Weighted(fixed(80, "b"), weight)));

        assertThat(priority.score().orElseThrow()).isCloseTo(80, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e7, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightLiesAboveZeroAndUpToAMillion(double weight) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Weighted(MISSING, weight));
    }

    @Test
    void firstDecisiveAnswersAsTheFirstPartWithAScore() {
        assertThat(ask(Prioritizers.firstDecisive(MISSING, fixed(7, "a"), fixed(99, "b"))))
                .isEqualTo(Priority.of(7, "a", "Because of a."));
    }

    @Test
    void firstDecisiveDoesNotAskFurther() {
        Prioritizer broken = (cve, verdict) -> {
            throw new AssertionError("Nobody should ask.");
        };

        assertThat(ask(Prioritizers.firstDecisive(fixed(7, "a"), broken)).score())
                .hasValue(7);
    }

    @Test
    void whereNoPartDecidesTheLastOneIsHeard() {
        Prioritizer last = (cve, verdict) -> Priority.unknown("last", "Not known either.");

        assertThat(ask(Prioritizers.firstDecisive(MISSING, last)))
                .isEqualTo(Priority.unknown("last", "Not known either."));
    }

    @ParameterizedTest
    @CsvSource({"39, 39", "40, 40", "41, 40", "100, 40", "0, 0"})
    void aCapKeepsScoresFromRisingAboveItsLimit(double score, double capped) {
        assertThat(ask(Prioritizers.cap(fixed(score, "a"), 40, "policy")).score())
                .hasValue(capped);
    }

    @Test
    void aCapThatIsMetSaysWhatItTookAway() {
        assertThat(ask(Prioritizers.cap(fixed(90, "a"), 40, "policy")).reasons())
                .containsExactly(Reason.of("a", 90, "Because of a."), Reason.of("policy", -50, "Capped at 40.0."));
    }

    @Test
    void aCapThatIsNotMetChangesNothing() {
        assertThat(ask(Prioritizers.cap(fixed(40, "a"), 40, "policy"))).isEqualTo(ask(fixed(40, "a")));
        assertThat(ask(Prioritizers.cap(MISSING, 0, "policy"))).isEqualTo(ask(MISSING));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 101, Double.NaN})
    void aLimitLiesOnTheScale(double limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> Prioritizers.cap(MISSING, limit, "policy"));
    }

    @ParameterizedTest
    @CsvSource({"50, 30, 80", "50, 0, 50", "50, 50, 100", "90, 30, 100", "100, 30, 100", "0, 0, 0"})
    void aBoostIsAddedUpToAHundred(double base, double boost, double boosted) {
        assertThat(ask(Prioritizers.boost(fixed(base, "a"), fixed(boost, "b"))).score())
                .hasValue(boosted);
    }

    @Test
    void aBoostSaysWhatItReallyAdded() {
        assertThat(ask(Prioritizers.boost(fixed(90, "a"), fixed(40, "b"))).reasons())
                .containsExactly(Reason.of("a", 90, "Because of a."), Reason.of("b", 10, "Because of b."));
    }

    @Test
    void aMissingBoostChangesNothing() {
        assertThat(ask(Prioritizers.boost(fixed(50, "a"), MISSING))).isEqualTo(ask(fixed(50, "a")));
    }

    @Test
    void whatHasNoScoreOfItsOwnHasThatOfTheBoost() {
        assertThat(ask(Prioritizers.boost(MISSING, fixed(50, "b"))))
                .isEqualTo(Priority.of(
                        50, List.of(Reason.of("missing", "Not known."), Reason.of("b", 50, "Because of b."))));
    }

    @Test
    void theStandardWeighsSeverityReachAndPresenceFiveToThreeToTwo() {
        Cve cve = Cve.builder(CveId.parse("CVE-2024-0001"))
                .files("net/ipv4/tcp.c")
                .cvss(new Cvss(VECTOR, OptionalDouble.of(5)))
                .build();
        WrittenProfile profile = WrittenProfile.of("6.8").compiled("net/ipv4/tcp.c", "net/ipv4/tcp");

        Priority priority = Prioritizers.standard().priority(cve, Applicability.assess(cve, profile));

        assertThat(priority.score().orElseThrow()).isCloseTo(0.5 * 50 + 0.3 * 90 + 0.2 * 50, within(1e-9));
        assertThat(priority.reasons()).extracting(Reason::factor).containsExactly("cvss", "attack-surface", "exposure");
    }

    @Test
    void whereThereIsNoCvssTheStandardGoesByTheSortOfBug() {
        Cve cve = Cve.builder(CveId.parse("CVE-2024-0001"))
                .title("fix use-after-free")
                .files("net/ipv4/tcp.c")
                .build();
        WrittenProfile profile = WrittenProfile.of("6.8").compiled("net/ipv4/tcp.c", "vmlinux");

        Priority priority = Prioritizers.standard().priority(cve, Applicability.assess(cve, profile));

        assertThat(priority.score().orElseThrow()).isCloseTo(0.5 * 80 + 0.3 * 90 + 0.2 * 70, within(1e-9));
    }

    @Test
    void whatIsNotKnownRanksBelowWhatIsKnownToBeBuiltInAndAboveWhatIsAModule() {
        WrittenProfile unknown = WrittenProfile.of("6.8");
        WrittenProfile builtIn = WrittenProfile.of("6.8").compiled("net/ipv4/tcp.c", "vmlinux");
        WrittenProfile module = WrittenProfile.of("6.8").compiled("net/ipv4/tcp.c", "net/ipv4/tcp");

        assertThat(standard("net/ipv4/tcp.c", unknown))
                .isLessThan(standard("net/ipv4/tcp.c", builtIn))
                .isGreaterThan(standard("net/ipv4/tcp.c", module));
    }

    @Test
    void aScoreThatStandsInSaysSo() {
        Priority priority =
                ask(Prioritizers.weighted(new Weighted(fixed(90, "a"), 1), new Weighted(MISSING, 1).assuming(50)));

        assertThat(priority)
                .isEqualTo(Priority.of(
                        70,
                        List.of(
                                Reason.of("a", 45, "Because of a."),
                                Reason.of("missing", 25, "Not known. Taken as 50 of 100."))));
    }

    @Test
    void whereNothingIsKnownNothingStandsIn() {
        assertThat(ask(Prioritizers.weighted(new Weighted(MISSING, 1).assuming(50)))
                        .score())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 101, Double.NaN})
    void whatStandsInLiesOnTheScale(double score) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Weighted(MISSING, 1).assuming(score));
    }

    @Test
    void whoKnowsOnlyThatCodeIsBuiltInNeverRanksAboveWhatIsReachableFromTheNetwork() {
        WrittenProfile profile =
                WrittenProfile.of("6.8").compiled("net/ipv4/tcp.c", "vmlinux").compiled("usr/unheard-of.c", "vmlinux");

        assertThat(standard("usr/unheard-of.c", profile)).isLessThan(standard("net/ipv4/tcp.c", profile));
    }

    @Test
    void whatIsNotBuiltDoesNotTellWhoCanReachTheRest() {
        WrittenProfile profile =
                WrittenProfile.of("6.8").absent("net/ipv4/tcp.c").compiled("drivers/net/tun.c", "vmlinux");
        Cve cve = Cve.builder(CveId.parse("CVE-2024-0001"))
                .files("net/ipv4/tcp.c", "drivers/net/tun.c")
                .build();

        assertThat(Prioritizers.attackSurface()
                        .priority(cve, Applicability.assess(cve, profile))
                        .reasons())
                .singleElement()
                .extracting(Reason::text)
                .asString()
                .startsWith("drivers/net/tun.c");
    }

    private static double standard(String file, WrittenProfile profile) {
        Cve cve = Cve.builder(CveId.parse("CVE-2024-0001")).files(file).build();
        return Prioritizers.standard()
                .priority(cve, Applicability.assess(cve, profile))
                .score()
                .orElseThrow();
    }

    @Test
    void theStandardHasNoScoreWhereNothingIsKnown() {
        assertThat(Prioritizers.standard().priority(CVE, NOTHING).score()).isEmpty();
    }

    @Test
    void whatIsComposedHasParts() {
        assertThatIllegalArgumentException().isThrownBy(Prioritizers::weighted);
        assertThatIllegalArgumentException().isThrownBy(Prioritizers::firstDecisive);
        assertThatNullPointerException().isThrownBy(() -> Prioritizers.firstDecisive(MISSING, null));
        assertThatNullPointerException().isThrownBy(() -> Prioritizers.cap(null, 1, "policy"));
        assertThatNullPointerException().isThrownBy(() -> Prioritizers.boost(null, MISSING));
        assertThatNullPointerException().isThrownBy(() -> Prioritizers.boost(MISSING, null));
        assertThatNullPointerException().isThrownBy(() -> new Weighted(null, 1));
    }

    private static Prioritizer fixed(double score, String factor) {
        return (cve, verdict) -> Priority.of(score, factor, "Because of " + factor + ".");
    }

    private static Priority ask(Prioritizer prioritizer) {
        return prioritizer.priority(CVE, NOTHING);
    }

    private static Cve rated(OptionalDouble base) {
        return Cve.builder(CveId.parse("CVE-2024-0001"))
                .cvss(new Cvss(VECTOR, base))
                .build();
    }
}
