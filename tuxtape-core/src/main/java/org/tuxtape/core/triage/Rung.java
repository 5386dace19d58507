package org.tuxtape.core.triage;

/**
 * The rungs of the ladder by which {@link Applicability} climbs, lowest first. A higher rung knows more of this very
 * kernel, so where it decides it overrules the lower ones.
 *
 * @since 0.1
 */
public enum Rung {
    /** Introduced and fixed versions against the kernel's version. */
    VERSION,
    /** The files of the fix against what was compiled. */
    FILES
}
