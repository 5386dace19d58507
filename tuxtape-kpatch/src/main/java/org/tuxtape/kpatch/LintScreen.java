package org.tuxtape.kpatch;

import java.util.Comparator;
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
import org.tuxtape.kpatch.BuilderOptions.Scripts;
import org.tuxtape.kpatch.lint.LintFinding;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.PatchLint;
import org.tuxtape.kpatch.source.SourceView;

/**
 * {@link PatchLint}, and {@link TrialCompile} where there is one, as a stage of a pipeline. A fix that is no diff passes:
 * the builder says what is wrong with it.
 *
 * <pre>{@code
 * workbench.screening(LintScreen.of(PatchLint.forKpatchBuild(), source, Optional.of(profile))
 *         .trying(TrialCompile.of(tree, options)))
 * }</pre>
 *
 * @param lint what speaks against a fix
 * @param source the source without it, which no tool may work in meanwhile
 * @param profile the build that the livepatch shall fit; empty if it is not known
 * @param trial compiles what the lint leaves hope for; empty where that is not possible
 * @param scripts what the builder does with a fix that brings build scripts: if it builds it, that is no more than a
 *     risk
 * @since 0.1
 */
public record LintScreen(
        PatchLint lint,
        SourceView source,
        Optional<BuildProfile> profile,
        Optional<TrialCompile> trial,
        Scripts scripts)
        implements Screen {

    /** Rejects {@code null}. */
    public LintScreen {
        Objects.requireNonNull(lint, "lint");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(scripts, "scripts");
    }

    /**
     * Returns a screen that compiles nothing and refuses build scripts.
     *
     * @param lint what speaks against a fix
     * @param source the source without it
     * @param profile the build that the livepatch shall fit; empty if it is not known
     * @return the screen
     */
    public static LintScreen of(PatchLint lint, SourceView source, Optional<BuildProfile> profile) {
        return new LintScreen(lint, source, profile, Optional.empty(), Scripts.REFUSE);
    }

    /**
     * Has the files of a fix compiled by themselves, too.
     *
     * @param compile compiles them
     * @return a screen that differs in it
     */
    public LintScreen trying(TrialCompile compile) {
        return new LintScreen(lint, source, profile, Optional.of(compile), scripts);
    }

    /**
     * Says what the builder does with a fix that brings build scripts.
     *
     * @param choice as in {@link BuilderOptions#scripts()}
     * @return a screen that differs in it
     */
    public LintScreen with(Scripts choice) {
        return new LintScreen(lint, source, profile, trial, choice);
    }

    /**
     * Looks at a fix.
     *
     * @param diffs its commits, in order
     * @param context cancellation and clock
     * @return what lint and trial find
     * @throws org.tuxtape.kpatch.tree.TreeException as {@link TrialCompile#refine} does
     * @throws org.tuxtape.core.CancelledException if the context asks to stop
     */
    public LintReport check(List<Diff> diffs, Context context) {
        context.cancellation().throwIfCancelled();
        LintReport report = lint.check(diffs, source, profile);
        return trial.map(compile -> compile.refine(report, diffs, context)).orElse(report);
    }

    /**
     * Looks at a fix, as {@link #check(List, Context)} does.
     *
     * @param fix the fix
     * @param context cancellation and clock
     * @return what lint and trial find; empty for a fix that is no diff
     */
    public Optional<LintReport> check(Fix fix, Context context) {
        List<Diff> diffs;
        try {
            diffs = fix.commits().stream()
                    .map(commit -> Diff.parse(commit.diff()))
                    .toList();
        } catch (DiffException e) {
            return Optional.empty();
        }
        return Optional.of(check(diffs, context));
    }

    @Override
    public Screening screen(Fix fix, Context context) {
        List<Screening.Finding> findings = check(fix, context).map(LintReport::findings).stream()
                .flatMap(List::stream)
                .map(this::finding)
                .toList();
        Outlook worst = findings.stream()
                .map(Screening.Finding::outlook)
                .max(Comparator.naturalOrder())
                .orElse(Outlook.LIKELY);
        return new Screening(worst, findings);
    }

    private Screening.Finding finding(LintFinding finding) {
        return new Screening.Finding(
                finding.rule().name(),
                outlook(finding),
                finding.place(),
                finding.symbol(),
                finding.detail(),
                finding.rule().remedy());
    }

    private Outlook outlook(LintFinding finding) {
        return switch (finding.verdict()) {
            case LIKELY -> Outlook.LIKELY;
            case RISKY -> Outlook.RISKY;
            case NO_EFFECT -> Outlook.NO_EFFECT;
            case IMPOSSIBLE -> Outlook.IMPOSSIBLE;
            case REFUSED -> scripts.allows(finding.rule()) ? Outlook.RISKY : Outlook.REFUSED;
        };
    }
}
