package org.tuxtape.testkit.fault;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Verdict;

/**
 * A prioritizer that breaks its rule and throws once. Calls are counted from 1 over all threads.
 *
 * @since 0.1
 */
public final class FaultyPrioritizer implements Prioritizer {
    private final Prioritizer prioritizer;
    private final int fatal;
    private final AtomicInteger calls = new AtomicInteger();

    private FaultyPrioritizer(Prioritizer prioritizer, int fatal) {
        this.prioritizer = Objects.requireNonNull(prioritizer, "prioritizer");
        this.fatal = fatal;
    }

    /**
     * Wraps a prioritizer.
     *
     * @param prioritizer a working one
     * @param call which call throws an {@link IllegalStateException}, from 1
     * @return one that does so
     */
    public static FaultyPrioritizer throwingAt(int call, Prioritizer prioritizer) {
        return new FaultyPrioritizer(prioritizer, call);
    }

    @Override
    public Priority priority(Cve cve, Verdict verdict) {
        if (calls.incrementAndGet() == fatal) {
            throw new IllegalStateException("Call " + fatal + ", for " + cve.id() + ", fails as the test wants it.");
        }
        return prioritizer.priority(cve, verdict);
    }
}
