package org.tuxtape.core;

enum NeverToken implements CancellationToken {
    INSTANCE;

    @Override
    public void cancel() {
        throw new IllegalStateException("This token cannot be cancelled; pass CancellationToken.create() instead.");
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
