package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLine;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

/** Walks the lines on which a CVE was fixed, the best first, until a store has every commit of one. */
final class BranchChoice {
    private static final int MOST_REASONS = 8;

    /** A store of commits. */
    interface Store {
        CommitLookup find(CommitId id) throws IOException;
    }

    private record Dated(KernelVersion version, CommitLookup.Held held) {
        private static final Comparator<Dated> ORDER =
                Comparator.comparing(Dated::version).thenComparingLong(dated -> dated.held.time());
    }

    private final Cve cve;
    private final KernelVersion kernel;
    private final Store store;
    private final List<String> reasons = new ArrayList<>();

    private BranchChoice(Cve cve, KernelVersion kernel, Store store) {
        this.cve = cve;
        this.kernel = kernel;
        this.store = store;
    }

    static FixLookup of(Cve cve, KernelVersion kernel, Store store) throws IOException {
        return new BranchChoice(cve, kernel, store).choose();
    }

    private FixLookup choose() throws IOException {
        for (FixLine line : FixLine.of(cve, kernel)) {
            Optional<List<FixCommit>> commits = commits(line);
            if (commits.isPresent()) {
                Fix fix = new Fix(cve.id(), line.branch(), commits.get());
                return line.branch().isOnBranchOf(kernel)
                        ? new FixLookup.Found(fix)
                        : new FixLookup.NeedsBackport(fix, whyNotOwn() + " This one was made for " + line + ".");
            }
        }
        String known = cve.ranges().stream().noneMatch(range -> range.fixed().isPresent())
                ? "Its record names no fix."
                : reasons.isEmpty() ? "Its record names no other branch whose fix may serve." : "";
        return new FixLookup.Missing((whyNotOwn() + " " + known).strip());
    }

    private String whyNotOwn() {
        String head = "There is no fix of " + cve.id() + " for " + kernel.branch();
        return reasons.isEmpty() ? head + " here." : head + " here: " + String.join("; ", reasons) + ".";
    }

    /** Part of a fix is none: either all commits of the line are there, or it does not count. */
    private Optional<List<FixCommit>> commits(FixLine line) throws IOException {
        List<Dated> found = new ArrayList<>();
        for (Change change : line.changes()) {
            if (change.commit().isEmpty()) {
                return lacking(line, "the record names no commit for " + change);
            }
            CommitId id = change.commit().get();
            CommitLookup lookup = store.find(id);
            if (lookup instanceof CommitLookup.Lacking lacking) {
                return lacking(line, id + " " + lacking.reason());
            }
            found.add(new Dated(change.version().orElseThrow(), (CommitLookup.Held) lookup));
        }
        return Optional.of(found.stream()
                .sorted(Dated.ORDER)
                .map(dated -> dated.held().commit())
                .distinct()
                .toList());
    }

    private Optional<List<FixCommit>> lacking(FixLine line, String reason) {
        if (reasons.size() < MOST_REASONS) {
            reasons.add("of " + line + ", " + reason);
        }
        return Optional.empty();
    }
}
