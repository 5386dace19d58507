package org.tuxtape.examples.build;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.kpatch.store.ArtefactStore;

/** A module for each fix; as many builds at once as there are builders. */
record SingleBuilds(List<PatchBuilder> builders, ArtefactStore kept, Consumer<FixResult> results, Context context) {

    /** Builds what is worth it, and tells whether all is fine. */
    boolean run(List<Wanted> wanted, Function<Fix, BuildRequest> asking, LintGate gate, boolean despiteLint) {
        Screening screening = Screening.ofOne(gate, despiteLint);
        BlockingQueue<PatchBuilder> idle = new ArrayBlockingQueue<>(builders.size(), false, builders);
        ExecutorService threads = Executors.newFixedThreadPool(builders.size());
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (Wanted each : wanted) {
                running.add(threads.submit(() -> run(screening.of(each), asking, idle)));
            }
            boolean allFine = true;
            for (Future<Boolean> each : running) {
                allFine &= result(each);
            }
            return allFine;
        } finally {
            threads.shutdown();
        }
    }

    private boolean run(FixResult screened, Function<Fix, BuildRequest> asking, BlockingQueue<PatchBuilder> idle)
            throws InterruptedException {
        if (context.cancellation().isCancelled()) {
            return false;
        }
        FixResult result = screened;
        if (screened instanceof FixResult.Hopeful hopeful) {
            PatchBuilder builder = idle.take();
            try {
                result = build(builder, asking.apply(hopeful.fix().fix()), hopeful);
            } finally {
                idle.add(builder);
            }
        }
        synchronized (results) {
            results.accept(result);
        }
        return result.isFine();
    }

    private FixResult build(PatchBuilder builder, BuildRequest request, FixResult.Hopeful hopeful) {
        BuildKey key = builder.key(request);
        boolean reused = kept.find(key).isPresent();
        Instant begin = context.clock().instant();
        BuildOutcome outcome = builder.build(request, context);
        Duration took = Duration.between(begin, context.clock().instant());
        return new FixResult.Alone(hopeful, request.name(), key, outcome, took, reused);
    }

    private static boolean result(Future<Boolean> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }
}
