package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tuxtape.archive.ArchiveState;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.archive.Publication;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.PromotionDecision;
import org.tuxtape.archive.rollout.Ring;
import org.tuxtape.archive.rollout.RingFigures;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.archive.trust.ArchiveKey;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RoleKeys;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.examples.Words;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the commands print, one JSON object per line. What is unknown is absent, never null. */
final class ArchiveJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ArchiveJson() {}

    private static ObjectNode line(String kind) {
        return MAPPER.createObjectNode().put("kind", kind);
    }

    private static String write(ObjectNode line) {
        return MAPPER.writeValueAsString(line);
    }

    static String of(ArchiveKey key, Path file) {
        return write(line("key")
                .put("id", key.id())
                .put("scheme", key.scheme().scheme())
                .put("file", file.toString()));
    }

    static String of(KernelIdentity kernel) {
        return write(line("kernel")
                .put("kernel", Kernels.text(kernel))
                .put("release", kernel.release().text())
                .put("architecture", kernel.architecture())
                .put("buildId", kernel.buildId()));
    }

    static String of(RootMetadata root) {
        ObjectNode line = line("root")
                .put("version", root.version())
                .put("expires", root.expires().toString())
                .put("signed", root.isSigned());
        ObjectNode roles = line.putObject("roles");
        for (Role role : Role.values()) {
            RoleKeys keys = root.keys(role);
            ObjectNode one = roles.putObject(role.text()).put("threshold", keys.threshold());
            ArrayNode ids = one.putArray("keys");
            keys.keys().forEach(key -> ids.add(key.id()));
        }
        return write(line);
    }

    static String of(ArchiveState state) {
        ObjectNode line = line("archive").put("expires", state.expires().toString());
        state.roles()
                .forEach((role, one) -> line.putObject(role.text())
                        .put("version", one.version())
                        .put("expires", one.expires().toString()));
        kernels(line, state.kernels());
        return write(line);
    }

    private static void kernels(ObjectNode line, Collection<KernelIdentity> kernels) {
        ArrayNode array = line.putArray("kernels");
        kernels.forEach(kernel -> array.add(Kernels.text(kernel)));
    }

    static String bundle(Path file, Collection<KernelIdentity> kernels) {
        ObjectNode line = line("bundle").put("file", file.toString());
        kernels(line, kernels);
        return write(line);
    }

    static String of(Publication.Refusal refusal) {
        return write(line("refusal")
                .put("name", refusal.module().manifest().name().text())
                .put("sha256", refusal.module().manifest().sha256())
                .put("cause", Words.key(refusal.cause()))
                .put("reason", refusal.reason()));
    }

    static String published(KernelIdentity kernel, KernelIndex.Patch patch) {
        return write(patch(kernel, patch));
    }

    static String of(KernelIdentity kernel, KernelIndex.Patch patch, Optional<RolloutPolicy> policy) {
        ObjectNode line = patch(kernel, patch);
        policy.ifPresent(known -> stand(line, PatchRef.of(patch), known));
        return write(line);
    }

    private static ObjectNode patch(KernelIdentity kernel, KernelIndex.Patch patch) {
        return refer(line("patch"), PatchRef.of(patch))
                .put("kernel", Kernels.text(kernel))
                .put("serial", patch.serial())
                .put("published", patch.published().toString());
    }

    static String of(PatchRef patch, RolloutPolicy policy) {
        ObjectNode line = refer(line("patch"), patch);
        stand(line, patch, policy);
        return write(line);
    }

    private static ObjectNode refer(ObjectNode node, PatchRef patch) {
        return node.put("name", patch.name().text()).put("sha256", patch.sha256());
    }

    private static void stand(ObjectNode line, PatchRef patch, RolloutPolicy policy) {
        policy.promotion(patch)
                .ifPresent(promotion -> line.put("ring", promotion.ring())
                        .put("since", promotion.since().toString())
                        .put("by", promotion.by())
                        .put("why", promotion.why()));
        policy.withdrawal(patch)
                .ifPresent(withdrawal -> line.putObject("withdrawn")
                        .put("at", withdrawal.at().toString())
                        .put("by", withdrawal.by())
                        .put("why", withdrawal.why()));
    }

    static String of(RolloutPolicy policy) {
        ObjectNode line = line("policy").put("salt", policy.salt());
        ArrayNode rings = line.putArray("rings");
        for (Ring ring : policy.rings()) {
            rings.addObject()
                    .put("name", ring.name())
                    .put("members", ring.membership().toString())
                    .put("soak", Words.seconds(ring.soak()));
        }
        ArrayNode patches = line.putArray("patches");
        policy.promotions()
                .values()
                .forEach(promotion -> stand(refer(patches.addObject(), promotion.patch()), promotion.patch(), policy));
        policy.withdrawals().values().stream()
                .filter(withdrawal ->
                        !policy.promotions().containsKey(withdrawal.patch().sha256()))
                .forEach(withdrawal ->
                        stand(refer(patches.addObject(), withdrawal.patch()), withdrawal.patch(), policy));
        return write(line);
    }

    static String of(Decided decided) {
        PromotionDecision decision = decided.decision();
        ObjectNode line = refer(line("decision").put("decision", decided.verb()), decision.patch())
                .put("kernel", Kernels.text(decided.kernel()))
                .put("reason", decision.reason());
        if (decision instanceof PromotionDecision.Promote promote) {
            line.put("ring", promote.ring());
        } else if (decision instanceof PromotionDecision.Wait wait) {
            line.put("until", wait.until().toString());
        } else if (decision instanceof PromotionDecision.Block block) {
            evidence(line.putArray("evidence"), block.evidence());
        }
        ArrayNode rings = line.putArray("rings");
        decision.figures().forEach(figures -> figures(rings.addObject(), figures));
        return write(line);
    }

    private static void figures(ObjectNode node, RingFigures figures) {
        node.put("ring", figures.ring())
                .put("nodes", figures.nodes())
                .put("reported", figures.reported())
                .put("patched", figures.patched())
                .put("failed", figures.failed())
                .put("missing", figures.missing())
                .put("frozen", figures.frozen());
    }

    private static void evidence(ArrayNode array, List<NodeReport> evidence) {
        for (NodeReport report : evidence) {
            ObjectNode node = array.addObject()
                    .put("node", report.node().id())
                    .put("at", report.at().toString())
                    .put("state", Words.key(report.state()))
                    .put("health", Words.key(report.health()));
            report.error().ifPresent(error -> node.put("error", error));
        }
    }
}
