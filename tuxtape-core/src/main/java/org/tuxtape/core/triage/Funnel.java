package org.tuxtape.core.triage;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;

/**
 * How the mass of messages narrows down to what one kernel has to care about. All figures are counts.
 *
 * @param messages what was read, in messages
 * @param unreadable of these, what nobody understood
 * @param rejected CVEs that were withdrawn
 * @param cves CVEs that hold; the rest of the funnel is about them
 * @param affectedByVersion CVEs whose versions say that the kernel is affected
 * @param undecidedByVersion CVEs whose versions do not tell
 * @param compiledIn of both, those with a file other than a header that is compiled or included
 * @param headerOnly of both, those of whose files only headers are in use
 * @param notCompiled of both, those whose files are all known to be left out
 * @param unknownFiles of both, those whose files cannot be judged
 * @param perObject for each object, the CVEs of {@code compiledIn} whose code it holds; one CVE may count for several
 * @since 0.1
 */
public record Funnel(
        int messages,
        int unreadable,
        int rejected,
        int cves,
        int affectedByVersion,
        int undecidedByVersion,
        int compiledIn,
        int headerOnly,
        int notCompiled,
        int unknownFiles,
        SortedMap<KernelObject, Integer> perObject) {

    /** Copies the map. */
    public Funnel {
        perObject = Sorted.map(perObject);
    }

    /**
     * Counts.
     *
     * @param cves how many CVEs hold
     * @param unsettled what those add that a firm version did not settle; others may be among them
     */
    static Funnel of(CveCatalog catalog, int cves, Collection<Ranked> unsettled) {
        Counts counts = new Counts();
        unsettled.forEach(ranked -> counts.add(ranked.share()));
        return new Funnel(
                catalog.messages(),
                catalog.unreadable().size(),
                catalog.entries().size() - cves,
                cves,
                counts.affected,
                counts.undecided,
                counts.compiledIn,
                counts.headerOnly,
                counts.notCompiled,
                counts.unknownFiles,
                new TreeMap<>(counts.perObject));
    }

    private static final class Counts {
        private int affected;
        private int undecided;
        private int compiledIn;
        private int headerOnly;
        private int notCompiled;
        private int unknownFiles;
        private final Map<KernelObject, Integer> perObject = new HashMap<>();

        void add(FunnelShare share) {
            affected += share.byVersion() == VexStatus.AFFECTED ? 1 : 0;
            undecided += share.byVersion() == VexStatus.UNDER_INVESTIGATION ? 1 : 0;
            share.outcome().ifPresent(outcome -> {
                switch (outcome) {
                    case COMPILED -> compiledIn++;
                    case HEADER_ONLY -> headerOnly++;
                    case NOT_BUILT -> notCompiled++;
                    case UNKNOWN -> unknownFiles++;
                }
            });
            for (KernelObject object : share.objects()) {
                perObject.merge(object, 1, Integer::sum);
            }
        }
    }
}
