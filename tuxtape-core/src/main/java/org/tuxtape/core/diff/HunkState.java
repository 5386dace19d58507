package org.tuxtape.core.diff;

/**
 * Which side of a hunk a text holds.
 *
 * @since 0.1
 */
public enum HunkState {
    /** The side before the change. */
    BEFORE,
    /** The side after the change. */
    AFTER,
    /** Neither, or not certainly: the code was changed in another way too, or the hunk has no lines to be known by. */
    NEITHER,
    /** Both, at different places. */
    BOTH
}
