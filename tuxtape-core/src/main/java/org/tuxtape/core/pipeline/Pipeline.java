package org.tuxtape.core.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Prioritizers.Weights;

/**
 * The whole way: reads sources, judges every CVE for each kernel, and takes those that a kernel has through fix, screen,
 * build, review and load, as far as the {@link Workbench} of the kernel leads.
 *
 * <pre>{@code
 * PipelineReport report = Pipeline.of(MboxSource.of(archive)).run(List.of(kernel), Context.standard());
 * }</pre>
 *
 * <p><b>What breaks.</b> A source, kernel, CVE or stage that throws is a fault in the report, and all that does not depend on
 * it goes on. Only an {@link Error} ends a run. A profile that breaks its contract by throwing costs its kernel all of them.
 *
 * <p><b>Again.</b> It keeps nothing of its own. Run again after it was killed, it does all but what its parts remember: a build
 * with an equal key is answered by the builder from its store, but for one that gave no module; a review stands beside its
 * module; and what a {@linkplain Loading.Purpose#TRIAL trial} has left in the kernel is taken out first. So the report is the
 * same, but for times and {@linkplain PipelineReport#essence() how things came about}.
 *
 * <p><b>Cancellation.</b> The run ends as soon as its parts do, which by their contracts is within a second, or when a tree of
 * processes has been ended; a trial that is in force is taken out first. The report says what was found until then.
 *
 * <p><b>Events.</b> It tells of a task {@code pipeline}, counted in kernels, and for each kernel of {@code patch NAME}, counted
 * in CVEs, beside what the parts tell. Builds run side by side where there are several builders, so the listener is called by
 * several threads. Where kernels run at once, each task of one begins with its name.
 *
 * <p>Immutable: each {@code with} returns another pipeline. Usable by several threads, as far as its parts are.
 *
 * @since 0.1
 */
public final class Pipeline {
    private static final String TASK = "pipeline";

    private final Function<Context, CveCatalog> reading;
    private final Function<KernelTraits, Prioritizer> ranking;
    private final Selection selection;
    private final int kernelsAtOnce;

    private Pipeline(
            Function<Context, CveCatalog> reading,
            Function<KernelTraits, Prioritizer> ranking,
            Selection selection,
            int kernelsAtOnce) {
        this.reading = reading;
        this.ranking = Objects.requireNonNull(ranking, "ranking");
        this.selection = Objects.requireNonNull(selection, "selection");
        this.kernelsAtOnce = kernelsAtOnce;
    }

    /**
     * Returns a pipeline that reads sources anew in each run, ranks by the standard prioritizer, and takes all CVEs that a
     * kernel has.
     *
     * @param sources in any order, as {@link CveCatalog#read} takes them
     * @return the pipeline
     */
    public static Pipeline of(CveSource... sources) {
        return of(List.of(sources));
    }

    /**
     * Returns a pipeline over sources, as {@link #of(CveSource...)} does.
     *
     * @param sources in any order
     * @return the pipeline
     */
    public static Pipeline of(Collection<? extends CveSource> sources) {
        List<CveSource> all = List.copyOf(sources);
        return reading(context -> CveCatalog.read(all, context));
    }

    /**
     * Returns a pipeline over what was read already.
     *
     * @param catalog the CVEs
     * @return the pipeline
     */
    public static Pipeline of(CveCatalog catalog) {
        Objects.requireNonNull(catalog, "catalog");
        return reading(context -> catalog);
    }

    private static Pipeline reading(Function<Context, CveCatalog> reading) {
        return new Pipeline(reading, traits -> Prioritizers.standard(Weights.STANDARD, traits), Selection.all(), 1);
    }

    /**
     * Replaces the prioritizer.
     *
     * @param other gives that of a kernel
     * @return a pipeline that differs in it
     */
    public Pipeline ranking(Function<KernelTraits, Prioritizer> other) {
        return new Pipeline(reading, other, selection, kernelsAtOnce);
    }

    /**
     * Takes some CVEs only.
     *
     * @param which those
     * @return a pipeline that differs in it
     */
    public Pipeline taking(Selection which) {
        return new Pipeline(reading, ranking, which, kernelsAtOnce);
    }

    /**
     * Lets several kernels go their way at once. Each still has no more builds at once than it has builders.
     *
     * @param most one or more; without it they go one after another
     * @return a pipeline that differs in it
     */
    public Pipeline kernelsAtOnce(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least one kernel goes its way at once, not " + most + ".");
        }
        return new Pipeline(reading, ranking, selection, most);
    }

    /**
     * Runs it.
     *
     * @param kernels the kernels, each with what is at hand for it
     * @param context cancellation, listener and clock
     * @return what came of it; one that was cancelled says so
     * @throws IllegalArgumentException if a kernel is to keep a cumulative patch and has no composer, or two have one
     *     name
     */
    public PipelineReport run(List<Workbench> kernels, Context context) {
        kernels.forEach(Pipeline::requireWhole);
        requireNames(kernels);
        Instant begin = context.clock().instant();
        Collected collected = new Collected();
        boolean isCancelled = false;
        try {
            new Run(reading, ranking, selection, kernelsAtOnce, context, collected).over(TASK, List.copyOf(kernels));
        } catch (CancelledException e) {
            isCancelled = true;
        }
        Instant end = context.clock().instant();
        return new PipelineReport(
                begin,
                end.isBefore(begin) ? begin : end,
                isCancelled,
                List.copyOf(collected.kernels),
                List.copyOf(collected.faults));
    }

    private static void requireWhole(Workbench kernel) {
        boolean keeps = kernel.loading()
                .filter(loading -> loading.purpose() == Loading.Purpose.KEEP)
                .isPresent();
        if (keeps && kernel.composer().isEmpty()) {
            throw new IllegalArgumentException("Only a cumulative patch is kept, and nothing composes one.");
        }
    }

    private static void requireNames(List<Workbench> kernels) {
        Set<String> names = new HashSet<>();
        kernels.stream()
                .flatMap(kernel -> kernel.name().stream())
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "Two kernels of one run are called " + name + ": give each a name of its own.");
                });
    }

    /** What a run has found so far, in the order of the kernels. Used by one thread. */
    static final class Collected {
        final List<KernelRun> kernels = new ArrayList<>();
        final List<PipelineFault> faults = new ArrayList<>();
    }
}
