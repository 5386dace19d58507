package org.tuxtape.livepatch.sysfs.trial;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;

/**
 * What became of each patch of a store when the accepted ones were loaded.
 *
 * @param entries one for each patch, and for each that could not be read
 * @since 0.1
 */
public record BootReport(List<Entry> entries) {

    /** Copies the list. */
    public BootReport {
        entries = List.copyOf(entries);
    }

    /** What became of one patch. Later major versions may add cases. */
    public sealed interface Entry {}

    /**
     * It was to be loaded.
     *
     * @param patch as the store has it now
     * @param outcome what the controller said
     */
    public record Tried(StoredPatch patch, TransitionOutcome outcome) implements Entry {
        /** Rejects {@code null}. */
        public Tried {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(outcome, "outcome");
        }

        /**
         * Tells whether the patch is in force now, or on its way there.
         *
         * @return whether it was loaded, or had been before
         */
        public boolean isInForce() {
            return BootReport.isInForce(outcome);
        }
    }

    /**
     * It was not to be loaded.
     *
     * @param patch as the store has it
     * @param reason one sentence
     */
    public record LeftOut(StoredPatch patch, String reason) implements Entry {
        /** Rejects {@code null}. */
        public LeftOut {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * It could not be read, marked or loaded.
     *
     * @param patch the patch; empty if the store cannot read it
     * @param failure what was thrown
     */
    public record Failed(Optional<StoredPatch> patch, TuxtapeException failure) implements Entry {
        /** Rejects {@code null}. */
        public Failed {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * Tells whether everything that was to be loaded is in force.
     *
     * @return whether no entry is a failure, or a load that did not come to its end
     */
    public boolean isComplete() {
        return entries.stream()
                .allMatch(entry -> entry instanceof LeftOut || (entry instanceof Tried tried && tried.isInForce()));
    }

    static boolean isInForce(TransitionOutcome loaded) {
        return loaded instanceof TransitionOutcome.Completed
                || loaded instanceof TransitionOutcome.AlreadySo
                || (loaded instanceof TransitionOutcome.StillRunning running
                        && running.direction() == TransitionDirection.PATCHING);
    }
}
