package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/** What the versions say where some of them are not named: {@code @0123456} is a change of unknown version. */
class VersionRungUndecidedTest {

    @ParameterizedTest(name = "{0} without any pair")
    @CsvSource({"2.6.12", "5.10", "6.8-rc1"})
    void withoutPairsNothingIsDecided(String kernel) {
        assertUndecided(climb(kernel, ""), "No versions are named.");
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({"5.10, @aaaaaaa->6.9", "5.10, @aaaaaaa->?", "5.10, @aaaaaaa->@bbbbbbb", "5.10, 6.1->6.9 @aaaaaaa->6.9"})
    void aBugThatCameAtAnUnknownVersionAndIsNotFixedYetMayBeThere(String kernel, String pairs) {
        assertUndecided(
                climb(kernel, pairs),
                "Whether " + kernel + " has the commit that introduced it cannot be told by versions.");
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({"5.10, 5.0->@bbbbbbb", "5.10, ?->@bbbbbbb", "5.10.9, 5.0->5.15 5.0->@bbbbbbb"})
    void aFixThatCameAtAnUnknownVersionMayBeThere(String kernel, String pairs) {
        assertUndecided(climb(kernel, pairs), "There is a fix, and the version that has it is not named.");
    }

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource({
        // the fix is there, whenever the bug came
        "6.9,    @aaaaaaa->6.9,                     fixed",
        "6.6.20, @aaaaaaa->6.6.20 @aaaaaaa->6.9,    fixed",
        // the bug came later, whenever it was fixed
        "5.10,   6.1->@bbbbbbb,                     not_affected",
        // a known fix holds beside an unknown one
        "5.15,   5.0->5.15 5.0->@bbbbbbb,           fixed",
        // a known bug is there beside an unknown one
        "5.10,   5.0->5.15 @aaaaaaa->5.15,          affected",
    })
    void whatHoldsWhereverTheUnknownVersionLiesIsDecided(String kernel, String pairs, String status) {
        assertThat(climb(kernel, pairs).decides().map(VexStatus::toString)).contains(status);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({
        "5.10,   4.12->4.18 @aaaaaaa->6.9",
        "5.10,   @aaaaaaa->6.9 4.12->4.18",
        "5.10,   4.12->4.18 @aaaaaaa->?",
        "6.6.17, 6.6.10->6.6.15 @aaaaaaa->6.6.20",
    })
    void theFixOfOneBugSaysNothingOfAnotherThatCameAtAnUnknownVersion(String kernel, String pairs) {
        assertThat(climb(kernel, pairs).decides()).isEmpty();
    }

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource({
        // records name the release for what came in any of its candidates
        "6.17-rc3, 6.17->?,               ",
        "6.17-rc3, 6.17->6.17.5,          ",
        "6.17-rc3, 6.17->6.17,            ",
        "6.17-rc3, 5.0->6.12 6.17->6.18,  ",
        "6.17-rc3, 6.17-rc4->6.17,        not_affected",
        "6.17-rc3, 6.17-rc2->6.17,        affected",
        "6.17-rc3, 6.16->6.17,            affected",
        "6.16.1-rc1, 6.16.1->?,           not_affected",
    })
    void aCandidateMayHaveWhatItsReleaseIsNamedFor(String kernel, String pairs, String status) {
        assertThat(climb(kernel, pairs).decides().map(VexStatus::toString)).isEqualTo(Optional.ofNullable(status));
    }

    private static Evidence.Version climb(String kernel, String pairs) {
        return VersionRung.climb(Pairs.parse(pairs), KernelBuild.of(KernelVersion.parse(kernel)));
    }

    private static void assertUndecided(Evidence.Version found, String reason) {
        assertThat(found.decides()).isEmpty();
        assertThat(found.event()).isEmpty();
        assertThat(found.isWeak()).isFalse();
        assertThat(found.reason()).isEqualTo(reason);
    }
}
