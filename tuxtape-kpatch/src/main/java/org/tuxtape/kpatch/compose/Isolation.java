package org.tuxtape.kpatch.compose;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.livepatch.BuildOutcome;

/**
 * Finds what builds together. A group that fails together with what is in is divided, by what the failed build accuses or
 * else in halves, until it builds or is one fix that does not. Each group is tested at most once, and there are fewer than
 * twice as many groups as fixes. What is left out then is tried once more with all that are in, until nothing changes.
 */
final class Isolation {
    private final Trials trials;
    private final Accusation accusation;
    private final Map<Integer, BuildOutcome.Failed> failures = new HashMap<>();
    private Choice in = Choice.none();
    private Choice out = Choice.none();

    Isolation(Trials trials, Accusation accusation) {
        this.trials = trials;
        this.accusation = accusation;
    }

    Choice in() {
        return in;
    }

    Choice out() {
        return out;
    }

    /** Returns how a fix that is out failed last; empty if it was not tried by itself. */
    Optional<BuildOutcome.Failed> failure(int place) {
        return Optional.ofNullable(failures.get(place));
    }

    /** Begins with what built together before, and what is new. */
    void begin(Choice kept, Choice fresh) {
        if (!kept.isEmpty() && !fresh.isEmpty() && !isGood(kept.plus(fresh))) {
            admit(kept);
            admit(fresh);
        } else {
            admit(kept.plus(fresh));
        }
    }

    private boolean isGood(Choice choice) {
        return trials.of(choice).filter(Trials::isGood).isPresent();
    }

    private void admit(Choice group) {
        if (group.isEmpty()) {
            return;
        }
        Optional<BuildOutcome> outcome = trials.of(in.plus(group));
        if (outcome.filter(Trials::isGood).isPresent()) {
            in = in.plus(group);
        } else if (outcome.isEmpty()) {
            out = out.plus(group);
        } else if (outcome.get() instanceof BuildOutcome.Failed failed) {
            divide(group, failed);
        }
    }

    private void divide(Choice group, BuildOutcome.Failed failed) {
        if (group.size() == 1) {
            leaveOut(group, failed);
            return;
        }
        Choice accused = accusation.of(failed.diagnosis(), group, in);
        if (accused.isEmpty()) {
            admit(group.firstHalf());
            admit(group.minus(group.firstHalf()));
        } else {
            admit(group.minus(accused));
            admit(accused);
        }
    }

    private void leaveOut(Choice one, BuildOutcome.Failed failed) {
        out = out.plus(one);
        one.places().forEach(place -> failures.put(place, failed));
    }

    /** Takes back some that are in; the others were built without them. */
    void drop(Choice some) {
        in = in.minus(some);
    }

    /** Tries what is out, and more that was out before, with all that are in, until none of them can be taken in. */
    void retry(Choice more) {
        out = out.plus(more);
        Choice before;
        do {
            before = in;
            out.places().mapToObj(Choice::of).forEach(this::retryOne);
        } while (!before.equals(in));
    }

    private void retryOne(Choice one) {
        Optional<BuildOutcome> outcome = trials.of(in.plus(one));
        if (outcome.filter(Trials::isGood).isPresent()) {
            in = in.plus(one);
            out = out.minus(one);
        } else if (outcome.isPresent() && outcome.get() instanceof BuildOutcome.Failed failed) {
            leaveOut(one, failed);
        }
    }
}
