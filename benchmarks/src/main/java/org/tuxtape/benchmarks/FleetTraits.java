package org.tuxtape.benchmarks;

import java.time.Duration;

/**
 * How the nodes of a simulated fleet behave.
 *
 * @param nodes how many there are
 * @param canaries how many of them bear the tag
 * @param check the mean time between two looks at the archive; each is drawn from half to one and a half of it
 * @param trial how long a patch is watched
 * @param promoter how often the promoter is asked
 * @param dead which share reported a day ago and never again
 * @param lost which share of reports never arrives
 * @param late which share of reports arrives late
 * @param lateness by how much, in the mean; exponentially spread
 * @param unlucky which share of trials fails for reasons of the node
 * @param failing which share of nodes the patch fails on
 * @param onset after how long in force; within the trial if that is zero
 * @param down which share of failures takes the machine down instead of being seen by the trial
 * @param gone which share of machines that went down never comes back
 */
record FleetTraits(
        int nodes,
        int canaries,
        Duration check,
        Duration trial,
        Duration promoter,
        double dead,
        double lost,
        double late,
        Duration lateness,
        double unlucky,
        double failing,
        Duration onset,
        double down,
        double gone) {

    static FleetTraits usual(int nodes, int canaries) {
        return new FleetTraits(
                nodes,
                canaries,
                Duration.ofHours(1),
                Duration.ofMinutes(15),
                Duration.ofMinutes(15),
                0.01,
                0.01,
                0.02,
                Duration.ofHours(2),
                0.0005,
                0,
                Duration.ZERO,
                0.5,
                0.2);
    }

    FleetTraits failing(double share, Duration after) {
        return new FleetTraits(
                nodes, canaries, check, trial, promoter, dead, lost, late, lateness, unlucky, share, after, down, gone);
    }
}
