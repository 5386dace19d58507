package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;

/**
 * Makes findings of verdicts, and a report of findings.
 *
 * @param cves those of the catalog that hold, by id
 * @param rejected those that were withdrawn, by id
 */
record Judge(CveCatalog catalog, List<Cve> cves, List<CveId> rejected, Prioritizer prioritizer, Context context) {
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    Judge(CveCatalog catalog, Prioritizer prioritizer, Context context) {
        this(
                catalog,
                catalog.entries().stream()
                        .flatMap(entry -> entry.published().stream())
                        .toList(),
                catalog.entries().stream()
                        .filter(entry -> entry.published().isEmpty())
                        .map(CatalogEntry::id)
                        .toList(),
                prioritizer,
                context);
    }

    Ranked find(Cve cve, Verdict verdict) {
        Optional<Priority> priority =
                verdict.status().isOpen() ? Optional.of(prioritize(cve, verdict)) : Optional.empty();
        return Ranked.of(new Finding(cve, verdict, priority));
    }

    private Priority prioritize(Cve cve, Verdict verdict) {
        try {
            return Objects.requireNonNull(prioritizer.priority(cve, verdict), "its answer is null");
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("The prioritizer failed on {}", cve.id(), e);
            return Priority.unknown("error", "The prioritizer failed: " + e + ".");
        }
    }

    /**
     * Puts findings in order.
     *
     * @param settled what the version alone settles: it is not looked through, and best in order already
     */
    TriageReport report(Target kernel, List<Ranked> unsettled, List<Ranked> settled) {
        List<Ranked> ranked = new ArrayList<>(unsettled.size() + settled.size());
        ranked.addAll(unsettled);
        ranked.addAll(settled);
        Collections.sort(ranked);
        return new TriageReport(
                kernel.profile().kernel(),
                kernel.profile().provenance(),
                Funnel.of(catalog, ranked.size(), unsettled),
                ranked.stream().map(Ranked::finding).toList(),
                rejected,
                catalog.unreadable(),
                catalog.faults());
    }
}
