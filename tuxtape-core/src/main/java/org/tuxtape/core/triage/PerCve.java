package org.tuxtape.core.triage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;

/** Judges by the CVE alone, and remembers: of many kernels each asks anew. */
final class PerCve implements Prioritizer {
    private static final int MOST_REMEMBERED = 1 << 16;

    private final Function<Cve, Priority> judge;
    private final Map<CveId, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Cve cve, Priority priority) {}

    PerCve(Function<Cve, Priority> judge) {
        this.judge = judge;
    }

    @Override
    public Priority priority(Cve cve, Verdict verdict) {
        Answer known = answers.get(cve.id());
        if (known != null && isSame(known.cve, cve)) {
            return known.priority;
        }
        Priority priority = judge.apply(cve);
        if (answers.size() < MOST_REMEMBERED) {
            answers.put(cve.id(), new Answer(cve, priority));
        }
        return priority;
    }

    /** Two records may speak of one CVE; to compare their texts would cost what is to be saved. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Cve one, Cve other) {
        return one == other;
    }
}
