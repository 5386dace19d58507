package org.tuxtape.kpatch.internal.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tuxtape.core.CancellationToken;

/** Follows a process that runs until it and all of its family have ended. */
final class Watch {
    private static final Duration LOOK = Duration.ofMillis(20);
    /** How long the pipe may be held by others once the tool is gone. */
    private static final Duration LINGER = Duration.ofSeconds(1);
    /** Whoever ended it so, the kernel included when memory is short, left the rest of its family behind. */
    private static final ToolExit KILLED = new ToolExit.Signalled(9);
    /** A hundred years: nanoseconds of more do not fit a long. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Process process;
    private final Family family;
    private final FirstFault sink;
    private final LineCutter lines;
    private final OutputPipe pipe;
    private boolean interrupted;

    private Watch(Process process, ProcessMarker marker, LineSink sink) {
        this.process = process;
        this.family = Family.of(marker, process);
        this.sink = new FirstFault(sink);
        this.lines = new LineCutter(this.sink);
        this.pipe = OutputPipe.of(process.getInputStream());
    }

    static Watch of(Process process, ProcessMarker marker, LineSink sink) {
        return new Watch(process, marker, sink);
    }

    ToolExit untilTheEnd(Duration timeout, CancellationToken cancellation) {
        try (pipe) {
            ToolExit exit = follow(timeout, cancellation);
            List<Long> left =
                    family.end(this::listen).stream().map(OsProcess::pid).toList();
            drain();
            sink.rethrow();
            return left.isEmpty() ? exit : new ToolExit.Stuck(left);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ToolExit follow(Duration timeout, CancellationToken cancellation) {
        long end = System.nanoTime() + (timeout.compareTo(FOREVER) < 0 ? timeout : FOREVER).toNanos();
        while (process.isAlive()) {
            listen();
            if (cancellation.isCancelled() || interrupted || sink.hasThrown()) {
                return new ToolExit.Cancelled();
            }
            if (System.nanoTime() - end >= 0) {
                return new ToolExit.TimedOut();
            }
        }
        ToolExit exit = ToolExit.ofStatus(process.exitValue());
        if (!exit.equals(KILLED)) {
            drain();
        }
        return exit;
    }

    /** Takes what is still in the pipe, and waits a little for its end. */
    private void drain() {
        long end = System.nanoTime() + LINGER.toNanos();
        while (!pipe.hasEnded() && System.nanoTime() - end < 0) {
            listen();
        }
        lines.end();
    }

    /** Passes lines on for a moment. An interrupt is remembered, and nothing is left running for it. */
    private void listen() {
        try {
            if (pipe.hasEnded()) {
                process.waitFor(LOOK.toNanos(), TimeUnit.NANOSECONDS);
            } else {
                pipe.pass(lines, LOOK);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }
}
