package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.profile.BuildProfile;

class ApplicabilityTest {
    private static final String VENDOR = "6.12.94+deb13-amd64";

    @ParameterizedTest(name = "release {0}, pairs {1}, file {2}: {3}, weak {4}")
    @CsvSource({
        // the version is firm: where it settles the matter the files are not looked at
        "6.8, 5.0->5.10, built.c,   fixed,               false, version",
        "6.8, 5.0->5.10, absent.c,  fixed,               false, version",
        "6.8, 6.9->?,    built.c,   not_affected,        false, version",
        "6.8, 6.9->?,    absent.c,  not_affected,        false, version",
        // where it leaves the matter open they decide what they can
        "6.8, 5.0->?,    built.c,   affected,            false, version files",
        "6.8, 5.0->?,    absent.c,  not_affected,        false, version files",
        "6.8, 5.0->?,    unknown.c, affected,            false, version files",
        "6.8, '',        built.c,   under_investigation, false, version files",
        "6.8, '',        absent.c,  not_affected,        false, version files",
        "6.8, '',        unknown.c, under_investigation, false, version files",
        // a vendor's suffix weakens the version, and the files are asked whatever it says
        "6.12.94+deb13-amd64, 5.0->5.10, built.c,   fixed,               true,  version files",
        "6.12.94+deb13-amd64, 5.0->5.10, absent.c,  not_affected,        false, version files",
        "6.12.94+deb13-amd64, 5.0->5.10, unknown.c, fixed,               true,  version files",
        "6.12.94+deb13-amd64, 6.13->?,   built.c,   not_affected,        true,  version files",
        "6.12.94+deb13-amd64, 6.13->?,   absent.c,  not_affected,        false, version files",
        "6.12.94+deb13-amd64, 5.0->?,    built.c,   affected,            true,  version files",
        "6.12.94+deb13-amd64, 5.0->?,    absent.c,  not_affected,        false, version files",
        "6.12.94+deb13-amd64, '',        built.c,   under_investigation, false, version files",
    })
    void theLadderIsClimbedUntilTheMatterIsSettled(
            String release, String pairs, String file, String status, boolean weak, String rungs) {
        Cve cve = cve(pairs, file);

        Verdict verdict = Applicability.assess(cve, profile(release));

        assertThat(verdict.status()).hasToString(status);
        assertThat(verdict.isWeak()).isEqualTo(weak);
        assertThat(verdict.evidence())
                .extracting(found -> found.rung().toString())
                .containsExactly(rungs.split(" ", -1));
        assertThat(verdict.justification().isPresent()).isEqualTo(verdict.status() == VexStatus.NOT_AFFECTED);
    }

    @Test
    void theVersionOfTheSourceCountsNotTheOneInTheRelease() {
        WrittenProfile profile = profile(VENDOR);
        BuildProfile patched = profile.as(
                profile.kernel().withVersion(profile.kernel().version().branch()));

        assertThat(Applicability.assess(cve("6.12.50->?", "built.c"), profile).status())
                .isEqualTo(VexStatus.AFFECTED);
        assertThat(Applicability.assess(cve("6.12.50->?", "built.c"), patched).status())
                .isEqualTo(VexStatus.NOT_AFFECTED);
    }

    @Test
    void aFirmVersionSparesTheLookAtTheFiles() {
        WrittenProfile profile = profile("6.8");

        Applicability.assess(cve("5.0->5.10", "built.c"), profile);
        assertThat(profile.asked()).isEmpty();

        Applicability.assess(cve("5.0->?", "built.c"), profile);
        assertThat(profile.asked()).hasSize(1);
    }

    private static WrittenProfile profile(String release) {
        return WrittenProfile.of(release).compiled("built.c", "vmlinux").absent("absent.c");
    }

    private static Cve cve(String pairs, String file) {
        return Cve.builder(CveId.parse("CVE-2024-0001"))
                .ranges(Pairs.parse(pairs))
                .files(file)
                .build();
    }
}
