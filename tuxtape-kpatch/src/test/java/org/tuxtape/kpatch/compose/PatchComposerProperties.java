package org.tuxtape.kpatch.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.kpatch.compose.CompositionPolicy.Depth;
import org.tuxtape.kpatch.compose.SimulatedBuilder.Pointing;

class PatchComposerProperties {
    private static final int MOST_FIXES = 24;

    /** A number of fixes, how they build, and whether the composer knows the source. */
    record Case(int count, SimulatedBuilder builder, boolean sourced) {
        PatchComposer composer() {
            PatchComposer composer = PatchComposer.over(builder);
            return sourced ? composer.against(SimulatedBuilder::text) : composer;
        }

        CompositionOutcome compose(CompositionPolicy policy) {
            return composer()
                    .with(policy)
                    .compose(SimulatedBuilder.request(SimulatedBuilder.fixes(count)), Context.standard());
        }

        CompositionOutcome compose() {
            return compose(CompositionPolicy.standard());
        }
    }

    @Property(tries = 300)
    void everyFixIsInOrOut(@ForAll("cases") Case each) {
        Composition composition = each.compose().composition();

        Set<Integer> in = in(composition);
        Set<Integer> out = SimulatedBuilder.numbers(
                composition.leftOut().stream().map(LeftOut::fix).toList());
        assertThat(Collections.disjoint(in, out)).isTrue();
        assertThat(in.size() + out.size()).isEqualTo(each.count());
    }

    @Property(tries = 300)
    void whatIsInWasBuiltTogether(@ForAll("cases") Case each) {
        CompositionOutcome outcome = each.compose();

        Set<Integer> in = in(outcome.composition());
        if (outcome instanceof CompositionOutcome.Built built) {
            assertThat(each.builder().builds(in)).isTrue();
            assertThat(each.builder().requests()).contains(in);
            assertThat(built.module().file()).hasToString(new HashSet<>(in) + ".ko");
        } else {
            assertThat(outcome).isInstanceOf(CompositionOutcome.Empty.class);
            assertThat(in).isEmpty();
        }
    }

