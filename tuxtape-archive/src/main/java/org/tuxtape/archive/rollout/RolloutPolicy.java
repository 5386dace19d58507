package org.tuxtape.archive.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How patches are rolled out: the rings, how far each patch has come, and what is withdrawn. It is published in the
 * archive as signed text, see {@link #toText()}; a change is a new policy, published in turn.
 *
 * <p>Which rings there are counts for all kernels; what is promoted and withdrawn is told apart by the digest of the
 * module, which fits one kernel only.
 *
 * @param salt what the lots of the nodes are drawn with, of the characters of a node's id. Another salt draws all of
 *     them anew, and changes who is in the early rings; no node gives back a patch for that
 * @param rings in the order in which a patch passes them, 1 to 64, of different names. Their shares do not shrink from
 *     one to the next, and the last one is everything
 * @param promotions how far each patch has come, by its digest; at most 10,000
 * @param withdrawals the blocklist, by digest; at most 10,000. A patch that was promoted before keeps its promotion,
 *     which has no effect
 * @since 0.1
 */
public record RolloutPolicy(
        String salt,
        List<Ring> rings,
        SortedMap<String, Promotion> promotions,
        SortedMap<String, Withdrawal> withdrawals) {
    /** The longest text of a policy, in characters; an archive takes no longer one. */
    public static final int LONGEST_TEXT = 16 << 20;

    private static final int MOST_RINGS = 64;
    private static final int MOST_PATCHES = 10_000;

    /** Copies the collections, and rejects what does not have the shapes above. */
    public RolloutPolicy {
        Node.requireWord(salt);
        rings = List.copyOf(rings);
        promotions = Collections.unmodifiableSortedMap(new TreeMap<>(promotions));
        withdrawals = Collections.unmodifiableSortedMap(new TreeMap<>(withdrawals));
        requireOrder(rings);
        if (Math.max(promotions.size(), withdrawals.size()) > MOST_PATCHES) {
            throw new IllegalArgumentException("A policy speaks of at most " + MOST_PATCHES + " patches.");
        }
        for (Map.Entry<String, Promotion> entry : promotions.entrySet()) {
            Promotion promotion = entry.getValue();
            requireKey(entry.getKey(), promotion.patch());
            if (rings.stream().noneMatch(ring -> ring.name().equals(promotion.ring()))) {
                throw new IllegalArgumentException(
                        promotion.patch() + " has reached a ring that there is not: '" + promotion.ring() + "'.");
            }
        }
        withdrawals.forEach((key, withdrawal) -> requireKey(key, withdrawal.patch()));
    }

    private static void requireOrder(List<Ring> rings) {
        if (rings.isEmpty() || rings.size() > MOST_RINGS) {
            throw new IllegalArgumentException("A policy has 1 to " + MOST_RINGS + " rings, not " + rings.size() + ".");
        }
        Set<String> names = new HashSet<>();
        Share share = Share.NONE;
        for (Ring ring : rings) {
            if (!names.add(ring.name())) {
                throw new IllegalArgumentException("There are two rings of the name " + ring.name() + ".");
            }
            if (ring.membership() instanceof Membership.Portion portion) {
                if (portion.share().compareTo(share) < 0) {
                    throw new IllegalArgumentException("The share of " + ring.name() + " is below an earlier one.");
                }
                share = portion.share();
            }
        }
        if (!rings.get(rings.size() - 1).membership().equals(new Membership.Portion(Share.ALL))) {
            throw new IllegalArgumentException("The last ring has to be everything, or some nodes were in none.");
        }
    }

    private static void requireKey(String key, PatchRef patch) {
        if (!key.equals(patch.sha256())) {
            throw new IllegalArgumentException(patch + " is kept by another digest: '" + key + "'.");
        }
    }

    /**
     * Returns a policy with nothing promoted and nothing withdrawn.
     *
     * @param salt the salt
     * @param rings the rings
     * @return the policy
     */
    public static RolloutPolicy of(String salt, List<Ring> rings) {
        return new RolloutPolicy(salt, rings, Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    /**
     * Returns the policy for a fleet of which nothing else is known: the nodes tagged {@code canary}, then 10 %, 40 %
     * and all, each but the last for a day. The first ring is {@linkplain StopConditions#strict() strict}, the others
     * are {@linkplain StopConditions#tolerant() tolerant}.
     *
     * <p>A day holds every hour of the day: backups, log rotation, the peak of load. Four rings are as many as are of
     * use when each costs a day and a fix is wanted within the week; 10 % and 40 % each multiply the nodes that have
     * shown a patch to be harmless by at least four, while what a bad one can reach stays below the half.
     *
     * @param salt the salt, for example the name of the fleet
     * @return the policy
     */
    public static RolloutPolicy standard(String salt) {
        Duration day = Duration.ofDays(1);
        return of(
                salt,
                List.of(
                        new Ring("canary", new Membership.Tagged("canary"), day, StopConditions.strict()),
                        new Ring("tenth", portion(10), day, StopConditions.tolerant()),
                        new Ring("forty", portion(40), day, StopConditions.tolerant()),
                        new Ring("all", portion(100), Duration.ZERO, StopConditions.tolerant())));
    }

    private static Membership portion(int percent) {
        return new Membership.Portion(Share.percent(percent));
    }

    /**
     * Finds the ring of a node: the first one that it is a member of.
     *
     * @param node the node
     * @return its ring
     */
    public Ring ring(Node node) {
        return rings.get(position(node));
    }

    int position(Node node) {
        int point = -1;
        for (int i = 0; i < rings.size(); i++) {
            Membership membership = rings.get(i).membership();
            if (membership instanceof Membership.Tagged tagged) {
                if (node.tags().contains(tagged.tag())) {
                    return i;
                }
            } else if (membership instanceof Membership.Portion portion) {
                point = point < 0 ? Membership.point(salt, node.id()) : point;
                if (point < portion.share().hundredths()) {
                    return i;
                }
            }
        }
        throw new IllegalStateException("The last ring is everything.");
    }

    int position(String ring) {
        for (int i = 0; i < rings.size(); i++) {
            if (rings.get(i).name().equals(ring)) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no ring '" + Line.of(ring, 100) + "'.");
    }

    /**
     * Finds out how far a patch has come.
     *
     * @param patch the patch
     * @return its promotion; empty if it has none, or is withdrawn
     */
    public Optional<Promotion> promotion(PatchRef patch) {
        return withdrawal(patch).isPresent() ? Optional.empty() : Optional.ofNullable(promotions.get(patch.sha256()));
    }

    /**
     * Finds out whether a patch is withdrawn.
     *
     * @param patch the patch
     * @return its entry on the blocklist; empty if it is not there
     */
    public Optional<Withdrawal> withdrawal(PatchRef patch) {
        return Optional.ofNullable(withdrawals.get(patch.sha256()));
    }

    /**
     * Chooses what a node should have: the newest patch that has reached its ring and is not withdrawn. Pure.
     *
     * <p>A promotion whose time is still to come, by {@code now}, has not happened; on a node whose clock went back
     * that may be the newest one, and the node keeps what it has. A withdrawal counts whatever the time.
     *
     * @param node the node
     * @param inForce what the node's kernel has in force, whoever loaded it; empty if it has no patch. A node that
     *     cannot tell does not ask
     * @param patches what is published for exactly the node's kernel
     * @param now the time by which promotions have happened
     * @return what to do
     */
    public Offer offer(Node node, Optional<PatchRef> inForce, KernelPatches patches, Instant now) {
        return new Choice(this, node, patches, now).offer(inForce);
    }

    /**
     * Promotes a patch. Rings may be passed over: it is a person's right to hurry, and {@link Promoter} never does.
     *
     * @param patch a patch that is not withdrawn
     * @param ring the name of the ring that it reaches; the earlier ones have it too
     * @param at when
     * @param by who or what promotes it
     * @param why the reason
     * @return the policy with that promotion
     * @throws IllegalArgumentException if there is no such ring, the patch has reached it or a later one already, was
     *     promoted later than that, or is withdrawn: a patch is taken from nodes by {@link #withdraw} alone
     */
    public RolloutPolicy promote(PatchRef patch, String ring, Instant at, String by, String why) {
        if (withdrawal(patch).isPresent()) {
            throw new IllegalArgumentException(patch + " is withdrawn.");
        }
        Optional<Promotion> before = promotion(patch);
        if (before.isPresent() && position(before.get().ring()) >= position(ring)) {
            throw new IllegalArgumentException(
                    patch + " has reached the ring " + before.get().ring() + " already.");
        }
        if (before.isPresent() && at.isBefore(before.get().since())) {
            throw new IllegalArgumentException(patch + " reached its ring at "
                    + before.get().since() + ", so it cannot reach the next at " + at + ".");
        }
        position(ring);
        SortedMap<String, Promotion> more = new TreeMap<>(promotions);
        Instant started = before.map(Promotion::started).orElse(at);
        more.put(patch.sha256(), new Promotion(patch, ring, at, started, by, why));
        return new RolloutPolicy(salt, rings, more, withdrawals);
    }

    /**
     * Withdraws a patch, whether it was promoted or not. What was withdrawn already stays as it is.
     *
     * @param patch the patch
     * @param at when
     * @param by who or what withdraws it
     * @param why the reason, which nodes and people read
     * @return the policy with the patch on its blocklist
     */
    public RolloutPolicy withdraw(PatchRef patch, Instant at, String by, String why) {
        SortedMap<String, Withdrawal> more = new TreeMap<>(withdrawals);
        more.putIfAbsent(patch.sha256(), new Withdrawal(patch, at, by, why));
        return new RolloutPolicy(salt, rings, promotions, more);
    }

    /**
     * Takes a patch from the blocklist. It begins anew, without a promotion. A node that has turned it down still does
     * not load it until somebody allows that there.
     *
     * @param patch a patch that is withdrawn
     * @return the policy that does not know the patch
     * @throws IllegalArgumentException if it is not withdrawn
     */
    public RolloutPolicy reinstate(PatchRef patch) {
        SortedMap<String, Withdrawal> blocked = new TreeMap<>(withdrawals);
        if (blocked.remove(patch.sha256()) == null) {
            throw new IllegalArgumentException(patch + " is not withdrawn.");
        }
        SortedMap<String, Promotion> promoted = new TreeMap<>(promotions);
        promoted.remove(patch.sha256());
        return new RolloutPolicy(salt, rings, promoted, blocked);
    }

    /**
     * Replaces the rings.
     *
     * @param newRings the new ones, among them each that a patch has reached
     * @return a policy that differs in them
     * @throws IllegalArgumentException if they are none, or a ring is missing that a patch has reached
     */
    public RolloutPolicy with(List<Ring> newRings) {
        return new RolloutPolicy(salt, newRings, promotions, withdrawals);
    }

    /**
     * Does what a promoter has decided.
     *
     * @param decision a decision that was drawn from this policy; one to wait, to hold, or that there is nothing to do
     *     changes nothing
     * @param by who or what decided
     * @return the policy with the promotion or withdrawal
     * @throws IllegalArgumentException if the policy has gone on meanwhile, as {@link #promote} says
     */
    public RolloutPolicy with(PromotionDecision decision, String by) {
        if (decision instanceof PromotionDecision.Promote promote) {
            return promote(promote.patch(), promote.ring(), promote.at(), by, promote.reason());
        }
        if (decision instanceof PromotionDecision.Block block) {
            return withdraw(block.patch(), block.at(), by, block.reason());
        }
        return this;
    }

    /**
     * Forgets patches that are no longer published, so that a policy does not grow for ever. What is withdrawn stays.
     *
     * @param published the patches of all kernels that the archive still holds
     * @return the policy without the promotions of others
     */
    public RolloutPolicy retain(List<PatchRef> published) {
        Set<String> digests = new HashSet<>();
        published.forEach(patch -> digests.add(patch.sha256()));
        SortedMap<String, Promotion> kept = new TreeMap<>(promotions);
        kept.keySet().removeIf(digest -> !digests.contains(digest) && !withdrawals.containsKey(digest));
        return new RolloutPolicy(salt, rings, kept, withdrawals);
    }

    /**
     * Writes it as text: equal policies give equal text.
     *
     * @return {@link org.tuxtape.core.text.Stanza}s with blank lines between them: the form and the salt, the rings in
     *     order, the promotions and the withdrawals by digest
     */
    public String toText() {
        return PolicyText.write(this);
    }

    /**
     * Reads what {@link #toText()} has written.
     *
     * @param text the text
     * @return the policy
     * @throws IllegalArgumentException if it is none, one of a form that this version does not know, or longer than
     *     {@link #LONGEST_TEXT}
     */
    public static RolloutPolicy parse(String text) {
        return PolicyText.read(text);
    }
}
