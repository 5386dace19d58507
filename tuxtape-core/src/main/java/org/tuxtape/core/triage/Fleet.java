package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.internal.Progress;

/** The triage of many kernels: in groups that are alike, a few reports at a time. */
final class Fleet {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** As many reports are held at once, so that no processor waits while they are taken. */
    private static final int WINDOW = 4 * PROCESSORS;

    private static final int PART = 1024;

    private final Judge judge;

    Fleet(Judge judge) {
        this.judge = judge;
    }

    /** Judges kernels, and hands each report over with the kernel's place in the list. */
    void judge(List<Target> kernels, BiConsumer<Integer, TriageReport> reports) {
        if (kernels.isEmpty()) {
            return;
        }
        String task = "triage " + kernels.size() + (kernels.size() == 1 ? " kernel" : " kernels");
        ExecutorService workers = Executors.newFixedThreadPool(PROCESSORS, Fleet::thread);
        try {
            Progress.of(judge.context(), task, kernels.size(), "kernels", progress -> {
                progress.advance(0);
                new Run(kernels, workers, progress, reports).all();
                return kernels.size();
            });
        } finally {
            workers.shutdownNow();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tuxtape-triage");
        thread.setDaemon(true);
        return thread;
    }

    private final class Run {
        private final List<Target> kernels;
        private final ExecutorService workers;
        private final Progress progress;
        private final BiConsumer<Integer, TriageReport> reports;
        private long done;

        Run(
                List<Target> kernels,
                ExecutorService workers,
                Progress progress,
                BiConsumer<Integer, TriageReport> reports) {
            this.kernels = kernels;
            this.workers = workers;
            this.progress = progress;
            this.reports = reports;
        }

        void all() {
            Map<KernelGroup.Key, Map<Target, List<Integer>>> groups = new LinkedHashMap<>();
            for (int i = 0; i < kernels.size(); i++) {
                Target kernel = kernels.get(i);
                if (kernel.fixes().isPresent() || kernel.modules().isPresent()) {
                    take(new KernelTriage(judge, kernel).report(), List.of(i));
                } else {
                    groups.computeIfAbsent(KernelGroup.Key.of(kernel.profile().kernel()), key -> new LinkedHashMap<>())
                            .computeIfAbsent(kernel, key -> new ArrayList<>())
                            .add(i);
                }
            }
            groups.values().forEach(this::group);
        }

        private void group(Map<Target, List<Integer>> places) {
            List<Target> targets = List.copyOf(places.keySet());
            KernelGroup group = group(targets.get(0));
            for (int from = 0; from < targets.size(); from += WINDOW) {
                List<Target> window = targets.subList(from, Math.min(from + WINDOW, targets.size()));
                List<Future<TriageReport>> pending = new ArrayList<>();
                window.forEach(kernel -> pending.add(workers.submit(() -> group.report(kernel))));
                for (int i = 0; i < window.size(); i++) {
                    take(result(pending.get(i)), places.getOrDefault(window.get(i), List.of()));
                }
            }
        }

        private KernelGroup group(Target kernel) {
            List<Cve> cves = judge.cves();
            List<Future<KernelGroup>> pending = new ArrayList<>();
            for (int from = 0; from < cves.size(); from += PART) {
                List<Cve> part = cves.subList(from, Math.min(from + PART, cves.size()));
                Callable<KernelGroup> work = () -> KernelGroup.part(judge, part, kernel);
                pending.add(workers.submit(work));
            }
            return KernelGroup.joined(
                    judge, pending.stream().<KernelGroup>map(Fleet::result).toList());
        }

        private void take(TriageReport report, List<Integer> places) {
            for (int place : places) {
                reports.accept(place, report);
                progress.advance(++done);
            }
        }
    }

    private static <T> T result(Future<T> pending) {
        try {
            return pending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof CancelledException) {
                throw new CancelledException();
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException fault ? fault : new IllegalStateException(cause);
        }
    }
}
