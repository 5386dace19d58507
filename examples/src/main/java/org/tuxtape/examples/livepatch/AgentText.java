package org.tuxtape.examples.livepatch;

import java.util.Locale;
import java.util.Optional;
import org.tuxtape.agent.AgentOutcome;
import org.tuxtape.archive.rollout.PatchRef;

/** What an agent did, for people: a word, the patch, and why. */
final class AgentText {
    private AgentText() {}

    static String of(AgentOutcome outcome) {
        String word = outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        String patch = patch(outcome).map(known -> " " + known).orElse("");
        String plan = outcome instanceof AgentOutcome.Planned planned
                ? planned.plan().map(found -> "\n" + LivepatchText.of(found)).orElse("")
                : "";
        return word + patch + ": " + outcome.reason() + plan;
    }

    private static Optional<PatchRef> patch(AgentOutcome outcome) {
        if (outcome instanceof AgentOutcome.Current current) {
            return current.patch();
        }
        if (outcome instanceof AgentOutcome.Taken taken) {
            return Optional.of(taken.patch());
        }
        if (outcome instanceof AgentOutcome.TakenBack back) {
            return Optional.of(back.withdrawn());
        }
        if (outcome instanceof AgentOutcome.StillIn still) {
            return Optional.of(still.withdrawn());
        }
        if (outcome instanceof AgentOutcome.TurnedDown down) {
            return Optional.of(down.patch());
        }
        if (outcome instanceof AgentOutcome.NotLoaded not) {
            return Optional.of(not.patch());
        }
        return outcome instanceof AgentOutcome.Held held ? held.wanted() : Optional.empty();
    }

    /** Whether nobody has to look after it. */
    static boolean isWell(AgentOutcome outcome) {
        return outcome instanceof AgentOutcome.Current
                || outcome instanceof AgentOutcome.Taken
                || outcome instanceof AgentOutcome.TakenBack
                || outcome instanceof AgentOutcome.Held
                || outcome instanceof AgentOutcome.Busy
                || outcome instanceof AgentOutcome.Planned;
    }
}
