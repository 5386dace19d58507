package org.tuxtape.archive.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** The one report of each node that counts. */
final class Latest {
    /** By how much clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final Comparator<NodeReport> order;
    private final Map<String, NodeReport> byNode = new HashMap<>();

    /** A report from the future is put behind all others of its node, or one wrong clock would silence it for years. */
    Latest(Instant now) {
        this.order = Comparator.<NodeReport, Boolean>comparing(report -> !isFromTheFuture(report, now))
                .thenComparing(NodeReport.LATER);
    }

    static boolean isFromTheFuture(NodeReport report, Instant now) {
        return report.at().minus(SKEW).isAfter(now);
    }

    void add(NodeReport report) {
        byNode.merge(report.node().id(), report, (a, b) -> order.compare(a, b) >= 0 ? a : b);
    }

    static Collection<NodeReport> of(Collection<NodeReport> reports, Instant now) {
        Latest latest = new Latest(now);
        reports.forEach(latest::add);
        return latest.reports();
    }

    Collection<NodeReport> reports() {
        return byNode.values();
    }
}
