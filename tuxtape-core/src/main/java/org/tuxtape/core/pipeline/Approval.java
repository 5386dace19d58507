package org.tuxtape.core.pipeline;

import java.util.Objects;
import org.tuxtape.core.livepatch.Review;

/**
 * What the gate between build and load says of a module. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface Approval {

    /**
     * Tells whether the module may go on.
     *
     * @return whether somebody approved it, or the caller's policy asks for no review
     */
    boolean isGiven();

    /**
     * A reviewer has approved this very module.
     *
     * @param review the review that counts
     */
    record Approved(Review review) implements Approval {
        /** Rejects a review that denies. */
        public Approved {
            if (review.decision() != Review.Decision.APPROVED) {
                throw new IllegalArgumentException("A review that denies is no approval.");
            }
        }

        @Override
        public boolean isGiven() {
            return true;
        }
    }

    /**
     * A reviewer has denied this very module.
     *
     * @param review the review that counts
     */
    record Denied(Review review) implements Approval {
        /** Rejects a review that approves. */
        public Denied {
            if (review.decision() != Review.Decision.DENIED) {
                throw new IllegalArgumentException("A review that approves is no denial.");
            }
        }

        @Override
        public boolean isGiven() {
            return false;
        }
    }

    /** Nobody has decided about this very module. */
    record Awaiting() implements Approval {
        @Override
        public boolean isGiven() {
            return false;
        }
    }

    /**
     * Nobody was asked, since the caller's policy says so.
     *
     * @param waiver whose word that is
     */
    record NotAsked(ReviewPolicy.Waived waiver) implements Approval {
        /** Rejects {@code null}. */
        public NotAsked {
            Objects.requireNonNull(waiver, "waiver");
        }

        @Override
        public boolean isGiven() {
            return true;
        }
    }
}
