package org.tuxtape.testkit.pipeline;

import java.util.function.Supplier;

/** Where a test reaches in: it is told of every step of every part, before and after it. */
final class Seam {
    private int steps;
    private int at;
    private Runnable fault = () -> {};

    /** The process is killed: nothing catches this. */
    static final class Kill extends Error {
        private static final long serialVersionUID = 1L;

        Kill() {
            super("killed");
        }
    }

    /** Sets up that something happens at a step, counted from 1. */
    synchronized void at(int step, Runnable happens) {
        steps = 0;
        at = step;
        fault = happens;
    }

    synchronized void clear() {
        at(0, () -> {});
    }

    synchronized int steps() {
        return steps;
    }

    <T> T through(Supplier<T> work) {
        step();
        T result = work.get();
        step();
        return result;
    }

    private void step() {
        Runnable now;
        synchronized (this) {
            steps++;
            now = steps == at ? fault : () -> {};
        }
        now.run();
    }
}
