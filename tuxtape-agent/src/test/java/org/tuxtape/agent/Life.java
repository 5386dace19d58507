package org.tuxtape.agent;

import java.util.List;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;

/** The life of a process that is killed at a given step. What it had done stays; after that it asks the kernel nothing. */
final class Life {
    private int left;
    private boolean over;

    private Life(int steps) {
        this.left = steps;
    }

    static Life of(int steps) {
        return new Life(steps);
    }

    static Life untilTheEnd() {
        return new Life(Integer.MAX_VALUE);
    }

    boolean isOver() {
        return over;
    }

    /** Thrown where a real process would simply be gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    void end() {
        over = true;
        live();
    }

    void step() {
        over |= left-- == 0;
        live();
    }

    private void live() {
        if (over) {
            throw new Killed();
        }
    }

    /** The kernel as this process asks it: a change may be made although nobody lives to hear of it. */
    LivepatchController asking(LivepatchController kernel) {
        return new LivepatchController() {
            @Override
            public List<Livepatch> loaded() {
                live();
                return kernel.loaded();
            }

            @Override
            public LoadPlan plan(LivepatchModule module) {
                step();
                return kernel.plan(module);
            }

            @Override
            public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
                step();
                TransitionOutcome outcome = kernel.load(module, policy, context);
                step();
                return outcome;
            }

            @Override
            public TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
                step();
                TransitionOutcome outcome = kernel.disable(name, policy, context);
                step();
                return outcome;
            }

            @Override
            public TransitionOutcome unload(LivepatchName name, Context context) {
                step();
                TransitionOutcome outcome = kernel.unload(name, context);
                step();
                return outcome;
            }
        };
    }
}
