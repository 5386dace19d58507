package org.tuxtape.archive.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tuxtape.archive.rollout.PromotionDecision.Block;
import org.tuxtape.archive.rollout.PromotionDecision.Hold;
import org.tuxtape.archive.rollout.PromotionDecision.Promote;
import org.tuxtape.archive.rollout.PromotionDecision.Settled;
import org.tuxtape.archive.rollout.PromotionDecision.Wait;

/**
 * Decides from the reports of nodes which patches go further and which are withdrawn. Pure: it reads no clock and
 * changes nothing; equal arguments give equal decisions, in whatever order the reports are.
 *
 * <pre>{@code
 * List<NodeReport> reports = NodeReports.read(spool, context).reports();
 * RolloutPolicy next = policy;
 * for (PromotionDecision decision : Promoter.decide(policy, patches, reports, now)) {
 *     log(decision.explain());
 *     next = next.with(decision, "promoter");
 * }
 * }</pre>
 *
 * <p>The rules, for each patch of the kernel:
 *
 * <ol>
 *   <li>One that is withdrawn stays so.
 *   <li>One that has been promoted is {@linkplain Block blocked} when the failures in any ring that it has reached pass
 *       that ring's {@linkplain StopConditions bounds}; also when it has reached every ring, or a newer one has been
 *       promoted.
 *   <li>One patch is under way at a time, so that nobody has to guess which one a failure belongs to. A newer one waits
 *       until that has reached every ring or is withdrawn, and then only the newest sets out. A person who
 *       {@linkplain RolloutPolicy#promote promotes} a newer one by hand ends the way of the older.
 *   <li>It {@linkplain Wait waits} until it has soaked in its ring, then for reports for as long as a node may be
 *       silent, and is {@linkplain Hold held} if too few nodes of any ring that it has reached have it even then.
 *   <li>Otherwise it goes to the next ring, and never past one.
 * </ol>
 *
 * <p>Of the reports of a node the latest counts. One from more than ten minutes after {@code now} counts only where
 * there is no other, and then never for a patch: the node is missing, unless it speaks against the patch. One of
 * another kernel does not count for this one, and a node whose latest report is of another kernel is no node of this
 * one.
 *
 * <p>What the promoter sees is what nodes say, see {@link NodeReport}. A node that never reported is not known, so a
 * machine that has the patch before it ever reports, and dies of it, is not seen.
 *
 * @since 0.1
 */
public final class Promoter {
    private final RolloutPolicy policy;
    private final KernelPatches patches;
    private final Census census;
    private final Instant now;

    private Promoter(RolloutPolicy policy, KernelPatches patches, Census census, Instant now) {
        this.policy = policy;
        this.patches = patches;
        this.census = census;
        this.now = now;
    }

    /**
     * Decides.
     *
     * @param policy the policy as it is
     * @param patches what is published for one kernel
     * @param reports the reports of any nodes, any number of each
     * @param now the time
     * @return one decision for each of the patches, in their order
     */
    public static List<PromotionDecision> decide(
            RolloutPolicy policy, KernelPatches patches, Collection<NodeReport> reports, Instant now) {
        Census census = new Census(policy, patches.kernel(), reports, now);
        Promoter promoter = new Promoter(policy, patches, census, now);
        List<PromotionDecision> decisions = new ArrayList<>();
        for (int i = 0; i < patches.patches().size(); i++) {
            decisions.add(promoter.decide(i));
        }
        return List.copyOf(decisions);
    }

    private PromotionDecision decide(int position) {
        PatchRef patch = patches.patches().get(position);
        Optional<Withdrawal> withdrawal = policy.withdrawal(patch);
        if (withdrawal.isPresent()) {
            String reason = patch + " was withdrawn by " + withdrawal.get().by() + ": "
                    + withdrawal.get().why();
            return new Settled(patch, now, reason, List.of());
        }
        Optional<PatchRef> newer = newer(position);
        Optional<Promotion> promotion = policy.promotion(patch);
        return promotion.isPresent() ? promoted(promotion.get(), newer) : unpromoted(position, newer);
    }

