package org.tuxtape.archive.rollout;

import java.time.Instant;
import java.util.Optional;

/** What one node should have. */
final class Choice {
    private final RolloutPolicy policy;
    private final KernelPatches patches;
    private final Instant now;
    private final int ring;

    Choice(RolloutPolicy policy, Node node, KernelPatches patches, Instant now) {
        this.policy = policy;
        this.patches = patches;
        this.now = now;
        this.ring = policy.position(node);
    }

    Offer offer(Optional<PatchRef> inForce) {
        Optional<PatchRef> newest = newest();
        if (inForce.isEmpty()) {
            return newest.<Offer>map(patch -> new Offer.Take(patch, reached(patch)))
                    .orElseGet(() -> new Offer.Nothing(nothing()));
        }
        PatchRef current = inForce.get();
        Optional<Withdrawal> withdrawal = policy.withdrawal(current);
        if (withdrawal.isPresent()) {
            return replacing(current, withdrawal.get(), newest);
        }
        Optional<Integer> position = patches.position(current);
        if (position.isEmpty()) {
            return new Offer.LeaveForeign(
                    current, newest, current + " is not published for this kernel, so it is left alone.");
        }
        if (newest.isEmpty() || patches.position(newest.get()).orElseThrow() < position.get()) {
            return new Offer.Keep(
                    current, current + " is newer than what has reached the ring " + name() + ", and not withdrawn.");
        }
        return newest.get().isSame(current)
                ? new Offer.Keep(current, reached(current))
                : new Offer.Take(newest.get(), reached(newest.get()));
    }

    private static Offer replacing(PatchRef current, Withdrawal withdrawal, Optional<PatchRef> newest) {
        String reason = current + " was withdrawn by " + withdrawal.by() + ": " + withdrawal.why();
        return newest.<Offer>map(patch -> new Offer.Replace(current, patch, reason))
                .orElseGet(() -> new Offer.Unload(current, reason));
    }

    private Optional<PatchRef> newest() {
        for (int i = patches.patches().size() - 1; i >= 0; i--) {
            PatchRef patch = patches.patches().get(i);
            if (inRing(patch)
                    .filter(promotion -> !promotion.since().isAfter(now))
                    .isPresent()) {
                return Optional.of(patch);
            }
        }
        return Optional.empty();
    }

    private Optional<Promotion> inRing(PatchRef patch) {
        return policy.promotion(patch).filter(promotion -> policy.position(promotion.ring()) >= ring);
    }

    private String name() {
        return policy.rings().get(ring).name();
    }

    private String reached(PatchRef patch) {
        return patch + " is the newest that has reached the ring " + name() + ".";
    }

    /** Why there is nothing; a clock that went back is told apart, since it is a person's to repair. */
    private String nothing() {
        if (patches.patches().isEmpty()) {
            return "No patch is published for this kernel, " + patches.kernel() + ".";
        }
        return patches.patches().stream()
                .flatMap(patch -> inRing(patch).stream())
                .map(Promotion::since)
                .min(Instant::compareTo)
                .map(since -> "A patch reaches the ring " + name() + " at " + Times.shown(since)
                        + ", and by the clock it is " + Times.shown(now) + ".")
                .orElseGet(() -> "No patch for this kernel has reached the ring " + name() + ".");
    }
}
