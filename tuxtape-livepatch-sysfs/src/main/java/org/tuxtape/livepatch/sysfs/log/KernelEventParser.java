package org.tuxtape.livepatch.sysfs.log;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes events of a log's messages. Trouble takes many messages; it becomes an event when its trace ends, when other
 * trouble begins, when five seconds have passed in the log, or with {@link #finish()}.
 *
 * <p>Where the kernel says who wrote a message, traces that were written at the same time are kept apart; elsewhere the
 * first one ends where the next begins. Only messages of the kernel count: a program that writes {@code BUG:} to
 * {@code /dev/kmsg} changes nothing. What is held is bounded, whatever the log says. For one thread at a time.
 *
 * @since 0.1
 */
public final class KernelEventParser {
    private static final int MOST_OPEN = 32;

    private final SequenceGaps gaps = new SequenceGaps();
    /** What is being told, by caller; with an empty name where callers are not known. The oldest first. */
    private final Map<String, TroubleReport> open = new LinkedHashMap<>();

    /** Creates a parser that has seen nothing. */
    public KernelEventParser() {}

    /**
     * Takes the next message.
     *
     * @param entry the message
     * @return the events that it completes, in their order; mostly none
     */
    public List<KernelEvent> accept(LogEntry entry) {
        List<KernelEvent> events = new ArrayList<>();
        long lost = gaps.before(entry);
        if (lost > 0) {
            events.addAll(finish());
            events.add(new KernelEvent.Lost(entry.sinceBoot(), lost));
        }
        endWhere(report -> report.isOver(entry.sinceBoot()), events);
        if (entry.fromKernel()) {
            read(entry, events);
        }
        return List.copyOf(events);
    }

    /**
     * Ends what is being told, as at the end of a log. Serves also where a log has been quiet for seconds; messages
     * that come later begin anew.
     *
     * @return the trouble whose end was not seen, oldest first
     */
    public List<KernelEvent> finish() {
        List<KernelEvent> events = new ArrayList<>();
        endWhere(report -> true, events);
        return List.copyOf(events);
    }

    private void read(LogEntry entry, List<KernelEvent> events) {
        Optional<KernelEvent> said = LivepatchPhrase.read(entry);
        if (said.isPresent()) {
            events.add(said.get());
            return;
        }
        String caller = entry.caller().orElse("");
        String text = entry.text().strip();
        Optional<KernelEvent.TroubleKind> kind = TroubleTitle.kind(text);
        TroubleReport report = open.get(caller);
        if (kind.isPresent() && !(report != null && report.goesOnWith(text))) {
            end(caller, events);
            if (open.size() == MOST_OPEN) {
                end(open.keySet().iterator().next(), events);
            }
            open.put(caller, new TroubleReport(kind.get(), entry.sinceBoot(), text));
        } else if (report != null) {
            if (report.read(entry.sinceBoot(), text)) {
                end(caller, events);
            }
        } else {
            // A stall's report asks the other processors for their traces, which they write themselves.
            open.values().stream()
                    .filter(TroubleReport::hasManyWriters)
                    .findFirst()
                    .ifPresent(stall -> stall.read(entry.sinceBoot(), text));
        }
    }

    private void end(String caller, List<KernelEvent> events) {
        TroubleReport ended = open.remove(caller);
        if (ended != null) {
            events.add(ended.event());
        }
    }

    private void endWhere(Predicate<TroubleReport> over, List<KernelEvent> events) {
        for (Iterator<TroubleReport> reports = open.values().iterator(); reports.hasNext(); ) {
            TroubleReport report = reports.next();
            if (over.test(report)) {
                reports.remove();
                events.add(report.event());
            }
        }
    }
}
