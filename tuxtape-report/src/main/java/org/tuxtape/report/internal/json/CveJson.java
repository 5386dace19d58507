package org.tuxtape.report.internal.json;

import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.Fallback;
import org.tuxtape.core.pipeline.Measure;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Verdict;

/**
 * One CVE on one kernel.
 *
 * @param json where it is written
 */
record CveJson(Json json) {

    void write(CveRun run) {
        StageJson stages = new StageJson(json);
        stages.standing(run.standing());
        json.object("verdict", () -> verdict(run.finding().verdict()));
        run.finding().priority().ifPresent(priority -> json.object("priority", () -> priority(priority)));
        stages.write(run.stages());
        run.fallback().ifPresent(fallback -> json.object("fallback", () -> fallback(fallback)));
    }

    private void verdict(Verdict verdict) {
        json.text("status", verdict.status().toString())
                .text("justification", verdict.justification())
                .flag("weak", verdict.isWeak())
                .objects(
                        "evidence",
                        verdict.evidence(),
                        evidence -> json.constant("rung", evidence.rung())
                                .text("decides", evidence.decides())
                                .flag("weak", evidence.isWeak())
                                .text("reason", evidence.reason()));
    }

    private void priority(Priority priority) {
        priority.score().ifPresent(score -> json.number("score", score));
        json.text("band", priority.band()).objects("reasons", priority.reasons(), reason -> {
            json.text("factor", reason.factor());
            reason.points().ifPresent(points -> json.number("points", points));
            json.text("text", reason.text());
        });
    }

    private void fallback(Fallback fallback) {
        json.text("exposure", fallback.exposure())
                .objects(
                        "measures",
                        fallback.measures(),
                        measure -> json.text("kind", kind(measure))
                                .text("order", measure.order())
                                .text("line", measure.line())
                                .text("evidence", measure.evidence()));
    }

    private static String kind(Measure measure) {
        if (measure instanceof Measure.DenyModule) {
            return "deny_module";
        }
        if (measure instanceof Measure.SetSysctl) {
            return "set_sysctl";
        }
        return measure instanceof Measure.ChangeOption ? "change_option" : "boot_into";
    }
}
