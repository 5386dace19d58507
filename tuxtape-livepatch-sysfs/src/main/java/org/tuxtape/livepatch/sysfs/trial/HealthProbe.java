package org.tuxtape.livepatch.sysfs.trial;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.tuxtape.core.Context;

/**
 * A caller's own question to a machine on which a livepatch is on trial: does it still do its work?
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HealthProbe {

    /**
     * Looks once.
     *
     * @param context cancellation, listener and clock; a probe that may take long asks it
     * @return what was found; one that throws counts as unhealthy
     */
    Health check(Context context);

    /**
     * Returns a probe that runs a command: exit status 0 means that all is well. It runs with {@code LC_ALL=C}, an
     * environment of its own and no input; the end of what it prints stands in the reason. One that does not end in time,
     * or cannot be run, is unhealthy. It is ended with all its children: asked first, then killed.
     *
     * @param command the program and its arguments, no shell; at least one
     * @param timeout how long it may take, in real time, whatever the clock of the context; above zero
     * @return the probe
     */
    static HealthProbe command(List<String> command, Duration timeout) {
        return new CommandProbe(command, timeout);
    }

    /**
     * What a probe has found.
     *
     * @param healthy whether all is well
     * @param reason what was seen, one sentence
     */
    record Health(boolean healthy, String reason) {
        /** Rejects {@code null}. */
        public Health {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
