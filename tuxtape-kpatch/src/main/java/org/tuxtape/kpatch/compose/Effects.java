package org.tuxtape.kpatch.compose;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.kpatch.compose.Included.Effect;

/**
 * Finds out which of the fixes that are in change something. A module tells it of a fix if it patches a function that the fix
 * touches. The others are built without those, together and then in halves, until one that changes nothing is known.
 */
final class Effects {
    private final Trials trials;
    private final SourceText source;
    private final Map<Integer, Effect> known = new HashMap<>();
    private String reason = "";

    Effects(Trials trials, SourceText source) {
        this.trials = trials;
        this.source = source;
    }

    Effect of(int place) {
        return known.getOrDefault(place, Effect.UNKNOWN);
    }

    /** Returns the tool's own words on those that change nothing. */
    String reason() {
        return reason;
    }

    void seeNothing(Choice group, BuildOutcome.NoChange none) {
        reason = none.reason();
        group.places().forEach(place -> known.put(place, Effect.NONE));
    }

    void see(Choice in, BuildOutcome.Built built) {
        SourceText text = source;
        for (int place : in.places().toArray()) {
            Choice one = Choice.of(place);
            see(place, text, built.module().manifest());
            text = text.with(trials.fixes(one));
        }
    }

    private void see(int place, SourceText text, Manifest manifest) {
        Set<String> patched =
                manifest.functions().stream().map(PatchedFunction::name).collect(Collectors.toSet());
        Set<String> touched = text.functions(trials.fixes(Choice.of(place)).get(0));
        if (!Collections.disjoint(patched, touched)) {
            known.put(place, Effect.SEEN);
        }
    }

    /** Looks for those that change nothing, and returns them. */
    Choice seek(Choice in) {
        Choice unseen = in.only(place -> of(place) == Effect.UNKNOWN);
        if (!unseen.isEmpty()) {
            seekAmong(unseen);
        }
        return in.only(place -> of(place) == Effect.NONE);
    }

    private void seekAmong(Choice group) {
        Optional<BuildOutcome> outcome = trials.of(group);
        if (outcome.isEmpty()) {
            return;
        }
        if (outcome.get() instanceof BuildOutcome.NoChange none) {
            seeNothing(group, none);
        } else if (group.size() > 1) {
            seekAmong(group.firstHalf());
            seekAmong(group.minus(group.firstHalf()));
        } else if (outcome.get() instanceof BuildOutcome.Built) {
            group.places().forEach(place -> known.put(place, Effect.SEEN));
        }
    }
}
