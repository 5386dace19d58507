package org.tuxtape.archive.rollout;

/**
 * How a node is, by its probes and its kernel's log. Later major versions may add some.
 *
 * @since 0.1
 */
public enum Health {
    /** Everything that was asked is well, and something was asked: the kernel's log at least. */
    HEALTHY,
    /** A probe or the log says otherwise. With a patch in force that counts as a failure of the patch. */
    UNHEALTHY,
    /** Nothing was asked, or there was no answer. It counts neither for a patch nor against it. */
    UNKNOWN
}
