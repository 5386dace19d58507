package org.tuxtape.agent;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.tuxtape.archive.ArchiveView;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.archive.rollout.KernelPatches;
import org.tuxtape.archive.rollout.Node;
import org.tuxtape.archive.rollout.Offer;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.LivepatchModule;

/**
 * What the archive has for this machine, held against what the machine has.
 *
 * @param archive what is published
 * @param inForce what the kernel runs
 * @param offer what the policy makes of it
 */
record Prospect(Archive archive, InForce inForce, Offer offer) {

    /** What is published for one kernel, and the policy. */
    record Archive(ArchiveView view, KernelIndex index, RolloutPolicy policy) {
        /** An archive without a policy promotes nothing, and withdraws nothing. */
        private static final RolloutPolicy NONE = RolloutPolicy.standard("none");

        static Archive of(ArchiveView view, KernelIdentity kernel, Context context) {
            KernelIndex index = view.index(kernel, context).orElseGet(() -> KernelIndex.of(kernel));
            try {
                return new Archive(
                        view,
                        index,
                        view.policy(context).map(RolloutPolicy::parse).orElse(NONE));
            } catch (IllegalArgumentException e) {
                throw new ArchiveException(
                        ArchiveException.Fault.MALFORMED,
                        "policy",
                        "The policy was signed, and is none that this version understands: " + e.getMessage(),
                        e);
            }
        }

        LivepatchModule fetch(PatchRef patch, Path into, Context context) {
            KernelIndex.Patch listed = index.find(patch.sha256()).orElseThrow();
            return view.fetch(index.kernel(), listed, into, context);
        }
    }

    static Prospect of(Archive archive, InForce inForce, Node node, Instant now) {
        KernelPatches patches = KernelPatches.of(archive.index());
        Optional<PatchRef> top = inForce.top().map(InForce::ref);
        return new Prospect(archive, inForce, archive.policy().offer(node, top, patches, now));
    }

    /** What the machine should have and has not. */
    Optional<PatchRef> missing() {
        return offer.wanted().filter(wanted -> !inForce.top().map(InForce::ref).equals(Optional.of(wanted)));
    }

    /** Why a patch is on the blocklist, if it is. */
    Optional<String> whyWithdrawn(PatchRef patch) {
        return archive.policy()
                .withdrawal(patch)
                .map(entry -> "It was withdrawn by " + entry.by() + ": " + entry.why());
    }
}
