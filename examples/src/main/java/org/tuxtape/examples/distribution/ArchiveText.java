package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.tuxtape.archive.ArchiveState;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.archive.Publication;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RoleKeys;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Words;

/** What the commands print, for people. */
final class ArchiveText {
    private ArchiveText() {}

    static String of(ArchiveState state) {
        StringJoiner lines = new StringJoiner("\n");
        for (Role role : Role.values()) {
            ArchiveState.RoleState one = state.roles().get(role);
            if (one != null) {
                lines.add(String.format("%-9s %4d  until %s", role.text(), one.version(), one.expires()));
            }
        }
        return lines.toString();
    }

    static String of(RootMetadata root) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(root + (root.isSigned() ? ", signed" : ", not signed by enough of its keys yet"));
        for (Role role : Role.values()) {
            RoleKeys keys = root.keys(role);
            lines.add("  " + role.text() + ": " + keys.threshold() + " of");
            keys.keys().forEach(key -> lines.add("    " + key));
        }
        return lines.toString();
    }

    static String of(Publication.Refusal refusal) {
        return Console.harmless("refused " + refusal.module().manifest().name() + ": " + refusal.reason());
    }

    static String published(KernelIndex.Patch patch) {
        return patch.serial() + "  " + patch.name() + "  " + patch.sha256().substring(0, 12) + "  "
                + Words.of(patch.published());
    }

    static String of(KernelIndex.Patch patch, Optional<RolloutPolicy> policy) {
        String stand = policy.map(known -> stand(PatchRef.of(patch), known)).orElse("there is no policy");
        return Console.harmless("  " + published(patch) + "  " + stand);
    }

    static String of(PatchRef patch, RolloutPolicy policy) {
        return Console.harmless(patch + ": " + stand(patch, policy));
    }

    private static String stand(PatchRef patch, RolloutPolicy policy) {
        return policy.withdrawal(patch)
                .map(withdrawal -> "withdrawn by " + withdrawal.by() + " at " + Words.of(withdrawal.at()) + ": "
                        + withdrawal.why())
                .or(() -> policy.promotion(patch)
                        .map(promotion -> "in the ring " + promotion.ring() + " since " + Words.of(promotion.since())))
                .orElse("not promoted");
    }

    static String of(Decided decided) {
        return Console.harmless(decided.verb() + ": " + decided.decision().explain());
    }

    static String bundle(Path file, Collection<KernelIdentity> kernels) {
        StringJoiner lines = new StringJoiner("\n  ");
        lines.add(Objects.toString(file));
        kernels.forEach(kernel -> lines.add(Kernels.text(kernel)));
        return lines.toString();
    }
}
