package org.tuxtape.examples.distribution;

import org.tuxtape.archive.rollout.PromotionDecision;
import org.tuxtape.core.kernel.KernelIdentity;

/** What the promoter decided about a patch of a kernel. */
record Decided(KernelIdentity kernel, PromotionDecision decision) {

    /** A patch that waits for another one has no figures, and goes on by itself. */
    boolean needsAPerson() {
        return decision instanceof PromotionDecision.Block
                || (decision instanceof PromotionDecision.Hold
                        && !decision.figures().isEmpty());
    }

    String verb() {
        if (decision instanceof PromotionDecision.Promote) {
            return "promote";
        }
        if (decision instanceof PromotionDecision.Block) {
            return "block";
        }
        if (decision instanceof PromotionDecision.Wait) {
            return "wait";
        }
        return decision instanceof PromotionDecision.Hold ? "hold" : "settled";
    }
}