    /** The newest that has taken the patch's place: promoted itself, or next to be. */
    private Optional<PatchRef> newer(int position) {
        boolean isPromoted = policy.promotion(patches.patches().get(position)).isPresent();
        for (int i = patches.patches().size() - 1; i > position; i--) {
            PatchRef other = patches.patches().get(i);
            boolean takesItsPlace = policy.promotion(other).isPresent()
                    || (!isPromoted && policy.withdrawal(other).isEmpty());
            if (takesItsPlace) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private PromotionDecision unpromoted(int position, Optional<PatchRef> newer) {
        PatchRef patch = patches.patches().get(position);
        if (newer.isPresent()) {
            return new Settled(
                    patch, now, newer.get() + " is newer than " + patch + " and takes its place.", List.of());
        }
        for (PatchRef older : patches.patches().subList(0, position)) {
            Optional<Promotion> promotion = policy.promotion(older);
            boolean isUnderWay = promotion
                            .filter(reached -> policy.position(reached.ring()) < last())
                            .isPresent()
                    && newer(patches.position(older).orElseThrow()).isEmpty();
            if (isUnderWay) {
                String reason = older + " is under way and has reached the ring "
                        + promotion.orElseThrow().ring() + "; " + patch + " sets out when that has reached every ring"
                        + " or is withdrawn.";
                return new Hold(patch, now, reason, List.of());
            }
        }
        String first = policy.rings().get(0).name();
        String reason = patch + " sets out to the ring " + first + ": no other is under way.";
        return new Promote(patch, first, now, reason, List.of());
    }

    private int last() {
        return policy.rings().size() - 1;
    }

    private PromotionDecision promoted(Promotion promotion, Optional<PatchRef> newer) {
        PatchRef patch = promotion.patch();
        List<RingFigures> figures = census.count(promotion);
        for (int i = 0; i < figures.size(); i++) {
            RingFigures ring = figures.get(i);
            StopConditions stop = policy.rings().get(i).stop();
            if (ring.failed() > stop.failures() && stop.failureShare().isExceededBy(ring.failed(), ring.tried())) {
                String reason = patch + " has failed on " + ring.failed() + " of the " + ring.tried()
                        + " nodes that have tried it in the ring " + ring.ring() + "; more than " + stop.failures()
                        + " and " + stop.failureShare() + " are too many.";
                return new Block(patch, now, reason, figures, census.evidence(ring.ring(), promotion));
            }
        }
        if (newer.isPresent()) {
            String reason = newer.get() + " has been promoted and takes the place of " + patch + ".";
            return new Settled(patch, now, reason, figures);
        }
        int reached = policy.position(promotion.ring());
        return reached == last()
                ? new Settled(patch, now, patch + " has reached every ring.", figures)
                : soaked(promotion, reached, figures);
    }

    private PromotionDecision soaked(Promotion promotion, int reached, List<RingFigures> figures) {
        PatchRef patch = promotion.patch();
        Ring ring = policy.rings().get(reached);
        Instant soaked = promotion.since().plus(ring.soak());
        if (now.isBefore(soaked)) {
            String reason = patch + " has been in the ring " + ring.name() + " since " + Times.shown(promotion.since())
                    + " and soaks there until " + Times.shown(soaked) + ".";
            return new Wait(patch, soaked, now, reason, figures);
        }
        for (int i = 0; i <= reached; i++) {
            Optional<String> lack = lack(figures.get(i), policy.rings().get(i).stop());
            if (lack.isPresent()) {
                Instant due = promotion.since().plus(ring.stop().silence());
                return now.isBefore(due)
                        ? new Wait(patch, due, now, patch + " waits for reports: " + lack.get(), figures)
                        : new Hold(patch, now, patch + " is held: " + lack.get(), figures);
            }
        }
        String next = policy.rings().get(reached + 1).name();
        String reason = patch + " has soaked in the ring " + ring.name() + " since "
                + Times.shown(promotion.since()) + ": "
                + figures.get(reached).patched() + " of its "
                + figures.get(reached).nodes() + " nodes have it, "
                + figures.get(reached).failed() + " failed.";
        return new Promote(patch, next, now, reason, figures);
    }

    /** What a ring lacks before it can be gone on from. */
    private static Optional<String> lack(RingFigures ring, StopConditions stop) {
        if (ring.patched() < stop.leastPatched()) {
            return Optional.of("it is known to be in force on " + ring.patched() + " of the " + ring.nodes()
                    + " nodes of the ring " + ring.ring() + ", and " + stop.leastPatched() + " are asked for; "
                    + ring.missing() + " are missing.");
        }
        if (stop.unpatchedShare().isExceededBy(ring.unpatched(), ring.expected())) {
            return Optional.of(ring.unpatched() + " of the " + ring.expected() + " nodes of the ring " + ring.ring()
                    + " that should have it are not known to, " + ring.missing() + " of them missing; at most "
                    + stop.unpatchedShare() + " may be.");
        }
        return Optional.empty();
    }
}
