package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.kpatch.source.SourceView;

/** What the files say before and after the fix. */
record Contents(ToolLimits limits, SourceView tree, Optional<BuildProfile> profile) {
    private static final Pattern NOT_CODE = Pattern.compile("(?:Documentation|LICENSES|tools/testing)/.*"
            + "|MAINTAINERS|CREDITS|COPYING|README|(?:.*/)?(?:\\.gitignore|\\.mailmap)|.*\\.(?:rst|txt|md|svg|yaml)");
    private static final List<Check> CHECKS = List.of(
            new FunctionChecks(), new TracingChecks(), new DataChecks(), new HeaderChecks(), new DeclarationChecks());

    /** Something to look for in a file that changes. */
    @FunctionalInterface
    interface Check {
        void check(PatchedFile file, Findings findings);
    }

    List<LintFinding> check(SortedMap<SourcePath, FileChange> files) {
        List<LintFinding> idle = new ArrayList<>();
        List<LintFinding> findings = new ArrayList<>();
        boolean isInitOnly = true;
        for (Map.Entry<SourcePath, FileChange> entry : files.entrySet()) {
            SourcePath path = entry.getKey();
            FilePresence presence = profile.map(build -> build.file(path))
                    .orElseGet(() -> new FilePresence.Unknown("The build is not known."));
            PatchedFile file = PatchedFile.of(path, entry.getValue(), presence, profile);
            Optional<LintFinding> none = idle(file);
            isInitOnly &= none.isPresent() || FunctionChecks.changesOnlyInit(file);
            none.ifPresentOrElse(idle::add, () -> {
                Findings found = new Findings(file, findings);
                CHECKS.forEach(check -> check.check(file, found));
                if (!limits.keepsLineNumbers()) {
                    LineNumbers.check(file, found);
                } else {
                    FunctionChecks.checkSystemCalls(file, found);
                }
                NotTraceable.check(file, tree, found);
            });
        }
        boolean isIdle = idle.size() == files.size();
        for (LintFinding finding : idle) {
            LintVerdict verdict = isIdle ? LintVerdict.NO_EFFECT : LintVerdict.LIKELY;
            findings.add(new LintFinding(finding.rule(), verdict, finding.place(), finding.symbol(), finding.detail()));
        }
        if (isInitOnly && !isIdle) {
            findings.add(finding(LintRule.INIT_ONLY, Optional.empty(), "Every function that changes is of this kind."));
        }
        if (files.isEmpty()) {
            findings.add(finding(LintRule.NO_CHANGE, Optional.empty(), "Every file stays as it is."));
        }
        return findings;
    }

    private static Optional<LintFinding> idle(PatchedFile file) {
        SourcePath path = file.path();
        if (NOT_CODE.matcher(path.text()).matches()) {
            return Optional.of(finding(LintRule.NOT_CODE, Optional.of(path), path + " is no code of the kernel."));
        }
        if (file.presence() instanceof FilePresence.Absent absent) {
            return Optional.of(finding(LintRule.NOT_COMPILED, Optional.of(path), absent.reason()));
        }
        if (!file.compilesToTheSame()) {
            return Optional.empty();
        }
        return Optional.of(
                file.saysTheSame()
                        ? finding(LintRule.COMMENTS_ONLY, Optional.of(path), path + " says the same as before.")
                        : finding(
                                LintRule.COMPILED_OUT,
                                Optional.of(path),
                                "What changes in " + path + " stands under conditions that do not hold."));
    }

    private static LintFinding finding(LintRule rule, Optional<SourcePath> path, String detail) {
        return new LintFinding(
                rule,
                rule.verdict(),
                path.map(file -> new SourcePlace(file, OptionalInt.empty())),
                Optional.empty(),
                detail);
    }
}
