package org.tuxtape.core.source;

/**
 * Whether the preprocessor lets a compiler see a line.
 *
 * @since 0.1
 */
public enum Inclusion {
    /** It does: no condition stands around the line, or all of them hold. */
    COMPILED,
    /** It does not: a condition around the line does not hold. */
    LEFT_OUT,
    /** It cannot be told from the configuration alone. This is never a no. */
    UNKNOWN;

    /** Returns what holds for something that stands within something else. */
    Inclusion within(Inclusion outer) {
        if (this == LEFT_OUT || outer == LEFT_OUT) {
            return LEFT_OUT;
        }
        return this == UNKNOWN || outer == UNKNOWN ? UNKNOWN : COMPILED;
    }
}
