package org.tuxtape.livepatch.sysfs.trial;

import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;

/** Neither a wish to cancel nor an interrupt stops what is done in it; an interrupt comes after. */
final class Calm implements AutoCloseable {
    private boolean interrupted = Thread.interrupted();

    Context context(Context restless) {
        return restless.with(CancellationToken.never()).sleepingBy(nap -> {
            try {
                restless.sleeper().sleep(nap);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        });
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
