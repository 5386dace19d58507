package org.tuxtape.core.triage;

/**
 * The rungs of the ladder by which {@link Applicability} climbs, lowest first. A higher rung knows more of this very
 * kernel, so where it decides it overrules the lower ones.
 *
 * @since 0.1
 */
public enum Rung {
    /** Introduced and fixed versions against the kernel's version. */
    VERSION("version"),
    /** The files of the fix against what was compiled. */
    FILES("files");

    private final String text;

    Rung(String text) {
        this.text = text;
    }

    /** Returns the word that reports use. */
    @Override
    public String toString() {
        return text;
    }
}
