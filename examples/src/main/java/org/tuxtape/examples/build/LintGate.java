package org.tuxtape.examples.build;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.pipeline.Screen;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.TrialCompile;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.LintScreen;
import org.tuxtape.kpatch.lint.PatchLint;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.source.SourceView;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.profile.KbuildTree;

/** What is known of a fix before it is built. */
record LintGate(
        PatchLint lint,
        SourceView source,
        Optional<BuildProfile> profile,
        Optional<TrialCompile> trial,
        Context context) {

    static LintGate of(LivepatchTool tool, BuildTree tree, Optional<TrialCompile> trial, Context context) {
        PatchLint lint = switch (tool) {
            case KPATCH_BUILD -> PatchLint.forKpatchBuild();
            case KLP_BUILD -> PatchLint.forKlpBuild();
        };
        Optional<BuildProfile> profile =
                isBuilt(tree) ? Optional.of(KbuildTree.read(tree.directory(), context)) : Optional.empty();
        return new LintGate(lint, SourceDirectory.of(tree.directory()), profile, trial, context);
    }

    /** The image may be missing after a tool that was killed while it linked it; what was exported stays. */
    private static boolean isBuilt(BuildTree tree) {
        return tree.vmlinux().isPresent()
                || Files.isRegularFile(tree.directory().resolve("Module.symvers"));
    }

    Screen screen() {
        return new LintScreen(lint, source, profile);
    }

    LintReport check(List<Diff> diffs) {
        LintReport report = lint.check(diffs, source, profile);
        return trial.map(compile -> compile.refine(report, diffs, context)).orElse(report);
    }

    /** Returns what the lint says; empty for a fix that is no diff, which the builder explains. */
    Optional<LintReport> check(Fix fix) {
        try {
            return Optional.of(check(fix.commits().stream()
                    .map(commit -> Diff.parse(commit.diff()))
                    .toList()));
        } catch (DiffException e) {
            return Optional.empty();
        }
    }
}
