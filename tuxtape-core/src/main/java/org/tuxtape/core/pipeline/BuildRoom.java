package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;

/** Builds modules, as many at once as there are builders. */
final class BuildRoom implements AutoCloseable {
    private final Queue<PatchBuilder> idle;
    private final Workers workers;
    private final Stopwatch stopwatch;

    BuildRoom(List<PatchBuilder> builders, Stopwatch stopwatch) {
        idle = new ConcurrentLinkedQueue<>(builders);
        workers = new Workers("tuxtape-build", builders.size());
        this.stopwatch = stopwatch;
    }

    Future<StageRun> submit(BuildRequest request) {
        return workers.submit(() -> {
            // There are as many workers as builders, so that there always is one.
            PatchBuilder builder = idle.remove();
            try {
                return stopwatch.run(
                        Stage.BUILD,
                        () -> new StageResult.Built(builder.key(request), builder.build(request, stopwatch.context())));
            } finally {
                idle.add(builder);
            }
        });
    }

    /**
     * Waits for a build.
     *
     * @throws CancelledException if it was not begun, or this thread is interrupted
     */
    StageRun await(Future<StageRun> build) {
        return workers.await(build);
    }

    @Override
    public void close() {
        workers.close();
    }
}