    @Property(tries = 300)
    void nothingThatIsOutBuildsWithAllThatIsIn(@ForAll("cases") Case each) {
        Composition composition = each.compose().composition();

        assertThat(composition.isDecided()).isTrue();
        for (LeftOut fix : composition.leftOut()) {
            Set<Integer> more = with(in(composition), fix);
            assertThat(fix.reason() instanceof LeftOut.NoChange
                            || !each.builder().builds(more))
                    .as(fix.toString())
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void aConflictIsOnlySaidOfWhatBuildsWithoutTheOther(@ForAll("cases") Case each) {
        Composition composition = each.compose().composition();

        for (LeftOut fix : composition.leftOut()) {
            if (fix.reason() instanceof LeftOut.Conflicts conflicts) {
                Set<Integer> with = SimulatedBuilder.numbers(conflicts.with());
                Set<Integer> in = in(composition);
                assertThat(in).containsAll(with);
                in.removeAll(with);
                assertThat(each.builder().builds(with(in, fix))).isTrue();
            }
        }
    }

    @Property(tries = 300)
    void neverAreMoreBuildsMadeThanStated(@ForAll("cases") Case each) {
        CompositionOutcome outcome = each.compose();

        assertThat(outcome.builds())
                .isEqualTo(each.builder().requests().size())
                .isLessThanOrEqualTo(CompositionPolicy.standard().mostBuilds(each.count()));
    }

    @Property(tries = 300)
    void aBoundHoldsAndWhatIsInByThenIsBuilt(
            @ForAll("cases") Case each, @ForAll @IntRange(min = 1, max = 12) int most) {
        CompositionOutcome outcome = each.compose(new CompositionPolicy(OptionalInt.of(most), Depth.EXPLAIN));

        assertThat(outcome.builds()).isLessThanOrEqualTo(most);
        Set<Integer> in = in(outcome.composition());
        assertThat(in.isEmpty() || each.builder().requests().contains(in)).isTrue();
        assertThat(each.builder().builds(in)).isTrue();
    }

    @Property(tries = 300)
    void theSameAnswersGiveTheSameResult(@ForAll("cases") Case each) {
        Case again = new Case(each.count(), each.builder().saying(each.builder().pointing()), each.sourced());

        assertThat(each.compose()).isEqualTo(again.compose());
        assertThat(each.builder().requests()).isEqualTo(again.builder().requests());
    }

    @Property(tries = 300)
    void whereFailuresPointAtTheirFixEachOfThemTakesTwoBuilds(@ForAll("badOnes") Set<Integer> bad) {
        Case each = new Case(MOST_FIXES, SimulatedBuilder.of(bad, Set.of(), Map.of(), Set.of(), Pointing.RIGHT), false);

        CompositionOutcome outcome = each.compose();

        assertThat(outcome.builds()).isLessThanOrEqualTo(1 + 2 * bad.size());
        assertThat(in(outcome.composition())).hasSize(MOST_FIXES - bad.size());
    }

    @Property(tries = 300)
    void whereFailuresSayNothingFewerGroupsThanTwiceTheFixesAreBuilt(@ForAll("badOnes") Set<Integer> bad) {
        Case each =
                new Case(MOST_FIXES, SimulatedBuilder.of(bad, Set.of(), Map.of(), Set.of(), Pointing.NOWHERE), false);

        CompositionOutcome outcome = each.compose(new CompositionPolicy(OptionalInt.empty(), Depth.ISOLATE));

        assertThat(outcome.builds()).isLessThan(2 * MOST_FIXES + bad.size());
        assertThat(in(outcome.composition())).hasSize(MOST_FIXES - bad.size());
    }

    @Property(tries = 300)
    void addingAGoodFixTakesOneBuildAndOneForEachThatIsOutForOthersSake(@ForAll("cases") Case each) {
        Composition before = each.compose().composition();
        int number = each.count();
        SimulatedBuilder builder = each.builder().saying(each.builder().pointing());

        CompositionOutcome outcome = PatchComposer.over(builder)
                .compose(before.adding(List.of(SimulatedBuilder.fix(number))), before, Context.standard());

        assertThat(in(outcome.composition())).containsAll(in(before)).contains(number);
        if (before.leftOut().stream().allMatch(fix -> fix.reason() instanceof LeftOut.Fails)) {
            assertThat(outcome.builds()).isEqualTo(1);
        }
    }

    @Property(tries = 300)
    void droppingLeavesWhatBuildsWithoutTheDropped(@ForAll("cases") Case each, @ForAll @IntRange(max = 23) int place) {
        Composition before = each.compose().composition();
        if (before.included().size() < 2) {
            return;
        }
        Fix dropped = before.fixes().get(place % before.fixes().size());
        SimulatedBuilder builder = each.builder().saying(each.builder().pointing());

        CompositionOutcome outcome =
                PatchComposer.over(builder).compose(before.dropping(Set.of(dropped.cve())), before, Context.standard());

        Set<Integer> in = in(outcome.composition());
        assertThat(in).doesNotContain(SimulatedBuilder.number(dropped));
        assertThat(builder.builds(in)).isTrue();
        outcome.composition().leftOut().stream()
                .filter(fix -> !before.leftOut().contains(fix) && !(fix.reason() instanceof LeftOut.NoChange))
                .forEach(fix -> assertThat(builder.builds(with(in, fix))).isFalse());
    }

    @Property(tries = 300)
    void cancellingEndsTheBuildsAndKeepsWhatWasFound(
            @ForAll("cases") Case each, @ForAll @IntRange(min = 1, max = 12) int last) {
        CancellationToken token = CancellationToken.create();
        PatchBuilder cancelling = new PatchBuilder() {
            @Override
            public BuildKey key(BuildRequest request) {
                return each.builder().key(request);
            }

            @Override
            public BuildOutcome build(BuildRequest request, Context context) {
                BuildOutcome outcome = each.builder().build(request, context);
                if (each.builder().requests().size() == last) {
                    token.cancel();
                    return new BuildOutcome.Cancelled();
                }
                return outcome;
            }
        };

        CompositionOutcome outcome = PatchComposer.over(cancelling)
                .compose(
                        SimulatedBuilder.request(SimulatedBuilder.fixes(each.count())),
                        Context.standard().with(token));

        assertThat(outcome.builds()).isLessThanOrEqualTo(last);
        assertThat(outcome instanceof CompositionOutcome.Cancelled).isEqualTo(token.isCancelled());
        assertThat(each.builder().builds(in(outcome.composition()))).isTrue();
    }

    private static Set<Integer> in(Composition composition) {
        return SimulatedBuilder.numbers(composition.fixes());
    }

    private static Set<Integer> with(Set<Integer> in, LeftOut fix) {
        Set<Integer> more = new TreeSet<>(in);
        more.add(SimulatedBuilder.number(fix.fix()));
        return more;
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.integers().between(1, MOST_FIXES).flatMap(PatchComposerProperties::casesOf);
    }

    private static Arbitrary<Case> casesOf(int count) {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, count - 1);
        Arbitrary<Set<Integer>> few = places.set().ofMaxSize(Math.min(4, count));
        Arbitrary<Set<Integer>> pairs = places.set().ofSize(Math.min(2, count));
        Arbitrary<Set<Set<Integer>>> conflicts =
                count < 2 ? Arbitraries.just(Set.of()) : pairs.set().ofMaxSize(2);
        return Combinators.combine(
                        few,
                        conflicts,
                        pairs.list().ofMaxSize(3),
                        few,
                        Arbitraries.of(Pointing.class),
                        Arbitraries.of(true, false))
                .as((bad, enemies, needs, idle, pointing, sourced) ->
                        new Case(count, SimulatedBuilder.of(bad, enemies, onEarlier(needs), idle, pointing), sourced));
    }

    private static Map<Integer, Integer> onEarlier(List<Set<Integer>> pairs) {
        Map<Integer, Integer> needs = new HashMap<>();
        for (Set<Integer> pair : pairs) {
            TreeSet<Integer> sorted = new TreeSet<>(pair);
            if (sorted.size() == 2) {
                needs.put(sorted.last(), sorted.first());
            }
        }
        return needs;
    }

    @Provide
    Arbitrary<Set<Integer>> badOnes() {
        return Arbitraries.integers().between(0, MOST_FIXES - 1).set().ofMaxSize(MOST_FIXES / 3);
    }
}
