package org.tuxtape.examples.build;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.PatchLint;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.source.SourceView;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.profile.KbuildTree;

/** What is known of a fix before it is built. */
record LintGate(PatchLint lint, SourceView source, Optional<BuildProfile> profile) {

    static LintGate of(LivepatchTool tool, BuildTree tree, Context context) {
        PatchLint lint = switch (tool) {
            case KPATCH_BUILD -> PatchLint.forKpatchBuild();
            case KLP_BUILD -> PatchLint.forKlpBuild();
        };
        Optional<BuildProfile> profile = tree.vmlinux().map(image -> KbuildTree.read(tree.directory(), context));
        return new LintGate(lint, SourceDirectory.of(tree.directory()), profile);
    }

    LintReport check(List<Diff> diffs) {
        return lint.check(diffs, source, profile);
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
