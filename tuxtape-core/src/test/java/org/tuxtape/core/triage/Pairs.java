package org.tuxtape.core.triage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Introduced/fixed pairs as tests write them: {@code 5.0->5.10 6.2->?}. An end may be a version, {@code ?} if nothing is
 * known of it, {@code @0123456} if only the commit is known, or {@code 5.10@0123456} if both are.
 */
final class Pairs {
    private Pairs() {}

    static List<AffectedRange> parse(String text) {
        return Stream.of(text.split(" ", -1))
                .filter(pair -> !pair.isEmpty())
                .map(Pairs::pair)
                .toList();
    }

    private static AffectedRange pair(String text) {
        int arrow = text.indexOf("->");
        return new AffectedRange(change(text.substring(0, arrow)), change(text.substring(arrow + 2)));
    }

    private static Optional<Change> change(String text) {
        if (text.equals("?")) {
            return Optional.empty();
        }
        int at = text.indexOf('@');
        String version = at < 0 ? text : text.substring(0, at);
        return Optional.of(new Change(
                version.isEmpty() ? Optional.empty() : Optional.of(KernelVersion.parse(version)),
                at < 0 ? Optional.empty() : Optional.of(CommitId.parse(text.substring(at + 1)))));
    }
}
