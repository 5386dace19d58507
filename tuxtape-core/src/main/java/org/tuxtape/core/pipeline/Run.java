package org.tuxtape.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.internal.Progress;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;

/** One run of a pipeline. */
record Run(
        Function<Context, CveCatalog> reading,
        Function<KernelTraits, Prioritizer> ranking,
        Selection selection,
        int kernelsAtOnce,
        Context context,
        Pipeline.Collected collected) {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /**
     * What became of one kernel.
     *
     * @param run empty if it could not be judged, or its turn did not come
     */
    private record Outcome(Optional<KernelRun> run, List<PipelineFault> faults, boolean isCancelled) {}

    /**
     * Goes the way of all kernels.
     *
     * @throws CancelledException if the token asks for it; what was found until then is collected
     */
    void over(String task, List<Workbench> kernels) {
        Progress.of(context, task, kernels.size(), "kernels", progress -> {
            Optional<CveCatalog> catalog = read();
            if (catalog.isPresent()) {
                all(catalog.get(), kernels, progress);
            }
            return kernels.size();
        });
    }

    private Optional<CveCatalog> read() {
        try {
            CveCatalog catalog = reading.apply(context);
            catalog.faults()
                    .forEach(fault -> collected.faults.add(new PipelineFault(
                            Stage.READ, Optional.empty(), Optional.empty(), Stopwatch.message(fault))));
            return Optional.of(catalog);
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("The sources could not be read", e);
            collected.faults.add(
                    new PipelineFault(Stage.READ, Optional.empty(), Optional.empty(), Stopwatch.message(e)));
            return Optional.empty();
        }
    }

    private void all(CveCatalog catalog, List<Workbench> kernels, Progress progress) {
        progress.advance(0);
        if (kernelsAtOnce == 1 || kernels.size() == 1) {
            for (int i = 0; i < kernels.size(); i++) {
                collect(one(catalog, kernels.get(i), context));
                progress.advance(i + 1L);
            }
            return;
        }
        try (Workers workers = new Workers("tuxtape-pipeline", Math.min(kernelsAtOnce, kernels.size()))) {
            List<Future<Outcome>> pending = new ArrayList<>();
            for (int i = 0; i < kernels.size(); i++) {
                Workbench kernel = kernels.get(i);
                Context own = named(kernel, i + 1);
                pending.add(workers.submit(() -> one(catalog, kernel, own)));
            }
            collectAll(workers, pending, progress);
        }
    }

    /** Also of a run that is cancelled everything is collected: each way ends by itself then. */
    private void collectAll(Workers workers, List<Future<Outcome>> pending, Progress progress) {
        boolean isCancelled = false;
        for (int i = 0; i < pending.size(); i++) {
            try {
                collect(workers.await(pending.get(i)));
                progress.advance(i + 1L);
            } catch (CancelledException e) {
                isCancelled = true;
            }
        }
        if (isCancelled) {
            throw new CancelledException();
        }
    }

    /** What does not even say its name has its number. */
    private Context named(Workbench kernel, int number) {
        String name = kernel.name().orElse("kernel " + number);
        return context.with(new NamedListener(context.listener(), name));
    }

    private void collect(Outcome outcome) {
        outcome.run.ifPresent(collected.kernels::add);
        collected.faults.addAll(outcome.faults);
        if (outcome.isCancelled) {
            throw new CancelledException();
        }
    }

    private Outcome one(CveCatalog catalog, Workbench kernel, Context own) {
        KernelWay way;
        try {
            own.cancellation().throwIfCancelled();
            way = new KernelWay(catalog, kernel, selection, ranking, own);
        } catch (CancelledException e) {
            return new Outcome(Optional.empty(), List.of(), true);
        } catch (RuntimeException e) {
            LOG.warn("A kernel could not be judged", e);
            return new Outcome(Optional.empty(), List.of(fault(kernel, e)), false);
        }
        way.go();
        return new Outcome(Optional.of(way.report()), way.faults(), way.isCancelled());
    }

    private static PipelineFault fault(Workbench kernel, RuntimeException thrown) {
        return new PipelineFault(Stage.TRIAGE, kernel.name(), Optional.empty(), Stopwatch.message(thrown));
    }
}
