package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome;

/**
 * What a stage found. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface StageResult {

    /**
     * Tells which stage it was.
     *
     * @return the stage
     */
    Stage stage();

    /**
     * Tells whether the way goes on behind it.
     *
     * @return whether the stage found what the next one needs
     */
    boolean isPassed();

    /**
     * The fix was looked up.
     *
     * @param lookup the fix, or why there is none
     */
    record LookedUp(FixLookup lookup) implements StageResult {
        /** Rejects {@code null}. */
        public LookedUp {
            Objects.requireNonNull(lookup, "lookup");
        }

        @Override
        public Stage stage() {
            return Stage.FIX;
        }

        @Override
        public boolean isPassed() {
            return lookup instanceof FixLookup.Found;
        }
    }

    /**
     * The fix was looked at.
     *
     * @param screening what was found
     */
    record Screened(Screening screening) implements StageResult {
        /** Rejects {@code null}. */
        public Screened {
            Objects.requireNonNull(screening, "screening");
        }

        @Override
        public Stage stage() {
            return Stage.SCREEN;
        }

        @Override
        public boolean isPassed() {
            return screening.outlook().isHopeful();
        }
    }

    /**
     * A build of this one fix came to an end.
     *
     * @param key what was built
     * @param outcome how it ended
     */
    record Built(BuildKey key, BuildOutcome outcome) implements StageResult {
        /** Rejects {@code null}. */
        public Built {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(outcome, "outcome");
        }

        @Override
        public Stage stage() {
            return Stage.BUILD;
        }

        @Override
        public boolean isPassed() {
            return outcome instanceof BuildOutcome.Built;
        }
    }

    /**
     * The cumulative patch was composed.
     *
     * @param composition what is in, what is not, and the module
     */
    record Composed(Composition composition) implements StageResult {
        /** Rejects {@code null}. */
        public Composed {
            Objects.requireNonNull(composition, "composition");
        }

        @Override
        public Stage stage() {
            return Stage.COMPOSE;
        }

        @Override
        public boolean isPassed() {
            return composition.module().isPresent();
        }
    }

    /**
     * The gate was asked.
     *
     * @param approval what it says
     */
    record Reviewed(Approval approval) implements StageResult {
        /** Rejects {@code null}. */
        public Reviewed {
            Objects.requireNonNull(approval, "approval");
        }

        @Override
        public Stage stage() {
            return Stage.REVIEW;
        }

        @Override
        public boolean isPassed() {
            return approval.isGiven();
        }
    }

    /**
     * The module was to be loaded.
     *
     * @param outcome how that ended
     */
    record Loaded(TransitionOutcome outcome) implements StageResult {
        /** Rejects {@code null}. */
        public Loaded {
            Objects.requireNonNull(outcome, "outcome");
        }

        @Override
        public Stage stage() {
            return Stage.LOAD;
        }

        @Override
        public boolean isPassed() {
            return outcome instanceof TransitionOutcome.Completed || outcome instanceof TransitionOutcome.AlreadySo;
        }
    }

    /**
     * The kernel was asked what is patched.
     *
     * @param proofs one for each CVE that the module fixes, by id
     */
    record Proven(List<Proof> proofs) implements StageResult {
        /** Copies the list. */
        public Proven {
            proofs = List.copyOf(proofs);
        }

        @Override
        public Stage stage() {
            return Stage.PROVE;
        }

        @Override
        public boolean isPassed() {
            return proofs.stream().allMatch(Proof::isFixed);
        }
    }

    /**
     * The module was to be taken out.
     *
     * @param disabled how its transition back ended
     * @param removed how its removal ended; empty if it did not come to that
     * @param proofs what the kernel says afterwards, one for each CVE that the module fixes, by id
     */
    record Unloaded(TransitionOutcome disabled, Optional<TransitionOutcome> removed, List<Proof> proofs)
            implements StageResult {
        /** Copies the list. */
        public Unloaded {
            Objects.requireNonNull(disabled, "disabled");
            Objects.requireNonNull(removed, "removed");
            proofs = List.copyOf(proofs);
        }

        @Override
        public Stage stage() {
            return Stage.UNLOAD;
        }

        @Override
        public boolean isPassed() {
            return removed.filter(outcome -> outcome instanceof TransitionOutcome.Completed
                            || outcome instanceof TransitionOutcome.AlreadySo)
                    .isPresent();
        }
    }

    /**
     * The stage threw. What it would have found is not known.
     *
     * @param stage which one
     * @param message what was thrown, one line
     */
    record Threw(Stage stage, String message) implements StageResult {
        /** Rejects {@code null}. */
        public Threw {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public boolean isPassed() {
            return false;
        }
    }
}
