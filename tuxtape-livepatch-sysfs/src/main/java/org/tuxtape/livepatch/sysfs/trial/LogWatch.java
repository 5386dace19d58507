package org.tuxtape.livepatch.sysfs.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.log.KernelEvent;
import org.tuxtape.livepatch.sysfs.log.KernelEventParser;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;
import org.tuxtape.livepatch.sysfs.log.LogEntry;
import org.tuxtape.livepatch.sysfs.log.LogVerdict;

/** What the kernel's log says against a livepatch, from its load on. */
final class LogWatch {
    /** A log that grows faster than it is read has no end; what comes after these is taken as said since the load. */
    private static final int MOST_ROUNDS = 100;

    private final KernelLogReader reader;
    private final LivepatchName name;
    private final TrialPolicy policy;
    private final KernelEventParser parser = new KernelEventParser();
    private final List<KernelEvent> unjudged = new ArrayList<>();

    /** Passes over what was said before the livepatch was last enabled; over everything if it is not loaded. */
    LogWatch(KernelLogReader reader, LivepatchName name, TrialPolicy policy, boolean isLoaded) {
        this.reader = reader;
        this.name = name;
        this.policy = policy;
        List<KernelEvent> old = new ArrayList<>();
        List<LogEntry> entries = reader.next();
        for (int round = 1; !entries.isEmpty(); round++) {
            entries.forEach(entry -> old.addAll(parser.accept(entry)));
            entries = round < MOST_ROUNDS ? reader.next() : List.of();
        }
        old.addAll(parser.finish());
        if (isLoaded) {
            int enabled = old.size();
            while (enabled > 0 && !isEnabling(old.get(enabled - 1))) {
                enabled--;
            }
            unjudged.addAll(old.subList(enabled, old.size()));
        }
    }

    private boolean isEnabling(KernelEvent event) {
        return event instanceof KernelEvent.Livepatching said
                && said.kind() == KernelEvent.Step.ENABLING
                && said.livepatch().equals(Optional.of(name));
    }

    /** Reads what is new, and gives the reason to turn the livepatch down if there is one. */
    Optional<String> look(boolean isLast) {
        List<LogEntry> entries = reader.next();
        entries.forEach(entry -> unjudged.addAll(parser.accept(entry)));
        if (entries.isEmpty() || isLast) {
            // Nothing has followed since the last look, so a report that lacks its end lacks it for good.
            unjudged.addAll(parser.finish());
        }
        LogVerdict verdict = LogVerdict.of(name, unjudged);
        unjudged.clear();
        return new LogVerdict(
                        name,
                        verdict.own(),
                        policy.troubleElsewhereCounts() ? verdict.elsewhere() : List.of(),
                        policy.lostMessagesCount() ? verdict.lost() : 0)
                .objection();
    }
}
