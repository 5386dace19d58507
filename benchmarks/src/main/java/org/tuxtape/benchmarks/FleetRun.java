package org.tuxtape.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeSet;
import org.tuxtape.archive.rollout.Health;
import org.tuxtape.archive.rollout.KernelPatches;
import org.tuxtape.archive.rollout.Node;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.NodeState;
import org.tuxtape.archive.rollout.Offer;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.Promoter;
import org.tuxtape.archive.rollout.Promotion;
import org.tuxtape.archive.rollout.PromotionDecision;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchName;

/**
 * One roll-out. Every node has an older patch in force when a new one is published; the run ends when the new one has
 * reached every node that can take it, or is blocked and gone from every node that is alive.
 */
final class FleetRun {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final int DAY = 24 * 3600;
    private static final int LONGEST = 14 * DAY;
    private static final int REBOOT = 10 * 60;
    /** What a look costs: the timestamp, and the report. */
    private static final int QUIET = 2;
    /** Snapshot, targets and policy, when something was published. */
    private static final int METADATA = 3;
    /** Index, module, manifest and reviews. */
    private static final int PATCH = 4;

    private static final KernelIdentity KERNEL =
            new KernelIdentity(KernelRelease.parse("6.12.94-fleet"), "x86_64", "0123456789abcdef");
    private static final PatchRef OLD = new PatchRef("a".repeat(64), new LivepatchName("livepatch_a"));
    private static final PatchRef NEW = new PatchRef("b".repeat(64), new LivepatchName("livepatch_b"));
    private static final KernelPatches PATCHES = new KernelPatches(KERNEL, List.of(OLD, NEW));

    private final FleetTraits traits;
    private final Random random;
    private final Node[] nodes;
    private final State[] states;
    private final NodeReport[] reports;
    private final PriorityQueue<Late> late = new PriorityQueue<>();
    private final List<List<Integer>> minutes = new ArrayList<>();
    private final ServerLoad load = new ServerLoad();

    private RolloutPolicy policy;
    private int version;
    private int reached;
    private int harmed;
    private int withNew;
    private int alive;
    private String ring = "-";
    private int verdict = -1;
    private int decisions;
    private long promoterNanos;

    /** What a node knows and has. */
    private static final class State {
        PatchRef inForce = OLD;
        int version = -1;
        int trialEnds = -1;
        int failsAt = Integer.MAX_VALUE;
        boolean isTurnedDown;
        boolean isUnhealthy;
        boolean isGone;
    }

    /** A report on its way. */
    private record Late(int arrives, int node, NodeReport report) implements Comparable<Late> {
        @Override
        public int compareTo(Late other) {
            return Integer.compare(arrives, other.arrives);
        }
    }

    /**
     * How a roll-out went.
     *
     * @param blockedIn the ring that the patch had reached when it was blocked, or {@code -}
     * @param reached how many nodes loaded it
     * @param harmed on how many it failed
     * @param hoursToVerdict from its publication until it was blocked or had reached the last ring
     * @param hoursToTheEnd until the last node had it or had given it back, but for a few in a thousand that look late
     * @param load what the server bore
     * @param promoterMillis how long one decision of the promoter took, in the mean
     */
    record Result(
            String blockedIn,
            int reached,
            int harmed,
            double hoursToVerdict,
            double hoursToTheEnd,
            ServerLoad load,
            double promoterMillis) {}

