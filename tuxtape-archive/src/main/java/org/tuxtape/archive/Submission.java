package org.tuxtape.archive;

import java.util.Objects;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Reviews;

/**
 * A livepatch that shall be published for one kernel.
 *
 * @param module the module
 * @param reviews what was decided about it
 * @param kernel the very kernel that it was built for, see {@link KernelIdentity#ofVmlinux}
 * @since 0.1
 */
public record Submission(LivepatchModule module, Reviews reviews, KernelIdentity kernel) {
    /** Rejects {@code null}. */
    public Submission {
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(reviews, "reviews");
        Objects.requireNonNull(kernel, "kernel");
    }
}
