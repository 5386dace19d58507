package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    private final List<AffectedRange> ranges;
    private final KernelBuild build;
    private final KernelVersion kernel;

    private VersionRung(List<AffectedRange> ranges, KernelBuild build) {
        this.ranges = ranges;
        this.build = build;
        this.kernel = build.version();
    }

    /** A change that may be on the way to a kernel. */
    private record Step(KernelVersion at, boolean introduces, Optional<Change> change) {}

    static Evidence.Version climb(List<AffectedRange> ranges, KernelBuild build) {
        return new VersionRung(ranges, build).climb();
    }

    private Evidence.Version climb() {
        if (ranges.isEmpty()) {
            return undecided("No versions are named.");
        }
        Optional<Step> last = last();
        if (last.filter(Step::introduces).isPresent()) {
            return ranges.stream().anyMatch(this::mayBeFixed)
                    ? undecided("There is a fix, and the version that has it is not named.")
                    : decided(VexStatus.AFFECTED, last.get().change(), affected(last.get()));
        }
        if (ranges.stream().anyMatch(this::mayHaveCome)) {
            return undecided("Whether " + kernel + " has the commit that introduced it cannot be told by versions.");
        }
        return last.flatMap(Step::change)
                .map(fix -> decided(VexStatus.FIXED, Optional.of(fix), "Fixed in " + fix + "."))
                .orElseGet(() -> decided(VexStatus.NOT_AFFECTED, Optional.empty(), notReached()));
    }

    private Optional<Step> last() {
        Step last = null;
        for (AffectedRange range : ranges) {
            for (Step step : steps(range)) {
                if (step.at().isReachableFrom(kernel) && (last == null || LAST.compare(step, last) > 0)) {
                    last = step;
                }
            }
        }
        return Optional.ofNullable(last);
    }

    private static List<Step> steps(AffectedRange range) {
        Optional<KernelVersion> bug = range.introduced().map(Change::version).orElse(Optional.of(BEGINNING));
        Optional<KernelVersion> fix = range.fixed().flatMap(Change::version);
        if (bug.isPresent() && bug.equals(fix)) {
            return List.of(new Step(fix.get(), false, range.fixed()));
        }
        List<Step> steps = new ArrayList<>(2);
        bug.ifPresent(at -> steps.add(new Step(at, true, range.introduced())));
        fix.ifPresent(at -> steps.add(new Step(at, false, range.fixed())));
        return steps;
    }

    /** Tells whether a fix without a version may have ended a bug that this kernel has. */
    private boolean mayBeFixed(AffectedRange range) {
        boolean unplaced = range.fixed().isPresent() && version(range.fixed()).isEmpty();
        boolean bugMayBeThere = version(range.introduced())
                .map(at -> at.isReachableFrom(kernel))
                .orElse(true);
        return unplaced && bugMayBeThere;
    }

    /** Tells whether a bug of which no version tells that this kernel has it may be there, with no fix of it. */
    private boolean mayHaveCome(AffectedRange range) {
        boolean unplaced = range.introduced().isPresent()
                && version(range.introduced()).map(this::isOwnRelease).orElse(true);
        return unplaced
                && ranges.stream()
                        .filter(other -> other.introduced().equals(range.introduced()))
                        .flatMap(other -> version(other.fixed()).stream())
                        .noneMatch(fix -> fix.isReachableFrom(kernel));
    }

    /** Tells whether a kernel is a candidate of the release named: records name x.y for what came in any x.y-rcN. */
    private boolean isOwnRelease(KernelVersion named) {
        return kernel.candidate().isPresent() && kernel.isMainline() && named.equals(kernel.branch());
    }

    private static Optional<KernelVersion> version(Optional<Change> change) {
        return change.flatMap(Change::version);
    }

    private String notReached() {
        return ranges.stream()
                .flatMap(range -> steps(range).stream())
                .filter(Step::introduces)
                .min(Comparator.comparing(Step::at))
                .flatMap(Step::change)
                .map(change -> "Introduced in " + change + ", which " + kernel + " does not contain.")
                .orElse(kernel + " contains no version that is named.");
    }

    private String affected(Step step) {
        String since = step.change().map(change -> "Introduced in " + change).orElse("Introduced at an unknown time");
        return ranges.stream()
                .flatMap(range -> range.fixed().stream())
                .filter(fix -> fix.version().filter(this::isAheadOnBranch).isPresent())
                .min(Comparator.comparing(fix -> fix.version().orElseThrow()))
                .map(fix -> since + "; this branch is fixed in " + fix + candidateDoubt(fix) + ".")
                .orElse(since + "; no fix is named for this branch.");
    }

    /** Such a kernel counts as affected all the same: to look at a fixed one costs less than to miss an open one. */
    private String candidateDoubt(Change fix) {
        return fix.version().filter(this::isOwnRelease).isPresent() ? ", and may have it already" : "";
    }

    private boolean isAheadOnBranch(KernelVersion version) {
        return version.isOnBranchOf(kernel) && version.compareTo(kernel) > 0;
    }

    private static Evidence.Version undecided(String reason) {
        return new Evidence.Version(Optional.empty(), Optional.empty(), false, reason);
    }

    private Evidence.Version decided(VexStatus status, Optional<Change> change, String reason) {
        boolean weak = build.hasVendorSuffix();
        String doubt = weak
                ? " The release " + build.release() + " has a vendor's suffix: back-ports may contradict its version."
                : "";
        return new Evidence.Version(Optional.of(status), change, weak, reason + doubt);
    }
}
