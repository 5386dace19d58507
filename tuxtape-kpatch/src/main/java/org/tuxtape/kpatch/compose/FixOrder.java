package org.tuxtape.kpatch.compose;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Orders in which fixes are applied. A fix of several commits stands where its last one does: it is complete only there. A
 * fix of which an order knows nothing comes last; of two that an order does not tell apart, the one that was given first.
 *
 * <pre>{@code
 * FixOrder.ofReleases(records).thenComparing(FixOrder.ofHistory(commits))
 * }</pre>
 *
 * @since 0.1
 */
public final class FixOrder {

    private FixOrder() {}

    /**
     * Leaves fixes as they were given.
     *
     * @return an order that tells nothing apart
     */
    public static Comparator<Fix> asGiven() {
        return Comparator.comparing(fix -> 0);
    }

    /**
     * Orders fixes as a branch has them.
     *
     * @param oldestFirst full ids of the branch's commits, as {@code git rev-list --reverse} lists them
     * @return the order of the history
     */
    public static Comparator<Fix> ofHistory(List<CommitId> oldestFirst) {
        Map<CommitId, Integer> places = new HashMap<>();
        IntStream.range(0, oldestFirst.size()).forEach(place -> places.put(oldestFirst.get(place), place));
        return byLast(commit -> Optional.ofNullable(places.get(commit)));
    }

    /**
     * Orders fixes by the release that brought each, as the records of their CVEs say. Fixes of one release are not told
     * apart.
     *
     * @param records the records, of which only the fixed versions with a commit count
     * @return the order of the releases
     */
    public static Comparator<Fix> ofReleases(Collection<Cve> records) {
        Map<CommitId, KernelVersion> releases = new HashMap<>();
        for (Cve cve : records) {
            cve.ranges().stream()
                    .flatMap(range -> range.fixed().stream())
                    .forEach(fixed -> fixed.version()
                            .ifPresent(version -> fixed.commit()
                                    .ifPresent(commit -> releases.merge(commit, version, FixOrder::earlier))));
        }
        return byLast(commit -> Optional.ofNullable(releases.get(commit)));
    }

    private static KernelVersion earlier(KernelVersion one, KernelVersion other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static <P extends Comparable<? super P>> Comparator<Fix> byLast(Function<CommitId, Optional<P>> placeOf) {
        return Comparator.comparing(
                (Fix fix) -> fix.commits().stream()
                        .map(FixCommit::commit)
                        .flatMap(Optional::stream)
                        .map(placeOf)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()),
                lastIfUnknown());
    }

    private static <P extends Comparable<? super P>> Comparator<Optional<P>> lastIfUnknown() {
        return (one, other) -> one.isPresent() && other.isPresent()
                ? one.get().compareTo(other.get())
                : Boolean.compare(one.isEmpty(), other.isEmpty());
    }
}
