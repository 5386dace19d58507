package org.tuxtape.archive.rollout;

import java.time.Duration;
import java.util.Objects;

/**
 * What speaks against going on, for the nodes of one ring.
 *
 * <p>A patch is <em>blocked</em> when more than {@code failures} nodes have failed with it <em>and</em> these are more
 * than {@code failureShare} of the nodes that have tried it: the count keeps one unlucky node of a small ring from
 * stopping everything, the share keeps the ordinary trouble of a large one from doing so. It is <em>held</em> when
 * fewer than {@code leastPatched} nodes have it in force, or more than {@code unpatchedShare} of the ring neither have
 * it nor have failed with it: they are silent, could not load it, or have not come by.
 *
 * @param failures how many nodes may fail, zero or more
 * @param failureShare how many of those that have tried it may fail
 * @param unpatchedShare how much of the ring may be without it when its soak has passed; frozen nodes are left out
 * @param leastPatched on how many nodes it has to be in force, zero or more; zero lets a ring pass that has no node
 * @param silence for how long a report is taken to hold true: a node that has not reported for longer is missing, and
 *     one that fell silent while it tried the patch has failed; longer than a trial takes, at most 366 days
 * @since 0.1
 */
public record StopConditions(
        int failures, Share failureShare, Share unpatchedShare, int leastPatched, Duration silence) {

    /** Rejects what is below zero, and a silence that does not last. */
    public StopConditions {
        Objects.requireNonNull(failureShare, "failureShare");
        Objects.requireNonNull(unpatchedShare, "unpatchedShare");
        if (failures < 0 || leastPatched < 0) {
            throw new IllegalArgumentException("Nodes are counted from zero.");
        }
        Ring.requireSpan(silence);
        if (silence.isZero()) {
            throw new IllegalArgumentException("A report holds true for a while.");
        }
    }

    /**
     * Returns the conditions for a ring of few, watched nodes: any failure blocks, and three nodes must have the patch.
     *
     * <p>Three quiet nodes show only that a patch does not fail everywhere (of patches that fail on two nodes in three,
     * they let one in 27 through). That is what the first ring is for; the rarer failure is found by the larger ones.
     * The silence is four hours: a node that looks every hour, tries a patch for a quarter of one, and misses two
     * rounds. A tenth of the ring may be without the patch: machines are down, and tasks block a transition.
     *
     * @return the conditions of the first ring of {@link RolloutPolicy#standard}
     */
    public static StopConditions strict() {
        return new StopConditions(0, Share.NONE, Share.percent(10), 3, Duration.ofHours(4));
    }

    /**
     * Returns the conditions for a ring of many nodes: five failures that are more than 0.25 % of the nodes that have
     * tried the patch block it.
     *
     * <p>A good patch meets nodes that fail for reasons of their own in the quarter of an hour of its trial. Where one
     * in two thousand does, a ring blocks a good patch in one of about 250 roll-outs; where one in a thousand does, in
     * one of about 15, and the share should be set higher. A patch that fails on one node in two hundred is blocked
     * after about 900 nodes have tried it, and in nineteen of twenty roll-outs before 1,900 have, plus those that try
     * it until somebody reads the reports; one that fails on fewer than one in four hundred may pass. No number of
     * nodes is asked for: a small fleet may have none in its ring of 10 %, and then only the soak counts.
     *
     * @return the conditions of the later rings of {@link RolloutPolicy#standard}
     */
    public static StopConditions tolerant() {
        return new StopConditions(4, new Share(25), Share.percent(10), 0, Duration.ofHours(4));
    }
}
