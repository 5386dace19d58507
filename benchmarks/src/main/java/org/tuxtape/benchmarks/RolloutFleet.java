package org.tuxtape.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tuxtape.archive.rollout.RolloutPolicy;

/**
 * Prints how far a patch gets in a fleet of 100,000 nodes under the default policy, how long that takes, and what the
 * server has to bear. The nodes are simulated; who is offered what, and what is made of the reports, is decided by the
 * code that real nodes and promoters use.
 */
public final class RolloutFleet {
    private static final int NODES = 100_000;
    private static final int CANARIES = 100;
    private static final int SEEDS = 3;

    private RolloutFleet() {}

    /** A patch that fails on some nodes after it has been in force for a while. */
    private record Case(String name, double failing, Duration onset) {}

    /**
     * Simulates and prints.
     *
     * @param arguments how many seeds, three if there is none
     */
    public static void main(String[] arguments) {
        int seeds = arguments.length == 0 ? SEEDS : Integer.parseInt(arguments[0]);
        RolloutPolicy policy = RolloutPolicy.standard("fleet");
        System.out.printf(
                Locale.ROOT,
                "%d nodes, %d of them canaries; %d seeds: the median, and the largest in brackets%n",
                NODES,
                CANARIES,
                seeds);
        System.out.println("patch                      blocked in   nodes reached       harmed        hours to verdict"
                + "  hours to the end  requests/s mean, peak second, peak minute  promoter ms   run s");
        for (Case patch : List.of(
                new Case("good", 0, Duration.ZERO),
                new Case("fails on 100 %", 1, Duration.ZERO),
                new Case("fails on 5 %", 0.05, Duration.ZERO),
                new Case("fails on 0.5 %", 0.005, Duration.ZERO),
                new Case("5 %, after 12 h", 0.05, Duration.ofHours(12)),
                new Case("5 %, after 36 h", 0.05, Duration.ofHours(36)))) {
            row(policy, patch, seeds);
        }
    }

    private static void row(RolloutPolicy policy, Case patch, int seeds) {
        List<FleetRun.Result> results = new ArrayList<>();
        long begin = System.nanoTime();
        for (int seed = 1; seed <= seeds; seed++) {
            FleetTraits traits = FleetTraits.usual(NODES, CANARIES).failing(patch.failing(), patch.onset());
            results.add(new FleetRun(policy, traits, seed).run());
        }
        double seconds = (System.nanoTime() - begin) / 1e9 / seeds;
        System.out.printf(
                Locale.ROOT,
                "%-26s %-12s %14s %14s %16s %16s %10.1f %8d %10.1f %20.0f %10.1f%n",
                patch.name(),
                String.join(
                        ",",
                        results.stream()
                                .map(FleetRun.Result::blockedIn)
                                .distinct()
                                .toList()),
                spread(results, FleetRun.Result::reached, "%.0f"),
                spread(results, FleetRun.Result::harmed, "%.0f"),
                spread(results, FleetRun.Result::hoursToVerdict, "%.1f"),
                spread(results, FleetRun.Result::hoursToTheEnd, "%.1f"),
                results.get(0).load().mean(),
                results.get(0).load().peakSecond(),
                results.get(0).load().peakMinute(),
                results.get(0).promoterMillis(),
                seconds);
    }

    private interface Figure {
        double of(FleetRun.Result result);
    }

    private static String spread(List<FleetRun.Result> results, Figure figure, String format) {
        List<Double> sorted = results.stream()
                .map(figure::of)
                .sorted(Comparator.naturalOrder())
                .toList();
        String pair = format + " (" + format + ")";
        return String.format(Locale.ROOT, pair, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
