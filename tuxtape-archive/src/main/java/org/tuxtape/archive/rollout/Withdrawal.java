package org.tuxtape.archive.rollout;

import java.time.Instant;
import java.util.Objects;

/**
 * A patch on the blocklist: no node takes it, and nodes that have it give it back. It holds from the moment at which a
 * node reads it, whatever the node's clock says.
 *
 * @param patch the patch
 * @param at when it was withdrawn
 * @param by who or what withdrew it, one line
 * @param why the reason, one line
 * @since 0.1
 */
public record Withdrawal(PatchRef patch, Instant at, String by, String why) {

    /** Makes one line of what people say. */
    public Withdrawal {
        Objects.requireNonNull(patch, "patch");
        Times.require(at);
        by = Line.required(by, "who withdrew " + patch);
        why = Line.required(why, "why " + patch + " was withdrawn");
    }
}
