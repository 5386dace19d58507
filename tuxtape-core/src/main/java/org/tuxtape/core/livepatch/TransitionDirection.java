package org.tuxtape.core.livepatch;

/**
 * Where the tasks of a transition are going.
 *
 * @since 0.1
 */
public enum TransitionDirection {
    /** To the patched functions. */
    PATCHING,
    /** Back to what was there before. */
    UNPATCHING
}
