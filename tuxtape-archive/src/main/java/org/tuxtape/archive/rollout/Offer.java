package org.tuxtape.archive.rollout;

import java.util.Objects;
import java.util.Optional;

/**
 * What a node should do, by the policy. It is not a promise that the patch can be loaded: the node verifies, plans and
 * tries it. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface Offer {

    /**
     * Says why.
     *
     * @return one sentence
     */
    String reason();

    /**
     * Returns the patch that the node has if it does as it is told.
     *
     * @return the patch; empty if it has none then, or one that is not of this archive
     */
    default Optional<PatchRef> wanted() {
        return Optional.empty();
    }

    /**
     * Take this patch. The node has none, or an older one, which is replaced.
     *
     * @param patch the newest that has reached its ring
     * @param reason why
     */
    record Take(PatchRef patch, String reason) implements Offer {
        /** Rejects {@code null}. */
        public Take {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Optional<PatchRef> wanted() {
            return Optional.of(patch);
        }
    }

    /**
     * Keep what is in force: it is the newest for this node, or newer than that and not withdrawn. What is not
     * withdrawn is never taken back for an older one.
     *
     * @param patch what is in force
     * @param reason why
     */
    record Keep(PatchRef patch, String reason) implements Offer {
        /** Rejects {@code null}. */
        public Keep {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Optional<PatchRef> wanted() {
            return Optional.of(patch);
        }
    }

    /**
     * Replace what is in force, since it is withdrawn. A node that cannot take the other patch, or has turned it down
     * before, unloads the withdrawn one nevertheless.
     *
     * @param withdrawn what is in force
     * @param patch what replaces it, older or newer: the newest that has reached the node's ring
     * @param reason why
     */
    record Replace(PatchRef withdrawn, PatchRef patch, String reason) implements Offer {
        /** Rejects {@code null}. */
        public Replace {
            Objects.requireNonNull(withdrawn, "withdrawn");
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Optional<PatchRef> wanted() {
            return Optional.of(patch);
        }
    }

    /**
     * Unload what is in force, since it is withdrawn and nothing else has reached this node's ring.
     *
     * @param withdrawn what is in force
     * @param reason why
     */
    record Unload(PatchRef withdrawn, String reason) implements Offer {
        /** Rejects {@code null}. */
        public Unload {
            Objects.requireNonNull(withdrawn, "withdrawn");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Somebody else's patch is in force: neither published for this kernel nor withdrawn. It is left alone, since what
     * it does is unknown, and so is what would be missing without it. A person decides.
     *
     * @param foreign what is in force
     * @param instead what the node would have otherwise; empty if there is none
     * @param reason why
     */
    record LeaveForeign(PatchRef foreign, Optional<PatchRef> instead, String reason) implements Offer {
        /** Rejects {@code null}. */
        public LeaveForeign {
            Objects.requireNonNull(foreign, "foreign");
            Objects.requireNonNull(instead, "instead");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Nothing is in force, and nothing has reached this node's ring.
     *
     * @param reason why
     */
    record Nothing(String reason) implements Offer {
        /** Rejects {@code null}. */
        public Nothing {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
