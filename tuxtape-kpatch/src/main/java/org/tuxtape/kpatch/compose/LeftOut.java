package org.tuxtape.kpatch.compose;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildOutcome;

/**
 * A fix that is not in a cumulative patch.
 *
 * @param fix the fix
 * @param reason why it is not
 * @since 0.1
 */
public record LeftOut(Fix fix, Reason reason) {

    /** Rejects {@code null}. */
    public LeftOut {
        Objects.requireNonNull(fix, "fix");
        Objects.requireNonNull(reason, "reason");
    }

    /** Why a fix is not in. Later major versions may add cases. */
    public sealed interface Reason {}

    /**
     * The source has it already: every hunk is found as it is after the change.
     *
     * @param through the fixes of this patch that bring it, in order; empty if the tree itself holds it
     */
    public record AlreadyThere(List<Fix> through) implements Reason {
        /** Copies the list. */
        public AlreadyThere {
            through = List.copyOf(through);
        }
    }

    /**
     * Built without those that are in, the tool saw no change in what it compiled: the fix does not apply to this build.
     *
     * @param reason one sentence
     */
    public record NoChange(String reason) implements Reason {
        /** Rejects {@code null}. */
        public NoChange {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * No build with it came to an end. Nothing was found that would have to go in or out for it.
     *
     * @param seen the build that shows it best
     */
    public record Fails(BuildOutcome.Failed seen) implements Reason {
        /** Rejects {@code null}. */
        public Fails {
            Objects.requireNonNull(seen, "seen");
        }
    }

    /**
     * It fails together with fixes that are in, and was seen to build without them.
     *
     * @param with those, in order; at least one
     * @param seen how it fails with all that are in
     */
    public record Conflicts(List<Fix> with, BuildOutcome.Failed seen) implements Reason {
        /** Copies the list, and rejects an empty one. */
        public Conflicts {
            with = atLeastOne(with);
            Objects.requireNonNull(seen, "seen");
        }
    }

    /**
     * Its change fits the source only after fixes that are left out themselves.
     *
     * @param on those, in order; at least one
     * @param seen how it fails without them
     */
    public record Depends(List<Fix> on, BuildOutcome.Failed seen) implements Reason {
        /** Copies the list, and rejects an empty one. */
        public Depends {
            on = atLeastOne(on);
            Objects.requireNonNull(seen, "seen");
        }
    }

    /**
     * The composing ended before it was decided: all builds that were allowed had been made, or the caller asked to stop.
     *
     * @param seen how it failed so far, together with fewer others than are in now; empty if it was not tried by itself
     */
    public record Undecided(Optional<BuildOutcome.Failed> seen) implements Reason {
        /** Rejects {@code null}. */
        public Undecided {
            Objects.requireNonNull(seen, "seen");
        }
    }

    private static List<Fix> atLeastOne(List<Fix> fixes) {
        if (fixes.isEmpty()) {
            throw new IllegalArgumentException("It takes at least one other fix.");
        }
        return List.copyOf(fixes);
    }
}
