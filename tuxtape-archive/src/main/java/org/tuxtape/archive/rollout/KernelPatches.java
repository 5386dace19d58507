package org.tuxtape.archive.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.core.kernel.KernelIdentity;

/**
 * The patches that are published for exactly one kernel: what its index in the archive lists.
 *
 * <p>A later patch is taken to hold all that an earlier one holds and to replace it
 * ({@link org.tuxtape.core.livepatch.Replacement#REPLACE_ALL}). Of patches that are stacked, only the newest is
 * offered: a node that comes late lacks the older ones, and after a withdrawal it is the next older one alone that is
 * offered. Such patches are rolled out whole only by somebody who publishes them as one.
 *
 * @param kernel the kernel
 * @param patches in order of publication, the newest last, each once; at most 10,000
 * @since 0.1
 */
public record KernelPatches(KernelIdentity kernel, List<PatchRef> patches) {
    private static final int MOST = 10_000;

    /** Copies the list, and rejects one that names a module twice or is too long. */
    public KernelPatches {
        Objects.requireNonNull(kernel, "kernel");
        patches = List.copyOf(patches);
        if (patches.size() > MOST) {
            throw new IllegalArgumentException("There are " + patches.size() + " patches for " + kernel + ".");
        }
        Set<String> digests = new HashSet<>();
        for (PatchRef patch : patches) {
            if (!digests.add(patch.sha256())) {
                throw new IllegalArgumentException(patch + " is published twice for " + kernel + ".");
            }
        }
    }

    /**
     * Returns what an archive lists for a kernel.
     *
     * @param index the kernel's index
     * @return its patches, in the same order
     */
    public static KernelPatches of(KernelIndex index) {
        return new KernelPatches(
                index.kernel(), index.patches().stream().map(PatchRef::of).toList());
    }

    /** Where the module stands in the order of publication. */
    Optional<Integer> position(PatchRef wanted) {
        for (int i = patches.size() - 1; i >= 0; i--) {
            if (patches.get(i).isSame(wanted)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
