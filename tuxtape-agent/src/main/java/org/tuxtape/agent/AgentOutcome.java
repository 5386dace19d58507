package org.tuxtape.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.archive.rollout.Offer;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;

/**
 * What an agent did, or why it did nothing. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface AgentOutcome {

    /**
     * Says why.
     *
     * @return one sentence or two
     */
    String reason();

    /**
     * The machine has what it should have.
     *
     * @param patch what is in force; empty if nothing is, and nothing should be
     * @param reason why that is right
     */
    record Current(Optional<PatchRef> patch, String reason) implements AgentOutcome {
        /** Rejects {@code null}. */
        public Current {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * A patch has passed its trial and is in force.
     *
     * @param patch the patch
     * @param withdrawn what it was taken in the place of, since that was withdrawn; empty if nothing was
     * @param watched how long it was watched
     * @param reason why this patch
     */
    record Taken(PatchRef patch, Optional<PatchRef> withdrawn, Duration watched, String reason)
            implements AgentOutcome {
        /** Rejects {@code null}. */
        public Taken {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(withdrawn, "withdrawn");
            Objects.requireNonNull(watched, "watched");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * A withdrawn patch was taken out of the kernel, and none came in its place.
     *
     * @param withdrawn the patch
     * @param reason why it was withdrawn, and if one was to come in its place, why that did not
     */
    record TakenBack(PatchRef withdrawn, String reason) implements AgentOutcome {
        /** Rejects {@code null}. */
        public TakenBack {
            Objects.requireNonNull(withdrawn, "withdrawn");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * A withdrawn patch is to be taken out, and the kernel has not let go of it yet: the next run goes on.
     *
     * @param withdrawn the patch
     * @param reason what is in the way
     */
    record StillIn(PatchRef withdrawn, String reason) implements AgentOutcome {
        /** Rejects {@code null}. */
        public StillIn {
            Objects.requireNonNull(withdrawn, "withdrawn");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The patch did harm on this machine, now or before, or somebody turned it down here. It is not tried again until
     * somebody {@linkplain org.tuxtape.livepatch.sysfs.trial.PatchStore#allow allows} it.
     *
     * @param patch the patch
     * @param isClean whether nothing of it is left in the kernel
     * @param reason what it did
     */
    record TurnedDown(PatchRef patch, boolean isClean, String reason) implements AgentOutcome {
        /** Rejects {@code null}. */
        public TurnedDown {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The patch did not come into force, and the next run tries it again: the kernel refused it, its transition did not
     * come to an end, or its trial was broken off.
     *
     * @param patch the patch
     * @param reason what was in the way
     */
    record NotLoaded(PatchRef patch, String reason) implements AgentOutcome {
        /** Rejects {@code null}. */
        public NotLoaded {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Something here keeps the machine as it is.
     *
     * @param wanted what it would have otherwise; empty if it is to have none, or what it has is right
     * @param until when it is looked at again, if that is known
     * @param reason the freeze file, the kernel's parameter or the window
     */
    record Held(Optional<PatchRef> wanted, Optional<Instant> until, String reason) implements AgentOutcome {
        /** Rejects {@code null}. */
        public Held {
            Objects.requireNonNull(wanted, "wanted");
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The kernel has livepatches in force that did not come through this machine's store. They are left alone, and a person
     * decides.
     *
     * @param livepatches what the kernel calls them, at least one
     * @param reason what a person can do
     */
    record Foreign(List<LivepatchName> livepatches, String reason) implements AgentOutcome {
        /** Copies the list. */
        public Foreign {
            livepatches = List.copyOf(livepatches);
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Another agent, or somebody's trial, is at work on this machine; it was left alone.
     *
     * @param reason who it is
     */
    record Busy(String reason) implements AgentOutcome {
        /** Rejects {@code null}. */
        public Busy {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The machine is as it was before, but for what its reason says.
     *
     * @param step how far the agent came
     * @param failure what was thrown
     */
    record Failed(AgentStep step, TuxtapeException failure) implements AgentOutcome {
        /** Rejects {@code null}. */
        public Failed {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public String reason() {
            return String.valueOf(failure.getMessage());
        }
    }

    /**
     * What would be done, of a {@linkplain Agent#rehearse rehearsal}.
     *
     * @param offer what the policy says
     * @param plan what a load would do; empty if nothing would be loaded
     */
    record Planned(Offer offer, Optional<LoadPlan> plan) implements AgentOutcome {
        /** Rejects {@code null}. */
        public Planned {
            Objects.requireNonNull(offer, "offer");
            Objects.requireNonNull(plan, "plan");
        }

        @Override
        public String reason() {
            return offer.reason();
        }
    }
}
