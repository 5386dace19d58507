package org.tuxtape.kpatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.ApplyOutcome;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.diff.TreeChange;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.source.SourcePlace;

/**
 * A fix as it changes one source tree.
 *
 * @param cve what it fixes
 * @param diffs what came from outside, one per commit
 * @param files what becomes of the files
 */
record FixPatch(CveId cve, List<Diff> diffs, SortedMap<SourcePath, FileChange> files) {

    /** What comes of putting fixes upon a tree, one after the other. */
    sealed interface Outcome {
        /** All of them fit, in this order. */
        record Fitting(List<FixPatch> patches) implements Outcome {}

        /** One cannot be used. */
        record Unfit(BuildDiagnosis diagnosis) implements Outcome {}
    }

    /** Puts fixes upon a tree, without writing to it. */
    static Outcome apply(List<Fix> fixes, Function<SourcePath, Optional<String>> tree, int fuzz) {
        Map<SourcePath, Optional<String>> changed = new HashMap<>();
        List<FixPatch> patches = new ArrayList<>();
        for (Fix fix : fixes) {
            List<Diff> diffs;
            try {
                diffs = fix.commits().stream()
                        .map(commit -> Diff.parse(commit.diff()))
                        .toList();
            } catch (DiffException e) {
                return new Outcome.Unfit(BuildDiagnosis.of(
                        BuildFailure.PATCH_DOES_NOT_APPLY,
                        fix.cve() + ": " + e.getMessage(),
                        "Take the fix from another source: this text is no complete diff."));
            }
            TreeChange change = TreeChange.of(
                    diffs, path -> changed.containsKey(path) ? changed.get(path) : tree.apply(path), fuzz);
            if (change instanceof TreeChange.Rejected rejected) {
                return new Outcome.Unfit(diagnosis(fix, rejected));
            }
            SortedMap<SourcePath, FileChange> files = ((TreeChange.Applied) change).files();
            files.forEach((path, file) -> changed.put(path, file.after()));
            patches.add(new FixPatch(fix.cve(), diffs, files));
        }
        return new Outcome.Fitting(List.copyOf(patches));
    }

    private static BuildDiagnosis diagnosis(Fix fix, TreeChange.Rejected rejected) {
        TreeChange.Rejection first = rejected.rejections().get(0);
        BuildFailure failure = switch (first.cause()) {
            case OUTSIDE_TREE, SYMBOLIC_LINK -> BuildFailure.REFUSED;
            default -> BuildFailure.PATCH_DOES_NOT_APPLY;
        };
        return new BuildDiagnosis(
                failure,
                first.file().path().inTree().map(path -> new SourcePlace(path, OptionalInt.empty())),
                Optional.empty(),
                Optional.empty(),
                rejected.rejections().stream()
                        .map(rejection -> fix.cve() + ": " + line(rejection))
                        .collect(Collectors.joining("\n")),
                remedy(rejected));
    }

    private static String line(TreeChange.Rejection rejection) {
        String hunks = rejection.hunks().isEmpty() ? "" : " " + rejection.hunks();
        return rejection.file().path() + ": "
                + rejection.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ') + hunks;
    }

    private static String remedy(TreeChange.Rejected rejected) {
        ApplyOutcome.Cause cause = rejected.rejections().get(0).cause();
        if (cause == ApplyOutcome.Cause.OUTSIDE_TREE || cause == ApplyOutcome.Cause.SYMBOLIC_LINK) {
            return "Do not use this diff: it reaches out of the kernel's source.";
        }
        List<OptionalInt> needed = rejected.rejections().stream()
                .map(TreeChange.Rejection::neededFuzz)
                .toList();
        if (needed.stream().allMatch(OptionalInt::isPresent)) {
            int fuzz = needed.stream().mapToInt(OptionalInt::getAsInt).max().orElseThrow();
            return "Allow a fuzz of " + fuzz + " and review where the hunks then land, or take the fix of this branch.";
        }
        return "Take the fix that was made for this branch, or adapt it by hand; it may also be in the source already.";
    }

    /** The file name under which a tool gets it. */
    String fileName(int position) {
        return String.format(Locale.ROOT, "%04d-%s.patch", position, cve);
    }

    /** Which files any of the patches changes. */
    static SortedSet<SourcePath> files(List<FixPatch> patches) {
        return patches.stream()
                .flatMap(patch -> patch.files().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
