package org.tuxtape.examples.build;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.LintScreen;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.TrialCompile;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.PatchLint;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.profile.KbuildTree;

/** What is known of a fix before it is built. */
record LintGate(LintScreen screen, Context context) {

    /** What a tree has not built is not known of it. */
    static LintGate of(LivepatchTool tool, BuildTree tree, Context context) {
        PatchLint lint = switch (tool) {
            case KPATCH_BUILD -> PatchLint.forKpatchBuild();
            case KLP_BUILD -> PatchLint.forKlpBuild();
        };
        Optional<BuildProfile> profile =
                isBuilt(tree) ? Optional.of(KbuildTree.read(tree.directory(), context)) : Optional.empty();
        return new LintGate(LintScreen.of(lint, SourceDirectory.of(tree.directory()), profile), context);
    }

    /** The image may be missing after a tool that was killed while it linked it; what was exported stays. */
    private static boolean isBuilt(BuildTree tree) {
        return tree.vmlinux().isPresent()
                || Files.isRegularFile(tree.directory().resolve("Module.symvers"));
    }

    /** Compiles the files of a fix by themselves, too. */
    LintGate trying(BuildTree tree, BuilderOptions options) {
        return new LintGate(screen.trying(TrialCompile.of(tree, options)), context);
    }

    LintReport check(List<Diff> diffs) {
        return screen.check(diffs, context);
    }

    /** Returns what the lint says; empty for a fix that is no diff, which the builder explains. */
    Optional<LintReport> check(Fix fix) {
        return screen.check(fix, context);
    }
}
