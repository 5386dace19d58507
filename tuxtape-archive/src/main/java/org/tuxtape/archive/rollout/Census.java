package org.tuxtape.archive.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.KernelIdentity;

/** The nodes of one kernel by their rings, each with its latest report, and what is counted in them. */
final class Census {
    /** For how long a node is remembered that stopped to report before a patch came: it was shut down or taken away. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private static final int MOST_EVIDENCE = 10;

    private final RolloutPolicy policy;
    private final Instant now;
    private final List<List<NodeReport>> rings = new ArrayList<>();

    Census(RolloutPolicy policy, KernelIdentity kernel, Collection<NodeReport> reports, Instant now) {
        this.policy = policy;
        this.now = now;
        policy.rings().forEach(ring -> rings.add(new ArrayList<>()));
        for (NodeReport report : Latest.of(reports, now)) {
            if (report.kernel().equals(kernel)) {
                rings.get(policy.position(report.node())).add(report);
            }
        }
    }

    /** Counts the rings that a patch has reached. */
    List<RingFigures> count(Promotion promotion) {
        int reached = policy.position(promotion.ring());
        List<RingFigures> figures = new ArrayList<>();
        for (int i = 0; i <= reached; i++) {
            figures.add(count(i, promotion, i < reached ? promotion.started() : promotion.since()));
        }
        return figures;
    }

    private RingFigures count(int position, Promotion promotion, Instant since) {
        Ring ring = policy.rings().get(position);
        Instant fresh = now.minus(ring.stop().silence());
        boolean isDue = fresh.isAfter(since);
        int nodes = 0;
        int reported = 0;
        int patched = 0;
        int failed = 0;
        int missing = 0;
        int frozen = 0;
        for (NodeReport report : rings.get(position)) {
            if (!isMember(report, promotion)) {
                continue;
            }
            nodes++;
            boolean isFuture = Latest.isFromTheFuture(report, now);
            boolean isStale = report.at().isBefore(fresh);
            boolean answers = !isFuture && !isStale && !report.at().isBefore(since);
            reported += answers ? 1 : 0;
            if (hasFailed(report, promotion, fresh)) {
                failed++;
            } else if (answers && report.commends(promotion.patch())) {
                patched++;
            } else if (answers && report.state() == NodeState.FROZEN) {
                frozen++;
            } else if (isFuture || (isStale && isDue)) {
                missing++;
            }
        }
        return new RingFigures(ring.name(), nodes, reported, patched, failed, missing, frozen);
    }

    private static boolean isMember(NodeReport report, Promotion promotion) {
        return !report.at().isBefore(promotion.started().minus(MEMORY));
    }

    /** What was said before the patch was promoted speaks of an earlier life of it. */
    private static boolean hasFailed(NodeReport report, Promotion promotion, Instant fresh) {
        PatchRef patch = promotion.patch();
        boolean isLost = report.state() == NodeState.TRYING
                && report.at().isBefore(fresh)
                && report.subject().filter(patch::isSame).isPresent();
        return !report.at().isBefore(promotion.started()) && (report.accuses(patch) || isLost);
    }

    /** The reports that count as failures in one ring, the first few by the ids of their nodes. */
    List<NodeReport> evidence(String ring, Promotion promotion) {
        int position = policy.position(ring);
        Instant fresh = now.minus(policy.rings().get(position).stop().silence());
        Stream<NodeReport> failed = rings.get(position).stream()
                .filter(report -> isMember(report, promotion) && hasFailed(report, promotion, fresh));
        return failed.sorted(Comparator.comparing(report -> report.node().id()))
                .limit(MOST_EVIDENCE)
                .toList();
    }
}
