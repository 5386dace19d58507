package org.tuxtape.core.livepatch;

/**
 * What a livepatch does to those loaded before it.
 *
 * @since 0.1
 */
public enum Replacement {
    /** It replaces all of them at once; what they patched and it does not goes back to the original. */
    REPLACE_ALL,
    /** It is stacked upon them; where both patch a function, the later one wins. */
    STACK
}
