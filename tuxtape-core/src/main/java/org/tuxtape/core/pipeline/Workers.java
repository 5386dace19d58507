package org.tuxtape.core.pipeline;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancelledException;

/**
 * Threads that end with their work: none is left to itself, however that ends. An interrupt is handed on to them, so that
 * what they do ends as it does when its caller asks.
 */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;

    Workers(String name, int count) {
        threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> submit(Callable<T> work) {
        return threads.submit(work);
    }

    /**
     * Waits for work. An interrupt stops all of it and does not shorten the wait: what ends on request has a result, too.
     *
     * @throws CancelledException if it was stopped before it began
     */
    <T> T await(Future<T> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop();
                }
            }
        } catch (CancellationException e) {
            throw new CancelledException();
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    private void stop() {
        threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
    }

    /** Waits until nothing runs any more: what works on a kernel's tree must not outlive its caller. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
