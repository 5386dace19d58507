package org.tuxtape.archive.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What is to be done with a patch of one kernel, and why. {@link RolloutPolicy#with(PromotionDecision, String)} does
 * it. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface PromotionDecision {

    /**
     * Returns the patch that is decided upon.
     *
     * @return the patch
     */
    PatchRef patch();

    /**
     * Returns the time for which the decision was drawn.
     *
     * @return the caller's {@code now}
     */
    Instant at();

    /**
     * Says why, with the figures that decided it.
     *
     * @return one sentence
     */
    String reason();

    /**
     * Returns what was counted.
     *
     * @return one element for each ring that the patch has reached, in their order
     */
    List<RingFigures> figures();

    /**
     * Explains the decision to a person.
     *
     * @return the reason on the first line, then a line for each ring, without a line feed at the end
     */
    default String explain() {
        StringJoiner lines = new StringJoiner("\n  ");
        lines.add(reason());
        figures().forEach(ring -> lines.add(ring.toString()));
        return lines.toString();
    }

    /**
     * It goes to the next ring.
     *
     * @param patch the patch
     * @param ring the name of the ring that it reaches
     * @param at the time
     * @param reason why
     * @param figures of the rings that it has reached so far; none if this is the first
     */
    record Promote(PatchRef patch, String ring, Instant at, String reason, List<RingFigures> figures)
            implements PromotionDecision {
        /** Copies the list. */
        public Promote {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(ring, "ring");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
            figures = List.copyOf(figures);
        }
    }

    /**
     * It is too early to tell.
     *
     * @param patch the patch
     * @param until when it is worth asking again
     * @param at the time
     * @param reason why
     * @param figures of the rings that it has reached
     */
    record Wait(PatchRef patch, Instant until, Instant at, String reason, List<RingFigures> figures)
            implements PromotionDecision {
        /** Copies the list. */
        public Wait {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
            figures = List.copyOf(figures);
        }
    }

    /**
     * It stays where it is until nodes or people do something: too few nodes have it or report, or another patch has to
     * be done first.
     *
     * @param patch the patch
     * @param at the time
     * @param reason why
     * @param figures of the rings that it has reached
     */
    record Hold(PatchRef patch, Instant at, String reason, List<RingFigures> figures) implements PromotionDecision {
        /** Copies the list. */
        public Hold {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
            figures = List.copyOf(figures);
        }
    }

    /**
     * It does harm and is to be withdrawn.
     *
     * @param patch the patch
     * @param at the time
     * @param reason why, with the ring and the figures
     * @param figures of the rings that it has reached
     * @param evidence the first reports that speak against it, by the ids of the nodes, at most ten
     */
    record Block(PatchRef patch, Instant at, String reason, List<RingFigures> figures, List<NodeReport> evidence)
            implements PromotionDecision {
        /** Copies the lists. */
        public Block {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
            figures = List.copyOf(figures);
            evidence = List.copyOf(evidence);
        }

        @Override
        public String explain() {
            StringJoiner lines = new StringJoiner("\n  ");
            lines.add(PromotionDecision.super.explain());
            evidence.forEach(report -> lines.add(report.node().id() + " at " + Times.shown(report.at()) + ": "
                    + report.state() + ", " + report.health()
                    + report.error().map(error -> ", " + error).orElse("")));
            return lines.toString();
        }
    }

    /**
     * There is nothing to do: it has reached every ring, is withdrawn, or a newer one has taken its place.
     *
     * @param patch the patch
     * @param at the time
     * @param reason why
     * @param figures of the rings that it has reached; none if it was not looked at
     */
    record Settled(PatchRef patch, Instant at, String reason, List<RingFigures> figures) implements PromotionDecision {
        /** Copies the list. */
        public Settled {
            Objects.requireNonNull(patch, "patch");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
            figures = List.copyOf(figures);
        }
    }
}
