package org.tuxtape.kpatch.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a tool writes, read in a thread of its own: a read cannot be broken off, and whoever inherited the other end may
 * keep it open for ever. A tool that writes faster than its lines are taken has to wait.
 */
final class OutputPipe implements AutoCloseable {
    private static final int PIECE = 1 << 16;
    private static final int PIECES = 16;
    private static final long LOOK_MILLIS = 100;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
    private volatile boolean closed;
    private boolean ended;

    private OutputPipe() {}

    static OutputPipe of(InputStream in) {
        OutputPipe pipe = new OutputPipe();
        Thread reader = new Thread(() -> pipe.read(in), "tuxtape-tool-output");
        reader.setDaemon(true);
        reader.start();
        return pipe;
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[PIECE];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!put(Arrays.copyOf(buffer, count))) {
                    return;
                }
            }
        } catch (IOException e) {
            // It was torn off with the process: there is no more.
        }
        put(END);
    }

    private boolean put(byte[] piece) {
        try {
            while (!closed) {
                if (pieces.offer(piece, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Passes on what was written; waits for the first of it. */
    void pass(LineCutter lines, Duration patience) throws InterruptedException {
        byte @Nullable [] piece = ended ? null : pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (piece == END) {
            ended = true;
        } else if (piece != null) {
            lines.take(piece);
        }
    }

    /** Whether all was passed on, and nobody can write any more. */
    boolean hasEnded() {
        return ended;
    }

    /** Lets the reader go as soon as it can. */
    @Override
    public void close() {
        closed = true;
    }
}
