package org.tuxtape.feeds.internal.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Puts the commits of a record to its versions. The kernel CNA lists spans of commits from the oldest fix to the newest,
 * and does not say which version has which commit; so this is done only where there are as many fixing commits as
 * versions with a fix.
 */
final class CommitPairs {
    private final Map<KernelVersion, Pair> byFix = new HashMap<>();

    /** A span of commits: what brought the bug in, where that is known, and what took it out. */
    private record Pair(Optional<CommitId> introduced, CommitId fixed) {}

    private CommitPairs() {}

    static List<AffectedRange> complete(JsonRanges.Result versions, List<VersionStatus> entries) {
        List<Pair> pairs = entries.stream()
                .filter(entry -> entry.isCommit() && entry.isAffected())
                .flatMap(entry ->
                        CommitId.tryParse(entry.lessThan())
                                .map(fixed -> new Pair(CommitId.tryParse(entry.version()), fixed))
                                .stream())
                .toList();
        long commits = pairs.stream().map(Pair::fixed).distinct().count();
        if (commits != pairs.size() || commits != versions.fixes().size()) {
            return versions.ranges();
        }
        CommitPairs byOrder = new CommitPairs();
        for (int i = 0; i < pairs.size(); i++) {
            byOrder.byFix.put(versions.fixes().get(i), pairs.get(i));
        }
        return versions.ranges().stream().map(byOrder::complete).toList();
    }

    private AffectedRange complete(AffectedRange range) {
        return range.fixed()
                .flatMap(Change::version)
                .map(byFix::get)
                .map(pair -> new AffectedRange(
                        range.introduced().map(change -> new Change(change.version(), pair.introduced())),
                        range.fixed().map(change -> new Change(change.version(), Optional.of(pair.fixed())))))
                .orElse(range);
    }
}
