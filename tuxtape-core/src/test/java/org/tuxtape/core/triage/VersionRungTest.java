package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;

/** Rows are: kernel, pairs as {@link Pairs} reads them, status, and the version of the change that decides. */
class VersionRungTest {
    private static final String ROW = "{0} with {1} is {2} by {3}";

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "4.19,     5.0->5.10, not_affected, -",
        "4.19.300, 5.0->5.10, not_affected, -",
        "5.0,      5.0->5.10, affected,     5.0",
        "5.0.1,    5.0->5.10, affected,     5.0",
        "5.9.16,   5.0->5.10, affected,     5.0",
        "5.10,     5.0->5.10, fixed,        5.10",
        "5.10.1,   5.0->5.10, fixed,        5.10",
        "6.8,      5.0->5.10, fixed,        5.10",
        "2.6.38.8, 2.6.12->2.6.39, affected, 2.6.12",
        "3.0,      2.6.12->2.6.39, fixed,    2.6.39",
    })
    void aBugIsThereFromItsIntroductionToItsFix(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "5.10.29, 5.0->5.10.30 5.0->5.15.20 5.0->5.17, affected, 5.0",
        "5.10.30, 5.0->5.10.30 5.0->5.15.20 5.0->5.17, fixed,    5.10.30",
        "5.10.99, 5.0->5.10.30 5.0->5.15.20 5.0->5.17, fixed,    5.10.30",
        "5.15.19, 5.0->5.10.30 5.0->5.15.20 5.0->5.17, affected, 5.0",
        "5.15.20, 5.0->5.10.30 5.0->5.15.20 5.0->5.17, fixed,    5.15.20",
        "5.16.99, 5.0->5.10.30 5.0->5.15.20 5.0->5.17, affected, 5.0",
        "5.17.1,  5.0->5.10.30 5.0->5.15.20 5.0->5.17, fixed,    5.17",
        "5.4.250, 5.0->5.10.30 5.0->5.15.20 5.0->5.17, affected, 5.0",
        // one branch may have several fixes: from the first one on it counts as fixed
        "6.1.73,  5.0->6.1.74 5.0->6.1.75, affected, 5.0",
        "6.1.74,  5.0->6.1.74 5.0->6.1.75, fixed,    6.1.74",
        "6.1.75,  5.0->6.1.74 5.0->6.1.75, fixed,    6.1.75",
    })
    void aStableFixCountsOnItsOwnBranchOnly(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "5.4.300,  5.0->?,               affected, 5.0",
        "6.8,      5.0->?,               affected, 5.0",
        "5.4.300,  5.0->5.10.30 5.0->?,  affected, 5.0",
        "4.19.300, 5.0->?,               not_affected, -",
        // stated for a branch that never got the fix, beside the fix of mainline
        "5.4.300,  5.0->5.10 5.0->?,     affected, 5.0",
        "5.10,     5.0->5.10 5.0->?,     fixed,    5.10",
    })
    void aBranchThatNeverGetsTheFixStaysAffected(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "6.1.49, 6.1.50->6.1.60, not_affected, -",
        "6.1.50, 6.1.50->6.1.60, affected,     6.1.50",
        "6.1.60, 6.1.50->6.1.60, fixed,        6.1.60",
        "6.2,    6.1.50->6.1.60, not_affected, -",
        "6.6.9,  6.1.50->6.1.60, not_affected, -",
        "5.15.9, 6.1.50->6.1.60, not_affected, -",
        "6.1.99, 6.1.50->?,      affected,     6.1.50",
        // a change of mainline that was also back-ported to a branch
        "6.1.19, 6.2->6.5 6.1.20->6.1.40, not_affected, -",
        "6.1.20, 6.2->6.5 6.1.20->6.1.40, affected,     6.1.20",
        "6.1.40, 6.2->6.5 6.1.20->6.1.40, fixed,        6.1.40",
        "6.3.1,  6.2->6.5 6.1.20->6.1.40, affected,     6.2",
        "6.5,    6.2->6.5 6.1.20->6.1.40, fixed,        6.5",
    })
    void aStableIntroductionCountsOnItsOwnBranchOnly(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "2.6.12, ?->5.10, affected, -",
        "5.9.16, ?->5.10, affected, -",
        "5.10,   ?->5.10, fixed,    5.10",
        "5.4.29, ?->5.4.30 ?->5.10, affected, -",
        "5.4.30, ?->5.4.30 ?->5.10, fixed,    5.4.30",
        "5.5,    ?->5.4.30 ?->5.10, affected, -",
        "2.6.12, ?->?,    affected, -",
        "6.8-rc1, ?->?,   affected, -",
        "6.8.9,  ?->?,    affected, -",
    })
    void anUnknownIntroductionMeansFromTheBeginning(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "6.7.12,    6.8-rc1->6.8-rc3, not_affected, -",
        "6.8-rc1,   6.8-rc1->6.8-rc3, affected,     6.8-rc1",
        "6.8-rc2,   6.8-rc1->6.8-rc3, affected,     6.8-rc1",
        "6.8-rc3,   6.8-rc1->6.8-rc3, fixed,        6.8-rc3",
        "6.8,       6.8-rc1->6.8-rc3, fixed,        6.8-rc3",
        "6.8.1,     6.8-rc1->6.8-rc3, fixed,        6.8-rc3",
        // announced while the fix was in a candidate only
        "6.7.4,     5.0->6.7.5 5.0->6.8-rc3, affected, 5.0",
        "6.7.5,     5.0->6.7.5 5.0->6.8-rc3, fixed,    6.7.5",
        "6.8-rc2,   5.0->6.7.5 5.0->6.8-rc3, affected, 5.0",
        "6.8-rc3,   5.0->6.7.5 5.0->6.8-rc3, fixed,    6.8-rc3",
        "6.8-rc10,  5.0->6.8-rc9,            fixed,    6.8-rc9",
        // a fix that is named with the release is not taken to be in its candidates
        "6.8-rc7,   5.0->6.8,                affected, 5.0",
        // candidates of stable releases
        "6.7.5-rc1, 5.0->6.7.5,              affected, 5.0",
        "6.7.6-rc1, 5.0->6.7.5,              fixed,    6.7.5",
    })
    void aCandidateStandsBeforeItsRelease(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        // CVE-2025-38585
        "4.11,    4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, not_affected, -",
        "4.14.99, 4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, affected,     4.12",
        "4.19.99, 4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, fixed,        4.18",
        "5.7,     4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, fixed,        4.18",
        "5.10.9,  4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, affected,     5.8",
        "6.12.41, 4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, affected,     5.8",
        "6.12.42, 4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, fixed,        6.12.42",
        "6.14,    4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, affected,     5.8",
        "6.17,    4.12->4.18 5.8->6.12.42 5.8->6.15.10 5.8->6.16.1 5.8->6.17, fixed,        6.17",
        // the order of the source does not matter
        "5.10.9,  5.8->6.17 4.12->4.18, affected, 5.8",
        "5.7,     5.8->6.17 4.12->4.18, fixed,    4.18",
    })
    void aBugThatCameBackCounts(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "5.10.29, 5.10.30->5.10.36 5.10.36->5.10.40, not_affected, -",
        "5.10.30, 5.10.30->5.10.36 5.10.36->5.10.40, affected,     5.10.30",
        "5.10.36, 5.10.30->5.10.36 5.10.36->5.10.40, affected,     5.10.36",
        "5.10.36, 5.10.36->5.10.40 5.10.30->5.10.36, affected,     5.10.36",
        "5.10.39, 5.10.30->5.10.36 5.10.36->5.10.40, affected,     5.10.36",
        "5.10.40, 5.10.30->5.10.36 5.10.36->5.10.40, fixed,        5.10.40",
        "5.11,    5.10.30->5.10.36 5.10.36->5.10.40, not_affected, -",
        // CVE-2026-31687, in part
        "6.6.124, 2.6.22->6.6.125 6.6.125->6.6.126 2.6.22->6.19 6.19.1->6.19.2, affected, 2.6.22",
        "6.6.125, 2.6.22->6.6.125 6.6.125->6.6.126 2.6.22->6.19 6.19.1->6.19.2, affected, 6.6.125",
        "6.6.126, 2.6.22->6.6.125 6.6.125->6.6.126 2.6.22->6.19 6.19.1->6.19.2, fixed,    6.6.126",
        "6.19,    2.6.22->6.6.125 6.6.125->6.6.126 2.6.22->6.19 6.19.1->6.19.2, fixed,    6.19",
        "6.19.1,  2.6.22->6.6.125 6.6.125->6.6.126 2.6.22->6.19 6.19.1->6.19.2, affected, 6.19.1",
        "6.19.2,  2.6.22->6.6.125 6.6.125->6.6.126 2.6.22->6.19 6.19.1->6.19.2, fixed,    6.19.2",
    })
    void anIncompleteFixLeavesTheBugOfItsOwnUntilTheNextOne(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource({
        "5.10.219, 5.10.220->5.10.220, not_affected, -",
        "5.10.220, 5.10.220->5.10.220, fixed,        5.10.220",
        "5.10.221, 5.10.220->5.10.220, fixed,        5.10.220",
        // CVE-2020-36791, in part
        "5.5.3,    5.5.3->5.5.14 5.6->5.6, affected, 5.5.3",
        "5.6,      5.5.3->5.5.14 5.6->5.6, fixed,    5.6",
        "5.6.1,    5.5.3->5.5.14 5.6->5.6, fixed,    5.6",
        // another pair brings the bug in at the same version
        "5.10,     5.10->5.10 5.10->5.12,  affected, 5.10",
        "5.10,     5.0->5.10 5.10->5.10,   fixed,    5.10",
    })
    void aPairWithEqualEndsAffectsNoRelease(String kernel, String pairs, String status, String by) {
        check(kernel, pairs, status, by);
    }

    private static void check(String kernel, String pairs, String status, String by) {
        Cve cve = Cve.builder(CveId.parse("CVE-2024-0001"))
                .ranges(Pairs.parse(pairs))
                .build();

        Verdict verdict = Applicability.assess(cve, BuildProfile.unknown(KernelBuild.of(KernelVersion.parse(kernel))));

        assertThat(verdict.status()).hasToString(status);
        assertThat(verdict.isWeak()).isFalse();
        Evidence.Version version = verdict.version().orElseThrow();
        assertThat(version.decides()).contains(verdict.status());
        assertThat(version.event()
                        .flatMap(Change::version)
                        .map(KernelVersion::toString)
                        .orElse("-"))
                .isEqualTo(by);
    }
}
