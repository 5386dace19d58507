package org.tuxtape.core.pipeline;

import java.util.Objects;
import java.util.function.Function;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Reviews;

/** Stands between build and load. What a person has decided holds over the policy. */
record Gate(Function<LivepatchModule, Reviews> reviews, ReviewPolicy policy) {

    Gate {
        Objects.requireNonNull(reviews, "reviews");
        Objects.requireNonNull(policy, "policy");
    }

    Approval ask(LivepatchModule module) {
        return reviews.apply(module).of(module.manifest()).map(Gate::decided).orElseGet(this::undecided);
    }

    private static Approval decided(Review review) {
        return switch (review.decision()) {
            case APPROVED -> new Approval.Approved(review);
            case DENIED -> new Approval.Denied(review);
        };
    }

    private Approval undecided() {
        return policy instanceof ReviewPolicy.Waived waiver ? new Approval.NotAsked(waiver) : new Approval.Awaiting();
    }
}
