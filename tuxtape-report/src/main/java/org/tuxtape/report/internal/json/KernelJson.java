package org.tuxtape.report.internal.json;

import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.pipeline.CumulativeRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.triage.Funnel;

/**
 * One kernel as a whole.
 *
 * @param json where it is written
 */
record KernelJson(Json json) {

    void write(KernelRun run) {
        KernelBuild kernel = run.kernel();
        json.text("name", run.name())
                .text("release", kernel.release().text())
                .text("linux", kernel.version().toString())
                .text("architecture", kernel.architecture())
                .text("compiler", kernel.compiler())
                .text("config_sha256", kernel.configDigest())
                .text("provenance", run.provenance())
                .seconds("triage_seconds", run.triage())
                .object(
                        "standings",
                        () -> run.standings().forEach((state, count) -> json.number(Json.lower(state), count)))
                .object("funnel", () -> funnel(run.funnel()))
                .objects(
                        "ladder",
                        run.ladder(),
                        step -> json.constant("rung", step.rung())
                                .number("climbed", step.climbed())
                                .number("decided", step.decided())
                                .number("affected", step.affected())
                                .number("undecided", step.undecided()))
                .objects(
                        "stages",
                        run.passages().entrySet(),
                        stage -> json.constant("stage", stage.getKey())
                                .number("passed", stage.getValue().passed())
                                .number("of", stage.getValue().of()));
        run.cumulative().ifPresent(patch -> json.object("cumulative", () -> cumulative(patch)));
    }

    private void funnel(Funnel funnel) {
        json.number("messages", funnel.messages())
                .number("unreadable", funnel.unreadable())
                .number("rejected", funnel.rejected())
                .number("cves", funnel.cves())
                .number("affected_by_version", funnel.affectedByVersion())
                .number("undecided_by_version", funnel.undecidedByVersion())
                .number("compiled_in", funnel.compiledIn())
                .number("header_only", funnel.headerOnly())
                .number("not_compiled", funnel.notCompiled())
                .number("unknown_files", funnel.unknownFiles())
                .object(
                        "objects",
                        () -> funnel.perObject().forEach((object, count) -> json.number(object.name(), count)));
    }

    private void cumulative(CumulativeRun patch) {
        StageJson stages = new StageJson(json);
        json.text("name", patch.name().text());
        stages.standing(patch.standing());
        json.texts("wanted", patch.wanted()).texts("included", patch.included());
        json.objects("left_out", patch.leftOut(), left -> {
            json.text("cve", left.cve().toString()).text("reason", left.reason());
            left.diagnosis().ifPresent(stages::diagnosis);
        });
        stages.write(patch.stages());
    }
}
