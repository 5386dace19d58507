package org.tuxtape.examples.build;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.LintRule;
import org.tuxtape.kpatch.lint.LintVerdict;

/** Decides what is worth a build. What is refused the builder refuses, unless it is allowed. */
record Screening(LintGate gate, Set<LintVerdict> notBuilt, Set<LintRule> undecided) {
    private static final Set<LintVerdict> HOPELESS = EnumSet.of(LintVerdict.NO_EFFECT, LintVerdict.IMPOSSIBLE);

    static Screening ofOne(LintGate gate, boolean despiteLint) {
        return new Screening(gate, despiteLint ? Set.of() : HOPELESS, Set.of());
    }

    /** Of many, one that does not fit the source may fit what others make of it. */
    static Screening ofMany(LintGate gate, boolean despiteLint) {
        return new Screening(gate, despiteLint ? Set.of() : HOPELESS, EnumSet.of(LintRule.DOES_NOT_APPLY));
    }

    FixResult of(Wanted wanted) {
        if (wanted instanceof Wanted.Missing missing) {
            return new FixResult.NotFound(missing);
        }
        Wanted.Fixed fix = (Wanted.Fixed) wanted;
        Optional<LintReport> lint = gate.check(fix.fix());
        Optional<LintReport> against = lint.filter(report -> notBuilt.contains(report.verdict()))
                .filter(report -> report.reasons().stream().anyMatch(finding -> !undecided.contains(finding.rule())));
        return against.<FixResult>map(report -> report.verdict() == LintVerdict.NO_EFFECT
                        ? new FixResult.Idle(fix, report)
                        : new FixResult.Hopeless(fix, report))
                .orElseGet(() -> new FixResult.Hopeful(fix, lint));
    }
}
