package org.tuxtape.core.pipeline;

import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.internal.Sorted;

/**
 * Which of the CVEs that a kernel has are taken on their way. All are judged and reported in any case.
 *
 * @param only these alone; all if empty
 * @param limit at most as many for each kernel, the most urgent first; all if empty
 * @since 0.1
 */
public record Selection(SortedSet<CveId> only, OptionalInt limit) {

    /** Copies the set, and rejects a limit below zero. */
    public Selection {
        only = Sorted.set(only);
        if (limit.orElse(0) < 0) {
            throw new IllegalArgumentException("A limit is zero or more, not " + limit.getAsInt() + ".");
        }
    }

    /**
     * Returns the selection of all.
     *
     * @return a selection that leaves none out
     */
    public static Selection all() {
        return new Selection(Sorted.set(Set.of()), OptionalInt.empty());
    }

    /**
     * Takes some alone.
     *
     * @param cves the CVEs, at least one
     * @return a selection that differs in it
     */
    public Selection only(Set<CveId> cves) {
        if (cves.isEmpty()) {
            throw new IllegalArgumentException("Who takes some alone takes at least one.");
        }
        return new Selection(Sorted.set(cves), limit);
    }

    /**
     * Takes the most urgent.
     *
     * @param most how many for each kernel
     * @return a selection that differs in it
     */
    public Selection limit(int most) {
        return new Selection(only, OptionalInt.of(most));
    }

    boolean names(CveId cve) {
        return only.isEmpty() || only.contains(cve);
    }

    boolean hasRoom(int taken) {
        return limit.isEmpty() || taken < limit.getAsInt();
    }
}
