package org.tuxtape.core.triage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.KernelVersion;

/** Whether a branch has a fix, and how many releases ago it came. */
final class FixAge {
    private static final String FACTOR = "fix";
    private static final double AVAILABLE = 50;
    private static final double PER_RELEASE = 2;
    private static final double ELSEWHERE = 40;
    private static final double NOWHERE = 30;

    private FixAge() {}

    static Priority priority(Cve cve, KernelVersion kernel) {
        if (cve.ranges().isEmpty()) {
            return Priority.unknown(FACTOR, "No versions are named.");
        }
        List<KernelVersion> fixes = cve.ranges().stream()
                .flatMap(range -> range.fixed().flatMap(Change::version).stream())
                .toList();
        Optional<KernelVersion> here = fixes.stream()
                .filter(fix -> fix.isOnBranchOf(kernel) && fix.compareTo(kernel) > 0)
                .min(Comparator.naturalOrder());
        if (here.isPresent()) {
            int releases = Math.max(0, here.get().stable() - kernel.stable());
            return Priority.of(
                    Math.min(Priority.HIGHEST, AVAILABLE + PER_RELEASE * releases),
                    FACTOR,
                    "Fixed on this branch in " + here.get() + ", "
                            + (releases == 1 ? "the next release." : releases + " releases ahead."));
        }
        return fixes.stream()
                .max(Comparator.naturalOrder())
                .map(fix -> Priority.of(ELSEWHERE, FACTOR, "Fixed in " + fix + "; this branch has no fix."))
                .orElseGet(() -> Priority.of(NOWHERE, FACTOR, "No version with a fix is named."));
    }
}
