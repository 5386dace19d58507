package org.tuxtape.core.fix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * One line of history on which a CVE was fixed: mainline, or a stable branch. Together with {@link #nearestTo} it says
 * what FX-1 asks of a {@link FixSource}.
 *
 * @param branch the branch of its last change, as {@link KernelVersion#branch()} gives it
 * @param mainline whether it is mainline; false for a stable branch
 * @param changes the commits that make the fix, each with its version, in the order in which they apply
 * @since 0.1
 */
public record FixLine(KernelVersion branch, boolean mainline, List<Change> changes) {
    private static final Comparator<Change> BY_VERSION =
            Comparator.comparing(change -> change.version().orElseThrow());

    /** Copies the list. */
    public FixLine {
        Objects.requireNonNull(branch, "branch");
        changes = List.copyOf(changes);
    }

    /**
     * Returns the lines that may serve a kernel: its own branch, then the stable branches that are newer, then mainline.
     * A stable branch that is older is none of them: what was made for it says too little about newer code. A commit whose
     * version is not known is on no line.
     *
     * @param cve the CVE with the commits that fix it
     * @param kernel the version of the kernel
     * @return the best first; a line may lack a commit id
     */
    public static List<FixLine> of(Cve cve, KernelVersion kernel) {
        Map<KernelVersion, List<Change>> stable = new TreeMap<>();
        List<Change> mainline = new ArrayList<>();
        for (AffectedRange range : cve.ranges()) {
            Optional<KernelVersion> version = range.fixed().flatMap(Change::version);
            if (version.isPresent()) {
                List<Change> line = version.get().isMainline()
                        ? mainline
                        : stable.computeIfAbsent(version.get().branch(), branch -> new ArrayList<>());
                if (!line.contains(range.fixed().orElseThrow())) {
                    line.add(range.fixed().orElseThrow());
                }
            }
        }
        List<FixLine> lines = new ArrayList<>();
        stable.values().forEach(changes -> lines.add(line(changes, false)));
        if (!mainline.isEmpty()) {
            lines.add(line(mainline, true));
        }
        return lines.stream()
                .filter(line -> line.serves(kernel))
                .sorted(nearestTo(kernel))
                .toList();
    }

    private static FixLine line(List<Change> changes, boolean mainline) {
        List<Change> inOrder = changes.stream().sorted(BY_VERSION).toList();
        KernelVersion last = inOrder.get(inOrder.size() - 1).version().orElseThrow();
        return new FixLine(last.branch(), mainline, inOrder);
    }

    /**
     * Returns the line that a fix was made on: mainline if one of its commits is a mainline one of the CVE, else the stable
     * branch that it names.
     *
     * @param fix a fix
     * @param cve the CVE with the commits that fix it
     * @return the line, with those changes of the CVE that are in the fix
     */
    public static FixLine of(Fix fix, Cve cve) {
        List<Change> changes = cve.ranges().stream()
                .flatMap(range -> range.fixed().stream())
                .filter(change -> isIn(fix, change))
                .distinct()
                .toList();
        boolean mainline =
                changes.stream().flatMap(change -> change.version().stream()).anyMatch(KernelVersion::isMainline);
        return new FixLine(fix.branch(), mainline, changes);
    }

    private static boolean isIn(Fix fix, Change change) {
        return fix.commits().stream()
                .flatMap(commit -> commit.commit().stream())
                .anyMatch(id -> change.commit().filter(id::matches).isPresent());
    }

    /**
     * Orders lines by how well their fix serves a kernel: its own branch, the stable branches from the nearest newer one on,
     * mainline, and last older branches, the nearest first.
     *
     * @param kernel the version of the kernel
     * @return the order
     */
    public static Comparator<FixLine> nearestTo(KernelVersion kernel) {
        return Comparator.comparing((FixLine line) -> line.distance(kernel))
                .thenComparing(
                        FixLine::branch,
                        (one, other) ->
                                one.compareTo(kernel.branch()) < 0 ? other.compareTo(one) : one.compareTo(other));
    }

    private enum Distance {
        OWN_STABLE,
        OWN_MAINLINE,
        NEWER,
        MAINLINE,
        OLDER
    }

    private Distance distance(KernelVersion kernel) {
        if (branch.isOnBranchOf(kernel)) {
            return mainline ? Distance.OWN_MAINLINE : Distance.OWN_STABLE;
        }
        if (mainline) {
            return Distance.MAINLINE;
        }
        return branch.compareTo(kernel.branch()) > 0 ? Distance.NEWER : Distance.OLDER;
    }

    /**
     * Tells whether a fix of this line is worth anything to a kernel.
     *
     * @param kernel the version of the kernel
     * @return {@code false} for an older stable branch
     */
    public boolean serves(KernelVersion kernel) {
        return distance(kernel) != Distance.OLDER;
    }

    /** Returns for example {@code 6.6} or {@code mainline 6.8}. */
    @Override
    public String toString() {
        return mainline ? "mainline " + branch : branch.toString();
    }
}
