package org.tuxtape.kpatch.compose;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.kpatch.compose.CompositionPolicy.Depth;

/** Says why a fix is left out, seen from what is in. */
final class Explanation {
    private final Trials trials;
    private final Isolation isolation;
    private final Accusation accusation;
    private final SourceText source;
    private final Depth depth;

    Explanation(Trials trials, Isolation isolation, Accusation accusation, SourceText source, Depth depth) {
        this.trials = trials;
        this.isolation = isolation;
        this.accusation = accusation;
        this.source = source;
        this.depth = depth;
    }

    LeftOut.Reason of(int place) {
        Choice in = isolation.in();
        Optional<BuildOutcome> outcome = trials.of(in.plus(Choice.of(place)));
        if (outcome.isEmpty() || !(outcome.get() instanceof BuildOutcome.Failed seen)) {
            return new LeftOut.Undecided(isolation.failure(place));
        }
        Fix fix = trials.fixes(Choice.of(place)).get(0);
        if (source.with(trials.fixes(in)).holds(fix)) {
            return new LeftOut.AlreadyThere(trials.fixes(sharing(place, in)));
        }
        Choice needed = needed(place, in);
        if (!needed.isEmpty()) {
            return new LeftOut.Depends(trials.fixes(needed), seen);
        }
        Choice with = depth == Depth.EXPLAIN ? conflicting(place, in, seen) : Choice.none();
        return with.isEmpty() ? new LeftOut.Fails(seen) : new LeftOut.Conflicts(trials.fixes(with), seen);
    }

    private Choice sharing(int place, Choice of) {
        TouchedCode touched = accusation.touched(place);
        return of.only(other -> accusation.touched(other).sharesFileWith(touched));
    }

    /** Finds the fewest of those left out without which a fix does not fit the text. */
    private Choice needed(int place, Choice in) {
        Choice before = Choice.upTo(place);
        Choice base = in.only(before::contains);
        Choice more = isolation.out().only(before::contains);
        if (fits(place, base) || !fits(place, base.plus(more))) {
            return Choice.none();
        }
        for (int other : more.places().toArray()) {
            Choice fewer = more.minus(Choice.of(other));
            more = fits(place, base.plus(fewer)) ? fewer : more;
        }
        return more;
    }

    private boolean fits(int place, Choice base) {
        Choice one = Choice.of(place);
        List<Fix> fixes = trials.fixes(base.plus(one));
        return !source.misfits(fixes).contains(trials.fixes(one).get(0));
    }

    /** Finds some of those that are in without which a fix builds; none if there was no such build. */
    private Choice conflicting(int place, Choice in, BuildOutcome.Failed seen) {
        if (in.isEmpty() || accusation.isOnlyOf(seen.diagnosis(), place, in)) {
            return Choice.none();
        }
        for (Choice suspects : List.of(sharing(place, in), in)) {
            if (!suspects.isEmpty() && buildsWithout(suspects, place, in)) {
                return narrow(suspects, place, in);
            }
        }
        return Choice.none();
    }

    private Choice narrow(Choice suspects, int place, Choice in) {
        if (suspects.size() == 1) {
            return suspects;
        }
        Choice half = suspects.firstHalf();
        for (Choice fewer : List.of(half, suspects.minus(half))) {
            if (buildsWithout(fewer, place, in)) {
                return narrow(fewer, place, in);
            }
        }
        return suspects;
    }

    private boolean buildsWithout(Choice suspects, int place, Choice in) {
        return trials.of(in.minus(suspects).plus(Choice.of(place)))
                .filter(Trials::isGood)
                .isPresent();
    }
}
