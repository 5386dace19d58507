package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.tuxtape.core.CancelledException;

/** Does one piece of work with several threads, while the caller's thread reports progress and watches for the end. */
final class Workers {
    private static final long PROGRESS_MILLIS = 50;
    private static final long STOP_MILLIS = 500;

    /** What each thread does. */
    @FunctionalInterface
    interface Work {
        /**
         * Works until there is nothing left.
         *
         * @param stopped asked between any two steps whether to give up
         */
        void run(BooleanSupplier stopped);
    }

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    private Workers() {}

    /**
     * Runs the work and waits for its end.
     *
     * @param count how many threads
     * @param work what they do, all at once
     * @param done how far they are
     * @param task told of it, and asked whether to go on
     */
    static void run(int count, Work work, LongSupplier done, Task task) {
        new Workers().runAll(count, work, done, task);
    }

    private void runAll(int count, Work work, LongSupplier done, Task task) {
        CountDownLatch running = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> runOne(work, running), "tuxtape-profile-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        try {
            while (!running.await(PROGRESS_MILLIS, TimeUnit.MILLISECONDS)) {
                task.throwIfCancelled();
                task.advance(done.getAsLong());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            stop();
        }
        rethrow();
        task.throwIfCancelled();
        task.advance(done.getAsLong());
    }

    private void runOne(Work work, CountDownLatch running) {
        try {
            work.run(() -> stopped);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            stopped = true;
        } finally {
            running.countDown();
        }
    }

    /** Ends the threads, also those that wait for a slow file system. */
    private void stop() {
        stopped = true;
        boolean interrupted = Thread.interrupted();
        for (Thread thread : threads) {
            thread.interrupt();
        }
        try {
            for (Thread thread : threads) {
                thread.join(STOP_MILLIS / threads.size() + 1);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
