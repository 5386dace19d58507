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
    FILES("files"),
    /** The functions and lines that the fix changes against the symbols and what the preprocessor leaves. */
    FUNCTIONS("function"),
    /** The hunks of the fix against this very source. */
    SOURCE("source"),
    /** The modules that a machine has loaded. It never decides. */
    RUN_TIME("run time");

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
