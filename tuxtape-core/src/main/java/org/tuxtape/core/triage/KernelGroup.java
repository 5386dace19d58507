package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * What kernels share of which only profiles are at hand, and which the first rung cannot tell apart. Usable by several
 * threads.
 */
final class KernelGroup {
    private static final int STEP = 256;

    private final Judge judge;
    private final List<Ranked> settled;
    private final List<OpenCve> open;

    /**
     * What the first rung looks at.
     *
     * @param vendor the release, where its suffix weakens what the version says
     */
    record Key(KernelVersion version, Optional<KernelRelease> vendor) {
        static Key of(KernelBuild kernel) {
            return new Key(
                    kernel.version(), kernel.hasVendorSuffix() ? Optional.of(kernel.release()) : Optional.empty());
        }
    }

    private KernelGroup(Judge judge, List<Ranked> settled, List<OpenCve> open) {
        this.judge = judge;
        this.settled = settled;
        this.open = open;
    }

    /** Judges some CVEs by version; {@link #joined} makes a group of such parts. */
    static KernelGroup part(Judge judge, List<Cve> cves, Target kernel) {
        List<Ranked> settled = new ArrayList<>();
        List<OpenCve> open = new ArrayList<>();
        for (Cve cve : cves) {
            Evidence.Version version =
                    VersionRung.climb(cve.ranges(), kernel.profile().kernel());
            if (Applicability.isSettled(version, kernel)) {
                settled.add(judge.find(cve, Verdict.of(List.of(version))));
            } else {
                open.add(new OpenCve(judge, cve, version));
            }
        }
        return new KernelGroup(judge, settled, open);
    }

    static KernelGroup joined(Judge judge, List<KernelGroup> parts) {
        return new KernelGroup(
                judge,
                parts.stream().flatMap(part -> part.settled.stream()).sorted().toList(),
                parts.stream().flatMap(part -> part.open.stream()).toList());
    }

    TriageReport report(Target kernel) {
        List<Ranked> findings = new ArrayList<>(open.size());
        for (OpenCve cve : open) {
            if (findings.size() % STEP == 0) {
                judge.context().cancellation().throwIfCancelled();
            }
            findings.add(cve.find(kernel.profile()));
        }
        return judge.report(kernel, findings, settled);
    }
}
