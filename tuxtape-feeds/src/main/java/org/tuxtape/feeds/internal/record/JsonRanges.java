package org.tuxtape.feeds.internal.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Makes introduced/fixed pairs of what the products of a record say about versions.
 *
 * <p>The kernel CNA describes the kernel twice. The product whose default is "affected" names the mainline version that
 * brought the bug in, and as unaffected the first version with a fix on each branch. The one whose default is
 * "unaffected" names spans of versions, mostly bugs that were back-ported to a stable branch; such a span ends in the
 * next mainline release where its branch never got a fix. Spans of commits have no versions and are left to
 * {@link CommitPairs}.
 */
final class JsonRanges {
    private final Set<KernelVersion> introductions = new LinkedHashSet<>();
    private final Set<KernelVersion> fixes = new LinkedHashSet<>();
    private final List<AffectedRange> spans = new ArrayList<>();
    private final List<String> strange = new ArrayList<>();
    private boolean affectedByDefault;

    /**
     * What was understood.
     *
     * @param ranges the pairs
     * @param fixes the versions with a fix, each once, oldest first
     * @param strange texts that stand for versions and are none
     */
    record Result(List<AffectedRange> ranges, List<KernelVersion> fixes, List<String> strange) {}

    private JsonRanges() {}

    static Result of(List<VersionStatus> entries) {
        JsonRanges ranges = new JsonRanges();
        entries.stream().filter(entry -> !entry.isCommit()).forEach(ranges::take);
        List<AffectedRange> pairs = ranges.pairs();
        Set<KernelVersion> fixes = new TreeSet<>(ranges.fixes);
        ranges.spans.forEach(span -> span.fixed().flatMap(Change::version).ifPresent(fixes::add));
        return new Result(pairs, List.copyOf(fixes), List.copyOf(ranges.strange));
    }

    private void take(VersionStatus entry) {
        affectedByDefault |= entry.isExceptionToAffected();
        if (entry.isAffected()) {
            takeAffected(entry);
        } else if (!entry.isUnaffected()) {
            strange.add(entry.status());
        } else if (entry.isExceptionToAffected() && !entry.isFromTheBeginning()) {
            version(entry.version()).ifPresent(fixes::add);
        }
    }

    private void takeAffected(VersionStatus entry) {
        Optional<KernelVersion> introduced = entry.isFromTheBeginning() ? Optional.empty() : version(entry.version());
        if (introduced.isEmpty() && !entry.isFromTheBeginning()) {
            return;
        }
        if (entry.isBounded() || introduced.isEmpty()) {
            spans.add(new AffectedRange(
                    introduced.map(Change::of), end(introduced, entry).map(Change::of)));
        } else {
            introductions.add(introduced.get());
        }
    }

    /** The fix at the end of a span; empty if it ends with its branch, or nowhere. */
    private Optional<KernelVersion> end(Optional<KernelVersion> introduced, VersionStatus entry) {
        if (entry.lessThan().isEmpty()) {
            String last = entry.lessThanOrEqual();
            if (!last.isEmpty() && !last.endsWith("*")) {
                strange.add(last); // a last affected version does not say which one has the fix
            }
            return Optional.empty();
        }
        return entry.lessThan().equals("*")
                ? Optional.empty()
                : version(entry.lessThan())
                        .filter(end -> introduced
                                .filter(start -> !start.isMainline() && !start.isOnBranchOf(end))
                                .isEmpty());
    }

    private Optional<KernelVersion> version(String text) {
        Optional<KernelVersion> version = KernelVersion.tryParse(text);
        if (version.isEmpty()) {
            strange.add(text);
        }
        return version;
    }

    private List<AffectedRange> pairs() {
        Set<KernelVersion> ended = new HashSet<>();
        spans.forEach(span -> span.fixed().flatMap(Change::version).ifPresent(ended::add));
        Set<KernelVersion> open = new LinkedHashSet<>(introductions);
        List<AffectedRange> pairs = new ArrayList<>();
        for (KernelVersion fix : fixes) {
            if (!ended.contains(fix)) {
                Optional<KernelVersion> introduced = introductionOf(fix);
                introduced.ifPresent(open::remove);
                pairs.add(new AffectedRange(introduced.map(Change::of), Optional.of(Change.of(fix))));
            }
        }
        pairs.addAll(spans);
        open.forEach(introduced -> pairs.add(AffectedRange.unfixedSince(Change.of(introduced))));
        if (pairs.isEmpty() && affectedByDefault) {
            pairs.add(AffectedRange.EVERYTHING);
        }
        return List.copyOf(pairs);
    }

    /** The last one before the fix; of a fix before all introductions, which only bad records have, the first. */
    private Optional<KernelVersion> introductionOf(KernelVersion fix) {
        return introductions.stream()
                .filter(introduced -> introduced.isReachableFrom(fix))
                .max(Comparator.naturalOrder())
                .or(() -> introductions.stream().min(Comparator.naturalOrder()));
    }
}
