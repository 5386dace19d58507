package org.tuxtape.archive.rollout;

import java.util.Objects;

/**
 * How the nodes of one ring stand to a patch. A node counts once, by its latest report. A node that had not reported
 * for a week before the patch was first promoted does not count.
 *
 * @param ring the name of the ring
 * @param nodes all of them
 * @param reported those that have reported since the patch reached the ring, and not too long ago
 * @param patched those that have the patch in force and are healthy; part of {@code reported}
 * @param failed those with which it did harm, or that fell silent while they tried it
 * @param missing those that have been silent for too long, or report from the future; those that have not come by since
 *     the patch reached the ring, and need not have yet, are not among them
 * @param frozen those that have reported and are kept as they are, without the patch; part of {@code reported}
 * @since 0.1
 */
public record RingFigures(String ring, int nodes, int reported, int patched, int failed, int missing, int frozen) {

    /** Rejects {@code null}. */
    public RingFigures {
        Objects.requireNonNull(ring, "ring");
    }

    /** How many have tried the patch and are known to be well or not. */
    int tried() {
        return patched + failed;
    }

    /** How many should have the patch, and neither have it nor have failed with it. */
    int unpatched() {
        return expected() - patched - failed;
    }

    /** How many should have the patch. */
    int expected() {
        return nodes - frozen;
    }

    /** Returns one sentence. */
    @Override
    public String toString() {
        return ring + ": of " + nodes + (nodes == 1 ? " node " : " nodes ") + reported + " reported, " + patched
                + " have the patch, " + failed + " failed, " + missing + " missing, " + frozen + " frozen.";
    }
}
