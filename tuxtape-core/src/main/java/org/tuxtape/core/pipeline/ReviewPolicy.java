package org.tuxtape.core.pipeline;

/**
 * Whether a module may be loaded that nobody has reviewed. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface ReviewPolicy {

    /** A named reviewer has to have approved this very module. The safe choice. */
    record Required() implements ReviewPolicy {}

    /**
     * Somebody's word that modules may be loaded without a review, for example in a laboratory. One that a reviewer has
     * denied is not loaded even so.
     *
     * @param who the person who answers for it, not blank
     * @param why the reason, not blank
     */
    record Waived(String who, String why) implements ReviewPolicy {
        /** Rejects a waiver without a name or a reason. */
        public Waived {
            if (who.isBlank() || why.isBlank()) {
                throw new IllegalArgumentException("Who waives reviews says who asked and why.");
            }
        }
    }
}
