package org.tuxtape.archive.rollout;

/**
 * How a node stands to the patch that it is offered. Later major versions may add some.
 *
 * @since 0.1
 */
public enum NodeState {
    /** It has no patch, and is offered none. */
    UNPATCHED,
    /**
     * It is about to load the patch, or has it on trial. To be reported before the load: a node that falls silent then
     * has most likely gone down, and that is held against the patch.
     */
    TRYING,
    /** The patch is in force and has passed its trial. */
    PATCHED,
    /** The patch did harm, or the machine went down with it, and it is not loaded again. */
    TURNED_DOWN,
    /** The kernel, or the deadline of the transition, did not let the patch in; nothing was changed. */
    NOT_LOADED,
    /** A person or a maintenance window keeps the node as it is. */
    FROZEN,
    /** The node could not get so far: it did not reach the archive, or could not verify what it got. */
    FAILED
}
