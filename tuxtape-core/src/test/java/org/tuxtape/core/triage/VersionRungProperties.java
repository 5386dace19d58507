package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Holds the rung against a walk through a small history that is written down release by release: no comparison of
 * versions, only the list of releases on the way to a kernel.
 */
class VersionRungProperties {
    private static final int BRANCHES = 4;
    private static final int STABLE_RELEASES = 3;
    private static final String NOWHERE = "?";

    @Property(tries = 5000)
    void theLastChangeOnTheWayDecides(@ForAll("releases") String kernel, @ForAll("pairs") List<Pair> pairs) {
        Optional<VexStatus> found = climb(kernel, pairs);

        found.ifPresent(status -> assertThat(status).isEqualTo(walk(kernel, pairs)));
        assertThat(found.isPresent() || isNamedForItsRelease(kernel, pairs)).isTrue();
    }

    @Property
    void theOrderOfThePairsDoesNotMatter(
            @ForAll("releases") String kernel, @ForAll("pairs") List<Pair> pairs, @ForAll Random random) {
        List<Pair> shuffled = new ArrayList<>(pairs);
        Collections.shuffle(shuffled, random);

        assertThat(climb(kernel, shuffled)).isEqualTo(climb(kernel, pairs));
    }

    @Property
    void aPairThatIsSaidTwiceSaysNothingMore(@ForAll("releases") String kernel, @ForAll("pairs") List<Pair> pairs) {
        List<Pair> twice = new ArrayList<>(pairs);
        twice.addAll(pairs);

        assertThat(climb(kernel, twice)).isEqualTo(climb(kernel, pairs));
    }

    @Property(tries = 3000)
    void whereTheVersionOfABugIsNotNamedOnlyThatIsDecidedWhichHoldsWhereverItLies(
            @ForAll("releases") String kernel, @ForAll("pairs") List<Pair> others, @ForAll("ends") String fixed) {
        List<String> places = fixed.equals(NOWHERE) ? releases() : wayTo(fixed);

        climb(kernel, with(others, new Pair("@aaaaaaa", fixed)))
                .ifPresent(status -> assertThat(places)
                        .allSatisfy(place -> assertThat(walk(kernel, with(others, new Pair(place, fixed))))
                                .isEqualTo(status)));
    }

    @Property(tries = 3000)
    void whereTheVersionOfAFixIsNotNamedOnlyThatIsDecidedWhichHoldsWhereverItLies(
            @ForAll("releases") String kernel, @ForAll("pairs") List<Pair> others, @ForAll("ends") String introduced) {
        List<String> places = releases().stream()
                .filter(place -> introduced.equals(NOWHERE) || wayTo(place).contains(introduced))
                .toList();

        climb(kernel, with(others, new Pair(introduced, "@bbbbbbb")))
                .ifPresent(status -> assertThat(places)
                        .allSatisfy(place -> assertThat(walk(kernel, with(others, new Pair(introduced, place))))
                                .isEqualTo(status)));
    }

    /** Records name x.y for what came in a candidate of it, so a candidate is not judged by that. */
    private static boolean isNamedForItsRelease(String kernel, List<Pair> pairs) {
        String release = kernel.replaceFirst("-rc.*", "");
        return !kernel.equals(release)
                && pairs.stream().anyMatch(pair -> pair.introduced().equals(release));
    }

    /** What the rung says. */
    private static Optional<VexStatus> climb(String kernel, List<Pair> pairs) {
        String text = pairs.stream().map(Pair::toString).collect(Collectors.joining(" "));
        return VersionRung.climb(Pairs.parse(text), KernelBuild.of(KernelVersion.parse(kernel)))
                .decides();
    }

    /** What somebody finds who walks from the first release to the kernel and looks at each one what was done there. */
    private static VexStatus walk(String kernel, List<Pair> pairs) {
        VexStatus state = pairs.stream().anyMatch(pair -> pair.introduced().equals(NOWHERE))
                ? VexStatus.AFFECTED
                : VexStatus.NOT_AFFECTED;
        for (String release : wayTo(kernel)) {
            if (pairs.stream().anyMatch(pair -> pair.fixed().equals(release))) {
                state = VexStatus.FIXED;
            }
            // A bug that came and went between two releases was in none. One that a fix brings along stays.
            if (pairs.stream()
                    .anyMatch(pair ->
                            pair.introduced().equals(release) && !pair.fixed().equals(release))) {
                state = VexStatus.AFFECTED;
            }
        }
        return state;
    }

    /** The releases on the way to one of them, itself included: mainline up to its branch, then along the branch. */
    private static List<String> wayTo(String end) {
        List<String> way = new ArrayList<>();
        for (int branch = 0; branch < BRANCHES; branch++) {
            List<String> mainline = mainline(branch);
            List<String> stable = stable(branch);
            if (mainline.contains(end)) {
                way.addAll(mainline.subList(0, mainline.indexOf(end) + 1));
                return way;
            }
            way.addAll(mainline);
            if (stable.contains(end)) {
                way.addAll(stable.subList(0, stable.indexOf(end) + 1));
                return way;
            }
        }
        throw new AssertionError(end);
    }

    private static List<String> mainline(int branch) {
        return List.of("5." + branch + "-rc1", "5." + branch + "-rc2", "5." + branch);
    }

    private static List<String> stable(int branch) {
        List<String> releases = new ArrayList<>();
        for (int number = 1; number <= STABLE_RELEASES; number++) {
            releases.add("5." + branch + "." + number + "-rc1");
            releases.add("5." + branch + "." + number);
        }
        return releases;
    }

    private static List<String> releases() {
        List<String> all = new ArrayList<>();
        for (int branch = 0; branch < BRANCHES; branch++) {
            all.addAll(mainline(branch));
            all.addAll(stable(branch));
        }
        return all;
    }

    private static List<Pair> with(List<Pair> pairs, Pair another) {
        List<Pair> all = new ArrayList<>(pairs);
        all.add(another);
        return all;
    }

    private record Pair(String introduced, String fixed) {
        @Override
        public String toString() {
            return introduced + "->" + fixed;
        }
    }

    @Provide("releases")
    Arbitrary<String> anyRelease() {
        return Arbitraries.of(releases());
    }

    /** A release, or one time in five nothing. */
    @Provide("ends")
    Arbitrary<String> anyEnd() {
        return Arbitraries.frequencyOf(Tuple.of(4, anyRelease()), Tuple.of(1, Arbitraries.just(NOWHERE)));
    }

    @Provide("pairs")
    Arbitrary<List<Pair>> anyPairs() {
        return Combinators.combine(anyEnd(), anyEnd())
                .as(Pair::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
