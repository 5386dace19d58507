package org.tuxtape.livepatch.sysfs.trial;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionOutcome;

/**
 * How a trial ended. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface TrialOutcome {

    /**
     * Returns the patch.
     *
     * @return as the store has it now
     */
    StoredPatch patch();

    /**
     * It was watched to the end, and nothing speaks against it. It stays in force until the machine is booted again, and
     * longer only if it is accepted.
     *
     * @param patch passed, or accepted if the policy wanted that
     * @param watched how long
     */
    record Passed(StoredPatch patch, Duration watched) implements TrialOutcome {
        /** Rejects {@code null}. */
        public Passed {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(watched, "watched");
        }
    }

    /**
     * It did harm, or somebody turned it down meanwhile.
     *
     * @param patch turned down; it keeps its load marker if it could not be taken back
     * @param reason one sentence
     * @param takenBack what became of it in the kernel
     */
    record TurnedDown(StoredPatch patch, String reason, TakenBack takenBack) implements TrialOutcome {
        /** Rejects {@code null}. */
        public TurnedDown {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(takenBack, "takenBack");
        }
    }

    /**
     * It did not come into force, and nothing was changed.
     *
     * @param patch added or passed, as it was before the trial
     * @param outcome what the controller said
     */
    record NotLoaded(StoredPatch patch, TransitionOutcome outcome) implements TrialOutcome {
        /** Rejects {@code null}. */
        public NotLoaded {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * There was nothing to try: it was turned down before, or is accepted already. Nothing was changed.
     *
     * @param patch as it is, with the reason
     */
    record NotTried(StoredPatch patch) implements TrialOutcome {
        /** Rejects {@code null}. */
        public NotTried {
            Objects.requireNonNull(patch, "patch");
        }
    }

    /**
     * It was broken off without a verdict: the caller wanted to stop, or somebody else took the livepatch out of force.
     * One that was in force before the trial is left as it is; {@code disabled} is then {@code AlreadySo}, and
     * {@code unloaded} empty.
     *
     * @param patch added or passed, as it was before the trial; still on trial if it could not be taken back
     * @param reason one sentence
     * @param takenBack what became of it in the kernel
     */
    record BrokenOff(StoredPatch patch, String reason, TakenBack takenBack) implements TrialOutcome {
        /** Rejects {@code null}. */
        public BrokenOff {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(takenBack, "takenBack");
        }
    }

    /**
     * How a livepatch was taken back.
     *
     * @param disabled how its transition back ended
     * @param unloaded how the removal of its module ended; empty if it came to none
     * @param missing livepatches that were in force before the trial and are not now, since this one had replaced them
     * @param restored what was done to bring back those of them that are accepted; nothing if something has come into
     *     force meanwhile that was not before the trial, since that might be replaced
     */
    record TakenBack(
            TransitionOutcome disabled,
            Optional<TransitionOutcome> unloaded,
            List<LivepatchName> missing,
            BootReport restored) {
        /** Copies the list. */
        public TakenBack {
            Objects.requireNonNull(disabled, "disabled");
            Objects.requireNonNull(unloaded, "unloaded");
            missing = List.copyOf(missing);
            Objects.requireNonNull(restored, "restored");
        }

        /**
         * Tells whether nothing of the livepatch is left in the kernel.
         *
         * @return whether it is out of force and its module is gone
         */
        public boolean isClean() {
            return unloaded.filter(TakenBack::isDone).isPresent();
        }

        static boolean isDone(TransitionOutcome outcome) {
            return outcome instanceof TransitionOutcome.Completed || outcome instanceof TransitionOutcome.AlreadySo;
        }
    }
}
