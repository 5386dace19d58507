package org.tuxtape.livepatch.sysfs.trial;

import java.time.Duration;
import java.util.Objects;
import org.tuxtape.core.livepatch.TransitionPolicy;

/**
 * How a livepatch is tried. Trouble whose trace passes through the livepatch turns it down in any case, as a probe does
 * that finds the machine unhealthy.
 *
 * @param transition how the load is seen through
 * @param duration how long it is watched after that; above zero
 * @param interval the time between two looks; above zero
 * @param troubleElsewhereCounts whether it is turned down too by trouble that it does not show in, but may have caused: see
 *     {@link org.tuxtape.livepatch.sysfs.log.LogVerdict#objection()}
 * @param lostMessagesCount whether it is turned down if messages of the kernel's log were lost, since they may have told
 *     of trouble
 * @param acceptWhenPassed whether a patch that has passed is accepted at once, without a person
 * @since 0.1
 */
public record TrialPolicy(
        TransitionPolicy transition,
        Duration duration,
        Duration interval,
        boolean troubleElsewhereCounts,
        boolean lostMessagesCount,
        boolean acceptWhenPassed) {

    /** Rejects times that are not above zero. */
    public TrialPolicy {
        Objects.requireNonNull(transition, "transition");
        if (!isPositive(duration) || !isPositive(interval)) {
            throw new IllegalArgumentException("A trial of " + duration + " with looks every " + interval + ".");
        }
    }

    /**
     * Returns the careful policy: a minute for the transition and then its reversal, five minutes of looks every five
     * seconds; grave trouble elsewhere and lost messages count; a person accepts.
     *
     * @return the policy
     */
    public static TrialPolicy standard() {
        return new TrialPolicy(
                new TransitionPolicy.Reverse(Duration.ofMinutes(1)),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                true,
                true,
                false);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
