package org.tuxtape.core.triage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Rung 1: of all introductions and fixes that history leads from to this kernel, the last one wins. Unlike a test of
 * each pair for itself this also gets bugs right that were fixed and came back.
 */
final class VersionRung {
    private static final KernelVersion BEGINNING = KernelVersion.parse("0.0.0");
    // A commit that fixes one bug and brings the next one in stands in two pairs at one version: then the bug it
    // brought
    // counts, since it is there as long as its own pair has no later fix on the way.
    private static final Comparator<Step> LAST = Comparator.comparing(Step::at).thenComparing(Step::introduces);

    private VersionRung() {}

    /** A change that may be on the way to a kernel. */
    private record Step(KernelVersion at, boolean introduces, Optional<Change> change) {}

    static Evidence.Version climb(List<AffectedRange> ranges, KernelBuild kernel) {
        if (ranges.isEmpty()) {
            return undecided("No versions are named.");
        }
        Optional<Step> last = ranges.stream()
                .flatMap(VersionRung::steps)
                .filter(step -> step.at().isReachableFrom(kernel.version()))
                .max(LAST);
        boolean unplacedFix = ranges.stream().anyMatch(range -> isUnplaced(range.fixed()));
        boolean unplacedBug = ranges.stream().anyMatch(range -> isUnplaced(range.introduced()));
        if (last.isEmpty()) {
            return unplacedBug
                    ? undecided("The version that introduced it is not named.")
                    : decided(VexStatus.NOT_AFFECTED, Optional.empty(), kernel, notReached(ranges, kernel.version()));
        }
        Step step = last.get();
        if (!step.introduces()) {
            return decided(
                    VexStatus.FIXED,
                    step.change(),
                    kernel,
                    "Fixed in " + step.change().orElseThrow() + ".");
        }
        if (unplacedFix) {
            return undecided("There is a fix, and the version that has it is not named.");
        }
        return decided(VexStatus.AFFECTED, step.change(), kernel, affected(step, ranges, kernel.version()));
    }

    private static Stream<Step> steps(AffectedRange range) {
        Optional<KernelVersion> bug = range.introduced().map(Change::version).orElse(Optional.of(BEGINNING));
        Optional<KernelVersion> fix = range.fixed().flatMap(Change::version);
        if (bug.isPresent() && bug.equals(fix)) {
            return fix.stream().map(at -> new Step(at, false, range.fixed()));
        }
        return Stream.concat(
                bug.stream().map(at -> new Step(at, true, range.introduced())),
                fix.stream().map(at -> new Step(at, false, range.fixed())));
    }

    private static boolean isUnplaced(Optional<Change> change) {
        return change.isPresent() && change.get().version().isEmpty();
    }

    private static String notReached(List<AffectedRange> ranges, KernelVersion kernel) {
        return ranges.stream()
                .flatMap(VersionRung::steps)
                .filter(Step::introduces)
                .min(Comparator.comparing(Step::at))
                .flatMap(Step::change)
                .map(change -> "Introduced in " + change + ", which " + kernel + " does not contain.")
                .orElse(kernel + " contains no version that is named.");
    }

    private static String affected(Step step, List<AffectedRange> ranges, KernelVersion kernel) {
        String since = step.change().map(change -> "Introduced in " + change).orElse("Introduced at an unknown time");
        String fixes = ranges.stream()
                .flatMap(range -> range.fixed().flatMap(Change::version).stream())
                .filter(version -> version.isOnBranchOf(kernel) && version.compareTo(kernel) > 0)
                .min(Comparator.naturalOrder())
                .map(version -> "fixed on this branch only in " + version)
                .orElse("with no fix on this branch");
        return since + ", " + fixes + "; " + kernel + " has the one and not the other.";
    }

    private static Evidence.Version undecided(String reason) {
        return new Evidence.Version(Optional.empty(), Optional.empty(), false, reason);
    }

    private static Evidence.Version decided(
            VexStatus status, Optional<Change> change, KernelBuild kernel, String reason) {
        boolean weak = kernel.hasVendorSuffix();
        String doubt = weak
                ? " The release " + kernel.release() + " has a vendor's suffix: back-ports may contradict its version."
                : "";
        return new Evidence.Version(Optional.of(status), change, weak, reason + doubt);
    }
}
