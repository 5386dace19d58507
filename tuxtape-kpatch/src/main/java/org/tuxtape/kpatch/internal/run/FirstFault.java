package org.tuxtape.kpatch.internal.run;

import org.jspecify.annotations.Nullable;

/** Keeps the first thing that a sink throws until there is time for it, and gives it nothing more. */
final class FirstFault implements LineSink {
    private final LineSink sink;
    private @Nullable RuntimeException exception;
    private @Nullable Error error;

    FirstFault(LineSink sink) {
        this.sink = sink;
    }

    @Override
    public void line(String line) {
        if (hasThrown()) {
            return;
        }
        try {
            sink.line(line);
        } catch (RuntimeException e) {
            exception = e;
        } catch (Error e) {
            error = e;
        }
    }

    boolean hasThrown() {
        return exception != null || error != null;
    }

    void rethrow() {
        if (exception != null) {
            throw exception;
        }
        if (error != null) {
            throw error;
        }
    }
}
