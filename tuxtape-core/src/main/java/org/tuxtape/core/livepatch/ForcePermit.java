package org.tuxtape.core.livepatch;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody's word that a transition may be forced. That ends the kernel's guarantee of consistency, and the module of
 * whatever was taken out by force can never be removed; on old kernels that of the forced livepatch itself neither. A
 * permit that has ended when it is needed is as good as none: the transition is reversed.
 *
 * @param who the person who answers for it, not blank
 * @param why the reason, not blank
 * @param until when the permit ends
 * @since 0.1
 */
public record ForcePermit(String who, String why, Instant until) {

    /** Rejects a permit without a name or a reason. */
    public ForcePermit {
        Objects.requireNonNull(until, "until");
        if (who.isBlank() || why.isBlank()) {
            throw new IllegalArgumentException("A permit to force names who asked and why.");
        }
    }
}
