package org.tuxtape.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tuxtape.core.CancellationToken;

/**
 * Turns Ctrl-C, or the TERM of a service manager, into a cancelled call, and lets that call end before the program does:
 * a transition that was begun is reversed, a tool that changes a tree puts it back.
 */
public final class Interrupt implements AutoCloseable {
    /** Taking back has deadlines of its own, which are shorter. */
    private static final long GRACE_SECONDS = 180;

    private final CancellationToken token = CancellationToken.create();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interrupt");

    public Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public CancellationToken token() {
        return token;
    }

    private void stop() {
        token.cancel();
        try {
            ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        if (!token.isCancelled()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException goingDown) {
                // The hook runs, and has nothing to wait for any more.
            }
        }
    }
}
