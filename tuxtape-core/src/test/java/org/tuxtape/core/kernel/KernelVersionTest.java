package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6.8",
                "6.8-rc1",
                "6.8.1",
                "6.8.1-rc1",
                "5.10.261",
                "3.0",
                "3.0-rc7",
                "2.6.12",
                "2.6.12-rc2",
                "2.6.12.1",
                "2.6.32.71",
                "2.6.39-rc7"
            })
    void aVersionPrintsAsTagsAndRecordsSpellIt(String text) {
        assertThat(KernelVersion.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"5.10.0, 5.10", "6.8.0-rc1, 6.8-rc1", "2.6.12.0, 2.6.12", "2.6, 2.6.0", "6.08, 6.8", "6.8-rc01, 6.8-rc1"
    })
    void otherSpellingsMeanTheSameVersion(String text, String canonical) {
        assertThat(KernelVersion.parse(text)).isEqualTo(KernelVersion.parse(canonical));
        assertThat(KernelVersion.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "6",
                "6.",
                ".8",
                "6.8.",
                "6..8",
                "v6.8",
                " 6.8",
                "6.8 ",
                "6.8\n",
                "6.8.1.1",
                "2.6.12.1.1",
                "6,8",
                "6.8-rc",
                "6.8-rc0",
                "6.8-rc-1",
                "6.8rc1",
                "6.8-RC1",
                "6.8-rc1-rc2",
                "v6.10-rc1~118",
                "6.8-rc1~118",
                "-6.8",
                "6.-8",
                "+6.8",
                "6.8.1234567",
                "6.8-rc1234567",
                "99999999999999999999.1",
                "6.99999999999999999999",
                "\uff16.\uff18",
                "0x6.8",
                "6.8\u0000",
                "rewrote"
            })
    void whatIsNoVersionIsRefused(String text) {
        assertThat(KernelVersion.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelVersion.parse(text))
                .withMessage("Not a kernel version: '" + text + "'.");
    }

    @Test
    void aVersionIsMadeOfNumbersThatExist() {
        OptionalInt release = OptionalInt.empty();

        assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(-1, 8, 0, 0, release));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(6, -1, 0, 0, release));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(2, 6, -1, 0, release));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(6, 8, 0, -1, release));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(6, 8, 0, 0, OptionalInt.of(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(6, 8, 1, 0, release));
    }

    @Test
    void versionsClimbThisLadder() {
        List<KernelVersion> ladder = Stream.of(
                        "2.6.12-rc2",
                        "2.6.12",
                        "2.6.12.1",
                        "2.6.12.10",
                        "2.6.13-rc1",
                        "2.6.13",
                        "2.6.39.4",
                        "3.0-rc1",
                        "3.0",
                        "3.0.1",
                        "3.19.8",
                        "4.0",
                        "4.9.337",
                        "4.20",
                        "5.0-rc1",
                        "5.10",
                        "5.10.9",
                        "5.10.10",
                        "5.10.261",
                        "6.7.12",
                        "6.8-rc1",
                        "6.8-rc2",
                        "6.8-rc10",
                        "6.8",
                        "6.8.1-rc1",
                        "6.8.1",
                        "6.8.2",
                        "6.9-rc1",
                        "6.10")
                .map(KernelVersion::parse)
                .toList();

        for (int low = 0; low < ladder.size(); low++) {
            assertThat(ladder.get(low)).isEqualByComparingTo(ladder.get(low));
            for (int high = low + 1; high < ladder.size(); high++) {
                assertThat(ladder.get(low)).isLessThan(ladder.get(high));
                assertThat(ladder.get(high)).isGreaterThan(ladder.get(low));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6.8, 6.8, true",
        "6.8-rc1, 6.8, true",
        "6.8.3, 6.8, false",
        "6.8.3-rc1, 6.8, false",
        "2.6.12, 2.6.12, true",
        "2.6.12-rc2, 2.6.12, true",
        "2.6.12.4, 2.6.12, false",
    })
    void theBranchIsTheMainlineReleaseThatAVersionGrowsFrom(String version, String branch, boolean mainline) {
        assertThat(KernelVersion.parse(version).branch()).hasToString(branch);
        assertThat(KernelVersion.parse(version).isMainline()).isEqualTo(mainline);
    }

    @ParameterizedTest
    @CsvSource({
        "6.8-rc1, 6.8.3, true",
        "6.8.1, 6.8.9, true",
        "6.8, 6.9, false",
        "6.8.1, 6.80.1, false",
        "2.6.12.1, 2.6.12, true",
        "2.6.12.1, 2.6.13.1, false",
        "2.6.12, 3.12, false",
    })
    void versionsOfOneMainlineReleaseAreOnOneBranch(String one, String other, boolean same) {
        assertThat(KernelVersion.parse(one).isOnBranchOf(KernelVersion.parse(other)))
                .isEqualTo(same);
        assertThat(KernelVersion.parse(other).isOnBranchOf(KernelVersion.parse(one)))
                .isEqualTo(same);
    }

    @ParameterizedTest(name = "a change of {0} is part of {1}: {2}")
    @CsvSource({
        // mainline: in everything that is not older
        "5.10, 5.10, true",
        "5.10, 5.10.1, true",
        "5.10, 6.8.3, true",
        "5.10, 6.8-rc1, true",
        "5.10, 5.9, false",
        "5.10, 5.9.16, false",
        "5.10, 5.10-rc7, false",
        "2.6.12, 6.8, true",
        "2.6.33, 2.6.32.71, false",
        // candidates: of mainline too
        "5.10-rc1, 5.10-rc1, true",
        "5.10-rc1, 5.10-rc2, true",
        "5.10-rc2, 5.10-rc1, false",
        "5.10-rc1, 5.10, true",
        "5.10-rc1, 5.10.5, true",
        "5.10-rc1, 6.1.5, true",
        "5.10-rc1, 5.9.16, false",
        // stable: on its own branch only
        "5.10.30, 5.10.30, true",
        "5.10.30, 5.10.31, true",
        "5.10.30, 5.10.31-rc1, true",
        "5.10.30, 5.10.29, false",
        "5.10.30, 5.10.30-rc1, false",
        "5.10.30-rc1, 5.10.30, true",
        "5.10.30, 5.10, false",
        "5.10.30, 5.11, false",
        "5.10.30, 5.11-rc1, false",
        "5.10.30, 5.15.100, false",
        "5.10.30, 5.4.200, false",
        "2.6.32.5, 2.6.32.71, true",
        "2.6.32.5, 2.6.33, false",
        "2.6.32.5, 3.0, false",
    })
    void mainlineChangesReachWhatIsNotOlderAndStableOnesOnlyTheirBranch(String change, String kernel, boolean part) {
        assertThat(KernelVersion.parse(change).isReachableFrom(KernelVersion.parse(kernel)))
                .isEqualTo(part);
    }
}
