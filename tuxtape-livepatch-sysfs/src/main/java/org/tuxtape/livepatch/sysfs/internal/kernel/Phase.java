package org.tuxtape.livepatch.sysfs.internal.kernel;

/** Where a livepatch is on its way in and out. */
public enum Phase {
    /** Tasks are switching over to it. */
    PATCHING,
    /** Every task runs it. */
    IN_FORCE,
    /** Tasks are switching back. */
    UNPATCHING,
    /** No task runs it. The kernel takes it out of sysfs soon; one before Linux 5.1 leaves it there. */
    OUT_OF_FORCE,
    /** It is not in sysfs. */
    GONE;

    /**
     * Tells whether tasks are on their way.
     *
     * @return whether a transition is running
     */
    public boolean isTransition() {
        return this == PATCHING || this == UNPATCHING;
    }

    /**
     * Tells whether no task runs it.
     *
     * @return whether it is out of force or gone
     */
    public boolean isOut() {
        return this == OUT_OF_FORCE || this == GONE;
    }
}
