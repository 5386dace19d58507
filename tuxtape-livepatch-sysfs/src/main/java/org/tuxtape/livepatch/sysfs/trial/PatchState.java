package org.tuxtape.livepatch.sysfs.trial;

/**
 * How far a livepatch has come on this machine. Later major versions may add some.
 *
 * @since 0.1
 */
public enum PatchState {
    /** It is kept, and nothing is known of how it does. */
    ADDED,
    /** It is being loaded and watched, or that was broken off and not cleared up. */
    ON_TRIAL,
    /** Its trial ended well. A person, or the policy of the trial, accepts it. */
    PASSED,
    /** It is loaded at boot. */
    ACCEPTED,
    /** It did harm, or somebody took it out. It is not loaded again until somebody allows it. */
    TURNED_DOWN
}
