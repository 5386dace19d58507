package org.tuxtape.kpatch.lint;

/**
 * What is to be expected of building a livepatch from a fix, from the best to the worst.
 *
 * @since 0.1
 */
public enum LintVerdict {
    /** Nothing is known to be in the way. That is no promise. */
    LIKELY,
    /** Something is known to fail often, or to build and yet be wrong. A person should look. */
    RISKY,
    /**
     * Nothing of the fix is compiled in this build, so the tool will find no change. That says something about whether the
     * kernel is affected, and nothing against the fix.
     */
    NO_EFFECT,
    /** The tool is certain to refuse it. */
    IMPOSSIBLE,
    /** Building it would run what the fix brings, or write outside the tree: not without somebody's leave. */
    REFUSED;

    /**
     * Returns the worse of two verdicts.
     *
     * @param other another verdict
     * @return the later one in the order of this enumeration
     */
    public LintVerdict or(LintVerdict other) {
        return compareTo(other) < 0 ? other : this;
    }
}