    FleetRun(RolloutPolicy standard, FleetTraits traits, long seed) {
        this.traits = traits;
        this.random = new Random(seed);
        Instant before = START.minusSeconds(30L * DAY);
        this.policy = standard.promote(OLD, "all", before, "fleet", "the patch of last month");
        this.nodes = new Node[traits.nodes()];
        this.states = new State[traits.nodes()];
        this.reports = new NodeReport[traits.nodes()];
        for (int minute = 0; minute <= LONGEST / 60 + 1; minute++) {
            minutes.add(List.of());
        }
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new Node("node-" + i, new TreeSet<>(i < traits.canaries() ? List.of("canary") : List.of()));
            states[i] = new State();
            states[i].isGone = random.nextDouble() < traits.dead();
            alive += states[i].isGone ? 0 : 1;
            int ago =
                    states[i].isGone ? DAY : random.nextInt((int) traits.check().toSeconds());
            reports[i] = report(i, -ago, Optional.of(OLD), NodeState.PATCHED, Health.HEALTHY);
            schedule(i, random.nextInt((int) traits.check().toSeconds()));
        }
    }

    private void schedule(int node, int second) {
        if (second <= LONGEST && !states[node].isGone) {
            int minute = (second + 59) / 60;
            List<Integer> due = minutes.get(minute);
            if (due.isEmpty()) {
                due = new ArrayList<>();
                minutes.set(minute, due);
            }
            due.add(node);
        }
    }

    Result run() {
        for (int minute = 0; minute < minutes.size(); minute++) {
            int now = minute * 60;
            deliver(now);
            if (now % traits.promoter().toSeconds() == 0) {
                promote(now);
            }
            for (int node : minutes.set(minute, List.of())) {
                visit(node, now + random.nextInt(60));
            }
            if (isOver()) {
                return result(now);
            }
        }
        return result(LONGEST);
    }

    private boolean isOver() {
        boolean isBlocked = policy.withdrawal(NEW).isPresent();
        return verdict >= 0 && (isBlocked ? withNew == 0 : withNew >= alive - alive / 1000 - harmed);
    }

    private Result result(int now) {
        String blockedIn = policy.withdrawal(NEW).isPresent() ? ring : "-";
        double millis = promoterNanos / 1e6 / decisions;
        return new Result(blockedIn, reached, harmed, verdict / 3600.0, now / 3600.0, load, millis);
    }

    private void deliver(int now) {
        while (!late.isEmpty() && late.peek().arrives() <= now) {
            Late report = late.remove();
            arrive(report.node(), report.report());
        }
    }

    /** The latest of a node counts, whenever it arrives. */
    private void arrive(int node, NodeReport report) {
        if (report.at().isAfter(reports[node].at())) {
            reports[node] = report;
        }
    }

    private void promote(int now) {
        long begin = System.nanoTime();
        List<PromotionDecision> made = Promoter.decide(policy, PATCHES, Arrays.asList(reports), START.plusSeconds(now));
        promoterNanos += System.nanoTime() - begin;
        decisions++;
        RolloutPolicy next = policy.with(made.get(made.size() - 1), "promoter");
        if (!next.equals(policy)) {
            policy = next;
            version++;
        }
        ring = policy.promotion(NEW).map(Promotion::ring).orElse(ring);
        boolean isDecided = policy.withdrawal(NEW).isPresent() || ring.equals("all");
        verdict = verdict < 0 && isDecided ? now : verdict;
    }

    private void visit(int node, int now) {
        State state = states[node];
        if (state.isGone) {
            return;
        }
        // A visit of its own was planned for the failure; the next look is planned apart from it.
        if (state.failsAt <= now) {
            state.failsAt = Integer.MAX_VALUE;
            if (state.inForce.equals(NEW)) {
                fail(node, now);
            }
            return;
        }
        if (state.trialEnds >= 0 && now < state.trialEnds) {
            schedule(node, state.trialEnds);
            return;
        }
        state.trialEnds = -1;
        load.add(now, QUIET);
        if (state.version != version) {
            load.add(now, METADATA);
            state.version = version;
            Offer offer = policy.offer(nodes[node], Optional.of(state.inForce), PATCHES, START.plusSeconds(now));
            boolean isRefused =
                    state.isTurnedDown && offer.wanted().filter(NEW::equals).isPresent();
            if (!offer.wanted().orElseThrow().equals(state.inForce) && !isRefused) {
                take(node, offer.wanted().orElseThrow(), now);
                return;
            }
        }
        send(node, now);
        schedule(node, next(now));
    }

    private int next(int now) {
        double check = traits.check().toSeconds();
        return (int) (now + check / 2 + random.nextDouble() * check);
    }

    private void take(int node, PatchRef patch, int now) {
        State state = states[node];
        load.add(now, PATCH);
        if (patch.equals(NEW)) {
            reached++;
            withNew++;
            boolean isHit = random.nextDouble() < traits.failing();
            boolean isUnlucky = random.nextDouble() < traits.unlucky();
            int trial = (int) traits.trial().toSeconds();
            int onset = isHit ? (int) traits.onset().toSeconds() : 0;
            if (isHit || isUnlucky) {
                state.failsAt = now + onset + 1 + random.nextInt(trial - 1);
                schedule(node, state.failsAt);
            }
            state.trialEnds = now + trial;
            deliver(node, report(node, now, Optional.of(NEW), NodeState.TRYING, Health.UNKNOWN), now);
            state.inForce = NEW;
            schedule(node, state.trialEnds);
            return;
        }
        withNew -= state.inForce.equals(NEW) ? 1 : 0;
        state.inForce = patch;
        state.isUnhealthy = false;
        send(node, now);
        schedule(node, next(now));
    }

    /** The trial takes it back, or the machine goes down, or after its trial the node is merely unwell. */
    private void fail(int node, int now) {
        State state = states[node];
        harmed++;
        boolean isOnTrial = state.trialEnds >= 0 && now < state.trialEnds;
        boolean isDown = random.nextDouble() < traits.down();
        if (isDown && random.nextDouble() < traits.gone()) {
            state.isGone = true;
            alive--;
            withNew--;
            return;
        }
        if (!isOnTrial && !isDown) {
            state.isUnhealthy = true;
        } else {
            state.isTurnedDown = true;
            state.inForce = OLD;
            state.trialEnds = -1;
            withNew--;
        }
        int back = isDown ? now + REBOOT : now;
        deliver(node, current(node, back), back);
        load.add(back, 1);
    }

    private void send(int node, int now) {
        deliver(node, current(node, now), now);
    }

    private NodeReport current(int node, int now) {
        State state = states[node];
        if (state.isTurnedDown && policy.withdrawal(NEW).isEmpty()) {
            return report(node, now, Optional.of(NEW), NodeState.TURNED_DOWN, Health.HEALTHY);
        }
        Health health = state.isUnhealthy ? Health.UNHEALTHY : Health.HEALTHY;
        return report(node, now, Optional.of(state.inForce), NodeState.PATCHED, health);
    }

    private NodeReport report(int node, int now, Optional<PatchRef> subject, NodeState state, Health health) {
        return new NodeReport(
                nodes[node],
                KERNEL,
                Optional.of(states[node].inForce),
                subject,
                state,
                health,
                Optional.empty(),
                START.plusSeconds(now),
                "simulated");
    }

    private void deliver(int node, NodeReport report, int now) {
        double draw = random.nextDouble();
        if (draw >= traits.lost() + traits.late()) {
            arrive(node, report);
        } else if (draw >= traits.lost()) {
            double delay =
                    -Math.log(1 - random.nextDouble()) * traits.lateness().toSeconds();
            late.add(new Late((int) (now + delay), node, report));
        }
    }
}
