package org.tuxtape.feeds.internal.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * What a .dyad file says: comments that begin with {@code #}, and one introduced/fixed pair a line,
 * {@code version:commit:version:commit}, where {@code 0:0} stands for an introduction that is not known or a fix that
 * does not exist.
 *
 * @param ranges the pairs that were understood, in their order
 * @param strange the first line that was not, if there is one
 */
record Dyad(List<AffectedRange> ranges, Optional<Excerpt> strange) {
    private static final int PARTS = 4;
    private static final String NOTHING = "0";

    Dyad {
        ranges = List.copyOf(ranges);
    }

    static Dyad parse(String text) {
        List<AffectedRange> ranges = new ArrayList<>();
        Optional<Excerpt> strange = Optional.empty();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                Optional<AffectedRange> range = pair(line.strip());
                range.ifPresent(ranges::add);
                if (range.isEmpty() && strange.isEmpty()) {
                    strange = Optional.of(new Excerpt(number, line));
                }
            }
        }
        return new Dyad(ranges, strange);
    }

    private static Optional<AffectedRange> pair(String line) {
        String[] parts = line.split(":", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        return End.parse(parts[0], parts[1])
                .flatMap(introduced -> End.parse(parts[2], parts[3])
                        .map(fixed -> new AffectedRange(introduced.change(), fixed.change())));
    }

    /** One end of a pair: a change, or none. */
    private record End(Optional<Change> change) {

        static Optional<End> parse(String version, String commit) {
            if (version.equals(NOTHING) && commit.equals(NOTHING)) {
                return Optional.of(new End(Optional.empty()));
            }
            return KernelVersion.tryParse(version)
                    .flatMap(known ->
                            CommitId.tryParse(commit).filter(CommitId::isFull).map(id -> Change.of(known, id)))
                    .map(change -> new End(Optional.of(change)));
        }
    }
}
