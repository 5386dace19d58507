package org.tuxtape.examples.livepatch;

import java.util.List;
import org.tuxtape.examples.Words;
import org.tuxtape.livepatch.sysfs.trial.BootReport;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.TakenBack;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a store holds and what became of it, as JSON. */
final class StoreJson {
    private StoreJson() {}

    static String of(StoredPatch patch) {
        return LivepatchJson.write(node -> patch(node, patch));
    }

    static void contents(ObjectNode node, PatchStore.Contents contents) {
        ArrayNode patches = node.putArray("patches");
        contents.patches().forEach(patch -> patch(patches.addObject(), patch));
    }

    private static void patch(ObjectNode node, StoredPatch patch) {
        node.put("name", patch.manifest().name().text())
                .put("sha256", patch.manifest().sha256())
                .put("release", patch.manifest().release().text())
                .put("state", Words.key(patch.state()))
                .put("since", patch.since().toString())
                .put("by", patch.by())
                .put("why", patch.why())
                .put("marked", patch.marked());
    }

    static String of(List<TrialOutcome> outcomes) {
        return LivepatchJson.write(node -> {
            ArrayNode trials = node.putArray("trials");
            outcomes.forEach(outcome -> trial(trials.addObject(), outcome));
        });
    }

    private static void trial(ObjectNode node, TrialOutcome outcome) {
        patch(node.putObject("patch"), outcome.patch());
        if (outcome instanceof TrialOutcome.Passed passed) {
            node.put("result", "passed").put("seconds", Words.seconds(passed.watched()));
        } else if (outcome instanceof TrialOutcome.TurnedDown down) {
            node.put("result", "turned_down").put("reason", down.reason());
            takenBack(node.putObject("takenBack"), down.takenBack());
        } else if (outcome instanceof TrialOutcome.NotLoaded not) {
            LivepatchJson.outcome(node.put("result", "not_loaded").putObject("load"), not.outcome());
        } else if (outcome instanceof TrialOutcome.NotTried) {
            node.put("result", "not_tried");
        } else if (outcome instanceof TrialOutcome.BrokenOff broken) {
            node.put("result", "broken_off").put("reason", broken.reason());
            takenBack(node.putObject("takenBack"), broken.takenBack());
        }
    }

    private static void takenBack(ObjectNode node, TakenBack taken) {
        node.put("clean", taken.isClean());
        LivepatchJson.outcome(node.putObject("disable"), taken.disabled());
        taken.unloaded().ifPresent(unloaded -> LivepatchJson.outcome(node.putObject("unload"), unloaded));
        LivepatchJson.names(node.putArray("missing"), taken.missing());
        report(node.putArray("restored"), taken.restored());
    }

    static String of(BootReport report) {
        return LivepatchJson.write(
                node -> report(node.put("complete", report.isComplete()).putArray("patches"), report));
    }

    private static void report(ArrayNode array, BootReport report) {
        for (BootReport.Entry entry : report.entries()) {
            ObjectNode node = array.addObject();
            if (entry instanceof BootReport.Tried tried) {
                patch(node.putObject("patch"), tried.patch());
                LivepatchJson.outcome(node.put("result", "tried").putObject("load"), tried.outcome());
            } else if (entry instanceof BootReport.LeftOut left) {
                patch(node.putObject("patch"), left.patch());
                node.put("result", "left_out").put("reason", left.reason());
            } else if (entry instanceof BootReport.Failed failed) {
                failed.patch().ifPresent(patch -> patch(node.putObject("patch"), patch));
                node.put("result", "failed").put("reason", failed.failure().getMessage());
            }
        }
    }
}
