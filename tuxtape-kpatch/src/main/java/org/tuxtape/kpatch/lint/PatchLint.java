package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.TreeChange;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.kpatch.source.SourceView;

/**
 * Says, in milliseconds and before minutes of compiling, whether a livepatch can be made of a fix. It reads the files that
 * the fix changes before and after, but neither the headers that they include nor the compiled code, so it knows names,
 * not meanings: what a macro hides from it, it does not see.
 *
 * <pre>{@code
 * PatchLint lint = PatchLint.forKpatchBuild();
 * LintReport report = lint.check(diffs, SourceDirectory.of(tree), Optional.of(profile));
 * report.findings().forEach(finding -> System.out.println(finding.explain()));
 * }</pre>
 *
 * <p>Only what the tool is certain to refuse is called {@linkplain LintVerdict#IMPOSSIBLE impossible}, and only what is
 * known to be left out of a build {@linkplain LintVerdict#NO_EFFECT without effect}. Without a profile nothing is known of
 * that. Instances are immutable and may be shared between threads.
 *
 * @since 0.1
 */
public final class PatchLint {
    private static final int MOST_FUZZ = 2;

    private final ToolLimits limits;

    private PatchLint(ToolLimits limits) {
        this.limits = limits;
    }

    /**
     * Returns the lint for kpatch-build.
     *
     * @return what speaks against a fix there
     */
    public static PatchLint forKpatchBuild() {
        return new PatchLint(ToolLimits.KPATCH_BUILD);
    }

    /**
     * Returns the lint for klp-build.
     *
     * @return what speaks against a fix there
     */
    public static PatchLint forKlpBuild() {
        return new PatchLint(ToolLimits.KLP_BUILD);
    }

    /**
     * Looks at a fix.
     *
     * @param diffs its commits, in order
     * @param tree the source without it
     * @param profile the build that the livepatch shall fit; empty if it is not known
     * @return what is to be expected of building it
     * @throws org.tuxtape.kpatch.source.SourceException if a file of the tree cannot be read
     */
    public LintReport check(List<Diff> diffs, SourceView tree, Optional<BuildProfile> profile) {
        Objects.requireNonNull(profile, "profile");
        List<LintFinding> findings = new ArrayList<>(new FileNames(limits, tree).check(diffs));
        TreeChange exact = TreeChange.of(diffs, tree::text, 0);
        TreeChange change = exact instanceof TreeChange.Rejected ? TreeChange.of(diffs, tree::text, MOST_FUZZ) : exact;
        if (change instanceof TreeChange.Rejected rejected) {
            findings.addAll(Misfits.impossible(rejected));
        } else if (exact instanceof TreeChange.Rejected inexact) {
            findings.addAll(Misfits.inexact(inexact));
        }
        if (change instanceof TreeChange.Applied applied) {
            findings.addAll(new Contents(limits, tree, profile).check(applied.files()));
        }
        return new LintReport(findings);
    }
}
