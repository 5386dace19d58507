package org.tuxtape.core.pipeline;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.tuxtape.core.triage.VexStatus;

/**
 * Where a CVE stands on a kernel at the end of a run.
 *
 * @param state how far it came
 * @param reason why no further, or what shows it; one or more sentences
 * @param remedy what a person can do next, one or more sentences; empty where nothing is to be done
 * @since 0.1
 */
public record Standing(State state, String reason, String remedy) {

    /** Rejects {@code null}. */
    public Standing {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** How far a CVE came. Later major versions may add states. */
    public enum State {
        /** The kernel does not have the code. */
        NOT_AFFECTED("not affected"),
        /** The kernel's own source has the fix. */
        FIXED("fixed"),
        /** A livepatch that fixes it is in force, and every object that it needs reports {@code patched} 1. */
        PATCHED("patched"),
        /** A livepatch that fixes it was in force and confirmed by the kernel, and was then taken out, as was asked. */
        PROVEN("proven"),
        /** A module that fixes it is built and may be loaded. */
        READY("ready"),
        /** A module that fixes it is built, and nobody has decided about it. */
        AWAITING_REVIEW("awaiting review"),
        /** A module that fixes it is built, and a reviewer has denied it. */
        DENIED("denied"),
        /** The fix changes nothing that is compiled into this kernel. */
        NO_EFFECT("without effect"),
        /** A module that fixes it was loaded, and the kernel does not confirm that all that it needs is patched. */
        UNPROVEN("not proven"),
        /** The kernel refused the module, or the transition did not come to its end. */
        TURNED_DOWN("turned down"),
        /** No module can be built of the fix as it is. */
        CANNOT_BUILD("cannot be built"),
        /** There is a fix for another branch only. */
        NEEDS_BACKPORT("needs a backport"),
        /** There is no fix. */
        NO_FIX("no fix"),
        /** It is not known whether the kernel has the code. */
        UNDECIDED("undecided"),
        /** The caller did not ask for it, or the run ended before it. */
        NOT_TRIED("not tried"),
        /** A stage threw. */
        FAULT("fault");

        private static final Set<State> HARMLESS = EnumSet.of(NOT_AFFECTED, FIXED, PATCHED, NO_EFFECT);
        private static final Set<State> WITHOUT_LIVEPATCH =
                EnumSet.of(DENIED, UNPROVEN, TURNED_DOWN, CANNOT_BUILD, NEEDS_BACKPORT, NO_FIX);

        private final String text;

        State(String text) {
            this.text = text;
        }

        /**
         * Tells whether the running kernel may still have the hole.
         *
         * @return {@code false} only where it does not have the code, or has the fix, or the kernel confirms the livepatch
         */
        public boolean isExposed() {
            return !HARMLESS.contains(this);
        }

        /**
         * Tells whether a livepatch was tried or looked for, and is not to be had as things are: what remains is a
         * {@link Fallback}.
         *
         * @return whether the way ended before a livepatch was in force, and somebody has to act
         */
        public boolean isWithoutLivepatch() {
            return WITHOUT_LIVEPATCH.contains(this);
        }

        /** Returns the words that reports use. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Returns the verdict as it is at the end of the run.
     *
     * @param before the verdict of the triage
     * @return {@link VexStatus#FIXED} for {@link State#PATCHED}; else that of the triage
     */
    public VexStatus status(VexStatus before) {
        return state == State.PATCHED ? VexStatus.FIXED : before;
    }
}
