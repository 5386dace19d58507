package org.tuxtape.archive.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchName;

/** A kernel, three patches for it, and a policy of short soaks. */
final class SmallFleet {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    static final KernelIdentity KERNEL =
            new KernelIdentity(KernelRelease.parse("6.12.94+deb13-amd64"), "x86_64", "0123456789abcdef");
    static final KernelIdentity OTHER_BUILD =
            new KernelIdentity(KernelRelease.parse("6.12.94+deb13-amd64"), "x86_64", "0123456789abcd00");
    static final PatchRef A = patch('a');
    static final PatchRef B = patch('b');
    static final PatchRef C = patch('c');
    static final KernelPatches PATCHES = new KernelPatches(KERNEL, List.of(A, B, C));
    static final Duration SOAK = Duration.ofHours(12);
    static final Duration SILENCE = Duration.ofHours(4);

    private SmallFleet() {}

    static PatchRef patch(char letter) {
        return new PatchRef(String.valueOf(letter).repeat(64), new LivepatchName("livepatch_" + letter));
    }

    static KernelPatches published(PatchRef... patches) {
        return new KernelPatches(KERNEL, List.of(patches));
    }

    /** Three rings: canaries, half, all. One failed node of a canary blocks; of the others, three and five percent. */
    static RolloutPolicy policy() {
        StopConditions strict = new StopConditions(0, Share.NONE, Share.percent(25), 2, SILENCE);
        StopConditions tolerant = new StopConditions(2, Share.percent(5), Share.percent(25), 0, SILENCE);
        return RolloutPolicy.of(
                "test",
                List.of(
                        new Ring("canary", new Membership.Tagged("canary"), SOAK, strict),
                        new Ring("half", new Membership.Portion(Share.percent(50)), SOAK, tolerant),
                        new Ring("all", new Membership.Portion(Share.ALL), Duration.ZERO, tolerant)));
    }

    static RolloutPolicy promoted(PatchRef patch, String ring, Instant since) {
        return policy().promote(patch, ring, since, "Ada", "it was asked for");
    }

    static Instant after(Duration time) {
        return START.plus(time);
    }

    static Node canary(int number) {
        return Node.of("canary-" + number, "canary");
    }

    static Node inRing(String ring) {
        RolloutPolicy policy = policy();
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Node.of("node-" + i))
                .filter(node -> policy.ring(node).name().equals(ring))
                .findFirst()
                .orElseThrow();
    }

    static List<Node> inRing(String ring, int count) {
        RolloutPolicy policy = policy();
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Node.of("node-" + i))
                .filter(node -> policy.ring(node).name().equals(ring))
                .limit(count)
                .toList();
    }

    static NodeReport patched(Node node, PatchRef patch, Instant at) {
        return report(node, Optional.of(patch), Optional.of(patch), NodeState.PATCHED, Health.HEALTHY, at);
    }

    static NodeReport turnedDown(Node node, PatchRef patch, Instant at) {
        return report(node, Optional.empty(), Optional.of(patch), NodeState.TURNED_DOWN, Health.HEALTHY, at);
    }

    static NodeReport trying(Node node, PatchRef patch, Instant at) {
        return report(node, Optional.empty(), Optional.of(patch), NodeState.TRYING, Health.UNKNOWN, at);
    }

    static NodeReport unpatched(Node node, Instant at) {
        return report(node, Optional.empty(), Optional.empty(), NodeState.UNPATCHED, Health.HEALTHY, at);
    }

    static NodeReport report(
            Node node,
            Optional<PatchRef> inForce,
            Optional<PatchRef> subject,
            NodeState state,
            Health health,
            Instant at) {
        return new NodeReport(node, KERNEL, inForce, subject, state, health, Optional.empty(), at, "test 1");
    }
}
