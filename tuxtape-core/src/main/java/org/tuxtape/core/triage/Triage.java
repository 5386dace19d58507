package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.profile.BuildProfile;

/**
 * The pipeline from a catalog to ranked, explained findings for one kernel or many. Immutable: each {@code with} returns
 * another triage.
 *
 * <pre>{@code
 * TriageReport report = Triage.of(catalog).with(Prioritizers.standard()).against(profile);
 * }</pre>
 *
 * @since 0.1
 */
public final class Triage {
    private static final Logger LOG = LoggerFactory.getLogger(Triage.class);
    private static final int STEP = 256;
    private static final Comparator<Finding> MOST_URGENT_FIRST = Comparator.comparing(
                    (Finding finding) -> finding.verdict().status())
            .thenComparingDouble(finding -> -score(finding))
            .thenComparing(finding -> finding.cve().id(), Comparator.reverseOrder());

    private final CveCatalog catalog;
    private final Prioritizer prioritizer;
    private final Context context;

    private Triage(CveCatalog catalog, Prioritizer prioritizer, Context context) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.prioritizer = Objects.requireNonNull(prioritizer, "prioritizer");
        this.context = Objects.requireNonNull(context, "context");
    }

    /**
     * Starts a triage with the {@linkplain Prioritizers#standard() standard prioritizer} in the
     * {@linkplain Context#standard() standard context}.
     *
     * @param catalog the CVEs
     * @return the triage
     */
    public static Triage of(CveCatalog catalog) {
        return new Triage(catalog, Prioritizers.standard(), Context.standard());
    }

    /**
     * Replaces the prioritizer. One that throws costs the CVE its score, not the caller the report.
     *
     * @param other ranks what is open
     * @return a triage that differs in it
     */
    public Triage with(Prioritizer other) {
        return new Triage(catalog, other, context);
    }

    /**
     * Replaces the context.
     *
     * @param other cancellation, listener and clock
     * @return a triage that differs in it
     */
    public Triage with(Context other) {
        return new Triage(catalog, prioritizer, other);
    }

    /**
     * Judges every CVE of the catalog for one kernel.
     *
     * @param profile the kernel
     * @return the report
     * @throws org.tuxtape.core.CancelledException if the token asks for it
     */
    public TriageReport against(BuildProfile profile) {
        String task = "triage " + profile.kernel().release();
        Event.End end = Event.End.FAILED;
        context.tell(new Event.Started(task, OptionalLong.of(catalog.entries().size()), "CVEs"));
        try {
            TriageReport report = report(profile, task);
            end = Event.End.COMPLETED;
            return report;
        } catch (CancelledException cancelled) {
            end = Event.End.CANCELLED;
            throw cancelled;
        } finally {
            context.tell(new Event.Ended(task, end));
        }
    }

    /**
     * Judges every CVE of the catalog for several kernels, one after another.
     *
     * @param profiles the kernels
     * @return one report per kernel, in the same order
     * @throws org.tuxtape.core.CancelledException if the token asks for it
     */
    public List<TriageReport> against(List<? extends BuildProfile> profiles) {
        return profiles.stream().map(this::against).toList();
    }

    private TriageReport report(BuildProfile profile, String task) {
        List<Finding> findings = new ArrayList<>();
        List<CveId> rejected = new ArrayList<>();
        long done = 0;
        for (CatalogEntry entry : catalog.entries()) {
            if (done % STEP == 0) {
                context.cancellation().throwIfCancelled();
                context.tell(new Event.Advanced(task, done));
            }
            entry.published().ifPresentOrElse(cve -> findings.add(find(cve, profile)), () -> rejected.add(entry.id()));
            done++;
        }
        context.tell(new Event.Advanced(task, done));
        findings.sort(MOST_URGENT_FIRST);
        return new TriageReport(
                profile.kernel(),
                profile.provenance(),
                Funnel.of(catalog, findings),
                findings,
                rejected,
                catalog.unreadable(),
                catalog.faults());
    }

    private Finding find(Cve cve, BuildProfile profile) {
        Verdict verdict = Applicability.assess(cve, profile);
        Optional<Priority> priority =
                verdict.status().isOpen() ? Optional.of(prioritize(cve, verdict)) : Optional.empty();
        return new Finding(cve, verdict, priority);
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

    private static double score(Finding finding) {
        // What has no score stands behind what has one of the same status.
        return finding.priority().map(priority -> priority.score().orElse(-1)).orElse(-1.0);
    }
}
