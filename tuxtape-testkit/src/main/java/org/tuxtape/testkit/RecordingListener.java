package org.tuxtape.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;

/**
 * Keeps every event and watches the grammar of each task: {@code Started ( Advanced | Noted | Logged )* Ended}. A name may be
 * used again once its task has ended.
 *
 * <p>It never throws at the caller who tells it something, since a listener must not disturb the work; what was wrong
 * comes out in {@link #assertWellFormed()}. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class RecordingListener implements EventListener {
    private final List<Event> events = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Long> running = new LinkedHashMap<>();

    /** Creates a listener that has heard nothing. */
    public RecordingListener() {}

    @Override
    public synchronized void on(Event event) {
        events.add(event);
        String task = event.task();
        if (event instanceof Event.Started) {
            if (running.putIfAbsent(task, 0L) != null) {
                violations.add(event + " came while the task was running.");
            }
        } else if (!running.containsKey(task)) {
            violations.add(event + " came while the task was not running.");
        } else if (event instanceof Event.Advanced advanced) {
            long before = running.put(task, advanced.done());
            if (advanced.done() < before) {
                violations.add(event + " fell from " + before + ".");
            }
        } else if (event instanceof Event.Ended) {
            running.remove(task);
        }
    }

    /**
     * Returns what was heard.
     *
     * @return all events in the order in which they came
     */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /**
     * Returns the tasks that have started and not ended.
     *
     * @return their names
     */
    public synchronized Set<String> running() {
        return Set.copyOf(running.keySet());
    }

    /**
     * Checks that every task kept to the grammar and has ended.
     *
     * @throws AssertionError if one did not; it names every violation and lists the events
     */
    public synchronized void assertWellFormed() {
        List<String> faults = new ArrayList<>(violations);
        running.keySet().forEach(task -> faults.add("The task '" + task + "' has not ended."));
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults) + "\nHeard: " + events);
        }
    }
}
