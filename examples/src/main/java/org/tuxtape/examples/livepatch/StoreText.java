package org.tuxtape.examples.livepatch;

import java.util.List;
import java.util.stream.Collectors;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Words;
import org.tuxtape.livepatch.sysfs.trial.BootReport;
import org.tuxtape.livepatch.sysfs.trial.PatchState;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.TakenBack;

/** What a store holds and what became of it, for people. */
final class StoreText {
    private static final int DIGITS = 12;

    private StoreText() {}

    static String of(StoredPatch patch) {
        return Console.harmless(String.format(
                "%s (%s) is %s since %s, by %s: %s",
                name(patch),
                patch.manifest().sha256().substring(0, DIGITS),
                Words.of(patch.state()),
                patch.since(),
                patch.by(),
                patch.why()));
    }

    static String of(List<TrialOutcome> outcomes) {
        return outcomes.isEmpty()
                ? "There is nothing to go on with."
                : outcomes.stream().map(StoreText::of).collect(Collectors.joining("\n"));
    }

    private static String of(TrialOutcome outcome) {
        LivepatchName name = name(outcome.patch());
        if (outcome instanceof TrialOutcome.Passed passed) {
            String then = passed.patch().state() == PatchState.ACCEPTED
                    ? "is accepted: it is loaded at every boot."
                    : "is in force until the next boot; accept it to have it loaded then too.";
            return name + " was watched for " + Words.of(passed.watched()) + ", did no harm, and " + then;
        }
        if (outcome instanceof TrialOutcome.TurnedDown down) {
            return Console.harmless(name + " is turned down: " + down.reason()) + of(name, down.takenBack());
        }
        if (outcome instanceof TrialOutcome.NotLoaded not) {
            return LivepatchText.of(name, LivepatchText.IN_FORCE, not.outcome());
        }
        if (outcome instanceof TrialOutcome.BrokenOff broken) {
            return Console.harmless(name + " was not tried to the end: " + broken.reason())
                    + of(name, broken.takenBack());
        }
        return "It was not tried: " + of(outcome.patch());
    }

    private static String of(LivepatchName name, TakenBack taken) {
        StringBuilder text = new StringBuilder("\n");
        if (taken.isClean()) {
            text.append(name).append(" was taken back, and nothing of it is left in the kernel.");
        } else {
            text.append(LivepatchText.of(name, LivepatchText.OUT_OF_FORCE, taken.disabled()));
            taken.unloaded()
                    .ifPresent(unloaded ->
                            text.append('\n').append(LivepatchText.of(name, LivepatchText.REMOVED, unloaded)));
        }
        taken.missing()
                .forEach(missing ->
                        text.append("\nIt had replaced ").append(missing).append(", which is not in force now."));
        if (!taken.restored().entries().isEmpty()) {
            text.append('\n').append(of(taken.restored()));
        }
        return text.toString();
    }

    static String of(BootReport report) {
        return report.entries().isEmpty()
                ? "There is nothing to load."
                : report.entries().stream().map(StoreText::of).collect(Collectors.joining("\n"));
    }

    private static String of(BootReport.Entry entry) {
        if (entry instanceof BootReport.Tried tried) {
            return LivepatchText.of(name(tried.patch()), LivepatchText.IN_FORCE, tried.outcome());
        }
        if (entry instanceof BootReport.LeftOut left) {
            return Console.harmless(name(left.patch()) + " is left out. " + left.reason());
        }
        if (entry instanceof BootReport.Failed failed) {
            String who = failed.patch()
                    .map(patch -> name(patch) + " is not in force. ")
                    .orElse("");
            return Console.harmless(who + failed.failure().getMessage());
        }
        return entry.toString();
    }

    private static LivepatchName name(StoredPatch patch) {
        return patch.manifest().name();
    }
}
