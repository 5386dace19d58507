package org.tuxtape.report.internal.json;

import java.util.List;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.pipeline.StageResult;
import org.tuxtape.core.pipeline.StageRun;
import org.tuxtape.core.pipeline.Standing;
import org.tuxtape.report.internal.words.Sentences;
import org.tuxtape.report.internal.words.StageWords;

/**
 * What stages found, and where that leaves something.
 *
 * @param json where it is written
 */
record StageJson(Json json) {

    void standing(Standing standing) {
        json.constant("state", standing.state())
                .flag("exposed", standing.state().isExposed())
                .text("reason", standing.reason())
                .text("remedy", standing.remedy());
    }

    void write(List<StageRun> stages) {
        if (!stages.isEmpty()) {
            json.objects("stages", stages, this::write);
        }
    }

    private void write(StageRun stage) {
        Sentences words = StageWords.of(stage.result());
        json.constant("stage", stage.stage())
                .flag("passed", stage.result().isPassed())
                .seconds("seconds", stage.took())
                .text("text", words.joined())
                .text("excerpt", words.excerpt());
        if (stage.result() instanceof StageResult.Built built) {
            json.text("key", built.key().text());
            outcome(built.outcome());
        } else if (stage.result() instanceof StageResult.Composed composed) {
            outcome(composed.composition().outcome());
        }
    }

    private void outcome(BuildOutcome outcome) {
        if (outcome instanceof BuildOutcome.Built built) {
            json.object(
                    "module",
                    () -> json.text("name", built.module().manifest().name().text())
                            .text("file", built.module().file().toString())
                            .text("sha256", built.module().manifest().sha256())
                            .objects(
                                    "functions",
                                    built.module().manifest().functions(),
                                    function -> json.text(
                                                    "object", function.object().name())
                                            .text("name", function.name())));
        } else if (outcome instanceof BuildOutcome.Failed failed) {
            diagnosis(failed.diagnosis());
        }
    }

    void diagnosis(BuildDiagnosis diagnosis) {
        json.object(
                "diagnosis",
                () -> json.constant("failure", diagnosis.failure())
                        .text("place", diagnosis.place())
                        .text("object", diagnosis.object())
                        .text("function", diagnosis.function())
                        .text("excerpt", diagnosis.excerpt().strip())
                        .text("remedy", diagnosis.remedy()));
    }
}
