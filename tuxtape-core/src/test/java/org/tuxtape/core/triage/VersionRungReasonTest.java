package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

class VersionRungReasonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6.8     | 5.0@aaaaaaa->5.10@bbbbbbb | Fixed in 5.10 (commit bbbbbbb).",
                "5.10.36 | 5.0@aaaaaaa->5.10.30@ccccccc 5.0@aaaaaaa->5.12@bbbbbbb | Fixed in 5.10.30 (commit ccccccc).",
                "6.8     | ?->5.10                   | Fixed in 5.10.",
            })
    void aFixedKernelIsToldTheFixThatItHas(String kernel, String pairs, String reason) {
        assertThat(climb(kernel, pairs).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4.19   | 5.0@aaaaaaa->5.10 | Introduced in 5.0 (commit aaaaaaa), which 4.19 does not contain.",
                "6.1.19 | 6.2->6.5 6.1.20@aaaaaaa->6.1.40 | Introduced in 6.1.20 (commit aaaaaaa), which 6.1.19 does not"
                        + " contain.",
            })
    void aKernelThatIsNotAffectedIsToldWhatItLacks(String kernel, String pairs, String reason) {
        assertThat(climb(kernel, pairs).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.10.9  | 5.0@aaaaaaa->5.10.30 5.0->5.12 | Introduced in 5.0 (commit aaaaaaa) | 5.10.30",
                "5.10.9  | 4.12->4.18 5.8@aaaaaaa->5.10.30 5.8->5.10.31 | Introduced in 5.8 (commit aaaaaaa) | 5.10.30",
                "5.10.36 | 5.10.30->5.10.36 5.10.36->5.10.40 | Introduced in 5.10.36 | 5.10.40",
                "6.8-rc1 | 5.0->6.8-rc3 | Introduced in 5.0 | 6.8-rc3",
                "5.10.9  | ?->5.10.30 | Introduced at an unknown time | 5.10.30",
            })
    void anAffectedKernelIsToldWhatItHasAndTheNextFixOnItsBranch(
            String kernel, String pairs, String introduced, String fixed) {
        assertThat(climb(kernel, pairs).reason()).isEqualTo(introduced + "; this branch is fixed in " + fixed + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.4.300 | 5.0@aaaaaaa->5.10 5.0->5.10.30 | Introduced in 5.0 (commit aaaaaaa)",
                "5.4.300 | 5.0->? | Introduced in 5.0",
                "5.4.300 | 5.0->5.4.20 5.4.100->? | Introduced in 5.4.100",
                "5.4.300 | ?->? | Introduced at an unknown time",
            })
    void anAffectedKernelIsToldThatItsBranchHasNoFix(String kernel, String pairs, String introduced) {
        assertThat(climb(kernel, pairs).reason()).isEqualTo(introduced + "; no fix is named for this branch.");
    }

    @Test
    void theEvidenceCarriesTheChangeThatDecided() {
        assertThat(climb("5.10.9", "5.0@aaaaaaa->5.10.30@bbbbbbb").event())
                .contains(Change.of(KernelVersion.parse("5.0"), CommitId.parse("aaaaaaa")));
        assertThat(climb("5.10.30", "5.0@aaaaaaa->5.10.30@bbbbbbb").event())
                .contains(Change.of(KernelVersion.parse("5.10.30"), CommitId.parse("bbbbbbb")));
        assertThat(climb("4.19", "5.0@aaaaaaa->5.10.30@bbbbbbb").event()).isEmpty();
    }

    @Test
    void aVendorSuffixMakesTheVersionWeakAndTheReasonSaysSo() {
        Evidence.Version fixed = climb("6.12.94+deb13-amd64", "5.0->5.10");

        assertThat(fixed.isWeak()).isTrue();
        assertThat(fixed.reason())
                .isEqualTo("Fixed in 5.10. The release 6.12.94+deb13-amd64 has a vendor's suffix: back-ports may"
                        + " contradict its version.");
        assertThat(climb("6.12.94+deb13-amd64", "5.0->?").isWeak()).isTrue();
        assertThat(climb("6.12.94+deb13-amd64", "6.13->?").isWeak()).isTrue();
        assertThat(climb("6.12.94+deb13-amd64", "").isWeak()).isFalse();
        assertThat(climb("6.12.94", "5.0->5.10").isWeak()).isFalse();
    }

    private static Evidence.Version climb(String release, String pairs) {
        return VersionRung.climb(Pairs.parse(pairs), WrittenProfile.build(release));
    }
}
