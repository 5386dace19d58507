package org.tuxtape.core.triage;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A fix that can be compared with a source.
 *
 * @param diffs its commits, in order; none if there is no such fix
 * @param isOwn whether it was made for the kernel's own branch
 * @param doubt why a decision by it may be wrong
 * @param text the words that name it, or the sentence that says why there is none
 */
record KnownFix(List<Diff> diffs, boolean isOwn, Optional<String> doubt, String text) {

    /** Looks a fix up. A store that is broken leaves the matter open: others of its fixes may be readable. */
    static KnownFix find(Cve cve, FixSource fixes, KernelBuild kernel, Context context) {
        try {
            FixLookup lookup = fixes.find(cve, kernel, context);
            if (lookup instanceof FixLookup.Found found) {
                return of(found.fix(), Optional.empty());
            }
            if (lookup instanceof FixLookup.NeedsBackport other) {
                return of(
                        other.fix(),
                        Optional.of("It was made for " + other.fix().branch() + "."));
            }
            return none("There is no fix to compare with. " + ((FixLookup.Missing) lookup).reason());
        } catch (DiffException e) {
            return none("The fix cannot be relied on. " + e.getMessage());
        } catch (CancelledException e) {
            throw e;
        } catch (TuxtapeException e) {
            return none("The fix cannot be looked up. " + e.getMessage());
        }
    }

    private static KnownFix of(Fix fix, Optional<String> otherBranch) {
        List<Diff> diffs =
                fix.commits().stream().map(FixCommit::diff).map(Diff::parse).toList();
        Optional<String> doubt = otherBranch.or(() -> fix.origin() instanceof FixOrigin.TreeDifference difference
                ? Optional.of(difference.remark())
                : Optional.empty());
        String commits = fix.commits().stream()
                .flatMap(commit -> commit.commit().stream())
                .map(CommitId::abbreviated)
                .collect(Collectors.joining(", "));
        String name = "the fix for " + fix.branch() + (commits.isEmpty() ? "" : " (" + commits + ")");
        return new KnownFix(diffs, otherBranch.isEmpty(), doubt, name);
    }

    private static KnownFix none(String reason) {
        return new KnownFix(List.of(), false, Optional.empty(), reason);
    }

    boolean isKnown() {
        return !diffs.isEmpty();
    }

    Stream<FileDiff> files() {
        return diffs.stream().flatMap(diff -> diff.files().stream());
    }

    /** Returns the files that it touches, under their new names. */
    SortedSet<SourcePath> paths() {
        return Sorted.set(files().map(FileDiff::path)
                .map(DiffPath::inTree)
                .flatMap(Optional::stream)
                .toList());
    }
}
