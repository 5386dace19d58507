package org.tuxtape.core.triage;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveCatalog;
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
        return against(Target.of(profile));
    }

    /**
     * Judges every CVE of the catalog for one kernel, with all that is at hand about it.
     *
     * @param kernel the kernel
     * @return the report
     * @throws org.tuxtape.core.CancelledException if the token asks for it
     */
    public TriageReport against(Target kernel) {
        return new KernelTriage(new Judge(catalog, prioritizer, context), kernel).report();
    }

    /**
     * Judges every CVE of the catalog for several kernels, as {@link #against(Collection, Consumer)} does.
     *
     * @param profiles the kernels
     * @return one report per kernel, in the same order
     * @throws org.tuxtape.core.CancelledException if the token asks for it
     */
    public List<TriageReport> against(List<? extends BuildProfile> profiles) {
        List<Target> kernels = profiles.stream().map(Target::of).toList();
        TriageReport[] reports = new TriageReport[kernels.size()];
        fleet().judge(kernels, (index, report) -> reports[index] = report);
        return List.of(reports);
    }

    /**
     * Judges every CVE of the catalog for many kernels. Kernels that are alike share the work: the versions are judged once
     * for all that have the same one, and of builds that made the same of a file only one is ranked. All processors are
     * used, so that profiles and prioritizer are asked by several threads; kernels with fixes, or of one machine, are judged
     * one after another by the caller's.
     *
     * <p>Progress is told by kernels. The memory that is needed grows with the catalog and not with the number of kernels.
     *
     * @param kernels the kernels
     * @param reports takes one report per kernel, in the caller's thread; kernels of one version follow one another, so
     *     the order may be another than that of the kernels. What it throws ends the triage
     * @throws org.tuxtape.core.CancelledException if the token asks for it; reports may have been given by then
     */
    public void against(Collection<Target> kernels, Consumer<TriageReport> reports) {
        Objects.requireNonNull(reports, "reports");
        fleet().judge(List.copyOf(kernels), (index, report) -> reports.accept(report));
    }

    private Fleet fleet() {
        return new Fleet(new Judge(catalog, prioritizer, context));
    }
}
