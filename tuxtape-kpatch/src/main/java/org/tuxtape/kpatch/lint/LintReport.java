package org.tuxtape.kpatch.lint;

import java.util.List;

/**
 * What the lint has to say of a fix.
 *
 * @param findings what was found, the worst first
 * @since 0.1
 */
public record LintReport(List<LintFinding> findings) {

    /** Puts the findings in order. */
    public LintReport {
        findings = findings.stream().distinct().sorted().toList();
    }

    /**
     * Returns what is to be expected.
     *
     * @return the worst verdict of any finding; {@link LintVerdict#LIKELY} if there is none
     */
    public LintVerdict verdict() {
        return findings.stream().map(LintFinding::verdict).reduce(LintVerdict.LIKELY, LintVerdict::or);
    }

    /**
     * Returns the findings that lead to the verdict.
     *
     * @return those that have it; none if nothing was found
     */
    public List<LintFinding> reasons() {
        LintVerdict verdict = verdict();
        return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
    }
}
