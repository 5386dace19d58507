package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.List;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.profile.BuildProfile;

/**
 * Decides whether a kernel contains the vulnerable code of a CVE, by climbing a ladder of evidence.
 *
 * <p>Pure functions, safe for any number of threads.
 *
 * @since 0.1
 */
public final class Applicability {
    private Applicability() {}

    /**
     * Climbs the ladder: versions first, then the files that were compiled. It stops early where the versions firmly say
     * that the kernel is fixed or was never affected.
     *
     * @param cve what is known of the CVE
     * @param profile what is known of the kernel
     * @return the verdict with its evidence
     */
    public static Verdict assess(Cve cve, BuildProfile profile) {
        List<Evidence> evidence = new ArrayList<>();
        Evidence version = VersionRung.climb(cve.ranges(), profile.kernel());
        evidence.add(version);
        boolean settled = version.decides().filter(status -> !status.isOpen()).isPresent() && !version.isWeak();
        if (!settled) {
            evidence.add(FileRung.climb(cve.files(), profile));
        }
        return Verdict.of(evidence);
    }
}
