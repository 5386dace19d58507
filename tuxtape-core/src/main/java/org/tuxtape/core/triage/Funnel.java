package org.tuxtape.core.triage;

import java.util.Collection;
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

    static Funnel of(CveCatalog catalog, Collection<Finding> findings) {
        Counts counts = new Counts();
        findings.forEach(counts::add);
        return new Funnel(
                catalog.messages(),
                catalog.unreadable().size(),
                catalog.entries().size() - findings.size(),
                findings.size(),
                counts.affected,
                counts.undecided,
                counts.compiledIn,
                counts.headerOnly,
                counts.notCompiled,
                counts.unknownFiles,
                counts.perObject);
    }

    private static final class Counts {
        private int affected;
        private int undecided;
        private int compiledIn;
        private int headerOnly;
        private int notCompiled;
        private int unknownFiles;
        private final SortedMap<KernelObject, Integer> perObject = new TreeMap<>();

        void add(Finding finding) {
            VexStatus byVersion = finding.verdict()
                    .version()
                    .flatMap(Evidence.Version::decides)
                    .orElse(VexStatus.UNDER_INVESTIGATION);
            if (!byVersion.isOpen()) {
                return;
            }
            affected += byVersion == VexStatus.AFFECTED ? 1 : 0;
            undecided += byVersion == VexStatus.UNDER_INVESTIGATION ? 1 : 0;
            finding.verdict().files().ifPresent(this::add);
        }

        private void add(Evidence.Files files) {
            switch (files.outcome()) {
                case COMPILED -> {
                    compiledIn++;
                    files.objects().forEach(object -> perObject.merge(object, 1, Integer::sum));
                }
                case HEADER_ONLY -> headerOnly++;
                case NOT_BUILT -> notCompiled++;
                case UNKNOWN -> unknownFiles++;
            }
        }
    }
}
