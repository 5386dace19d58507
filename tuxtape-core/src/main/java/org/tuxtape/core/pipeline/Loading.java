package org.tuxtape.core.pipeline;

import java.util.Objects;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.TransitionPolicy;

/**
 * Where modules are loaded, and what for. Only what has passed the gate is.
 *
 * @param controller the machine
 * @param transition how long a transition may take, and what happens then
 * @param purpose what for
 * @since 0.1
 */
public record Loading(LivepatchController controller, TransitionPolicy transition, Purpose purpose) {

    /** Rejects {@code null}. */
    public Loading {
        Objects.requireNonNull(controller, "controller");
        Objects.requireNonNull(transition, "transition");
        Objects.requireNonNull(purpose, "purpose");
    }

    /** What modules are loaded for. */
    public enum Purpose {
        /**
         * To see that they work: each module by itself, one after another, and the cumulative patch at the end. Each is taken
         * out again before the next, also when the caller asks to stop, and also where a run that was killed had left it. What
         * would take anything else out of force is turned down. A kernel does not tell what was left from what was kept, so
         * a cumulative patch of the very same fixes that another run was to keep is taken out, too.
         */
        TRIAL,
        /** To stay: the cumulative patch alone, which takes the place of what was in force if it was built to. */
        KEEP
    }
}
