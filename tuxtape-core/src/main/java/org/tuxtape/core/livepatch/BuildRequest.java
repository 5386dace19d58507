package org.tuxtape.core.livepatch;

import java.util.List;
import java.util.Objects;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.KernelBuild;

/**
 * What a {@link PatchBuilder} is asked to build.
 *
 * @param name what the module shall be called
 * @param kernel the kernel that it shall fit
 * @param fixes at least one, in the order in which they are applied
 * @param replacement what it shall do to livepatches loaded before it
 * @since 0.1
 */
public record BuildRequest(LivepatchName name, KernelBuild kernel, List<Fix> fixes, Replacement replacement) {

    /** Copies the list, and rejects an empty one. */
    public BuildRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(replacement, "replacement");
        fixes = List.copyOf(fixes);
        if (fixes.isEmpty()) {
            throw new IllegalArgumentException("A livepatch needs at least one fix.");
        }
    }
}
