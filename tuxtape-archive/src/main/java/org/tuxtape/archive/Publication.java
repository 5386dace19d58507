package org.tuxtape.archive;

import java.util.List;
import java.util.Objects;
import org.tuxtape.core.livepatch.LivepatchModule;

/**
 * How a publication ended. Later major versions may add outcomes.
 *
 * @since 0.1
 */
public sealed interface Publication {

    /**
     * Clients find what was submitted.
     *
     * @param state the archive as it is now
     * @param patches what was submitted as the indexes list it, in the same order, also what was there already
     */
    record Published(ArchiveState state, List<KernelIndex.Patch> patches) implements Publication {
        /** Copies the list. */
        public Published {
            Objects.requireNonNull(state, "state");
            patches = List.copyOf(patches);
        }
    }

    /**
     * Nothing was published, since something may not be.
     *
     * @param refusals why, at least one
     */
    record Refused(List<Refusal> refusals) implements Publication {
        /** Copies the list. */
        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * Why one livepatch may not be published.
     *
     * @param module the module
     * @param cause what is wrong
     * @param reason the same as one sentence
     */
    record Refusal(LivepatchModule module, Cause cause, String reason) {
        /** Rejects {@code null}. */
        public Refusal {
            Objects.requireNonNull(module, "module");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** What is wrong with a livepatch. Later major versions may add some. */
    enum Cause {
        /** Nobody has approved this content, or somebody denied it later. */
        NOT_APPROVED,
        /** The module is not what its manifest says. */
        MANIFEST_LIES,
        /** It was built for another release or architecture than those of the kernel. */
        OTHER_KERNEL,
        /** The file of the module cannot be read. */
        UNREADABLE
    }
}
