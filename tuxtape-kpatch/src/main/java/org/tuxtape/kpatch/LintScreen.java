package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.pipeline.Screen;
import org.tuxtape.core.pipeline.Screening;
import org.tuxtape.core.pipeline.Screening.Outlook;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.kpatch.source.SourceView;

/**
 * {@link PatchLint} as a stage of a pipeline. A fix that is no diff passes: the builder says what is wrong with it.
 *
 * @param lint what speaks against a fix
 * @param tree the source without it
 * @param profile the build that the livepatch shall fit; empty if it is not known
 * @since 0.1
 */
public record LintScreen(PatchLint lint, SourceView tree, Optional<BuildProfile> profile) implements Screen {

    /** Rejects {@code null}. */
    public LintScreen {
        Objects.requireNonNull(lint, "lint");
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(profile, "profile");
    }

    @Override
    public Screening screen(Fix fix, Context context) {
        List<Diff> diffs;
        try {
            diffs = fix.commits().stream()
                    .map(commit -> Diff.parse(commit.diff()))
                    .toList();
        } catch (DiffException e) {
            return new Screening(Outlook.LIKELY, List.of());
        }
        context.cancellation().throwIfCancelled();
        LintReport report = lint.check(diffs, tree, profile);
        return new Screening(
                outlook(report.verdict()),
                report.findings().stream().map(LintScreen::finding).toList());
    }

    private static Screening.Finding finding(LintFinding finding) {
        return new Screening.Finding(
                finding.rule().name(),
                outlook(finding.verdict()),
                finding.place(),
                finding.symbol(),
                finding.detail(),
                finding.rule().remedy());
    }

    private static Outlook outlook(LintVerdict verdict) {
        return switch (verdict) {
            case LIKELY -> Outlook.LIKELY;
            case RISKY -> Outlook.RISKY;
            case NO_EFFECT -> Outlook.NO_EFFECT;
            case IMPOSSIBLE -> Outlook.IMPOSSIBLE;
            case REFUSED -> Outlook.REFUSED;
        };
    }
}
