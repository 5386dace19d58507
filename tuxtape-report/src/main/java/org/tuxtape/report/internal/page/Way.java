package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.Fallback;
import org.tuxtape.core.pipeline.Measure;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Reason;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.rows.CveRow;

/**
 * The way of one CVE on the kernels on which it is the same.
 *
 * @param run the way
 * @param releases the kernels
 */
record Way(CveRun run, String releases) {

    void writeTo(HtmlWriter html) throws IOException {
        if (CveRow.isSettled(run)) {
            html.element("p", css("way"), () -> {
                head(html);
                html.text(" " + onOneLine(run.finding().verdict()));
            });
            return;
        }
        html.element("div", css("way"), () -> {
            html.element("h4", () -> head(html));
            Pieces.say(html, run.standing());
            html.element("div", css("why"), () -> {
                html.element("div", () -> ladder(html, run.finding().verdict()));
                if (run.finding().priority().isPresent()) {
                    html.element(
                            "div", () -> priority(html, run.finding().priority().get()));
                }
            });
            Pieces.stages(html, run.stages());
            if (run.fallback().isPresent()) {
                fallback(html, run.fallback().get());
            }
        });
    }

    private void head(HtmlWriter html) throws IOException {
        html.element("b", releases);
        html.text(" ");
        Pieces.state(html, run.standing().state());
    }

    /** Thousands are settled, so what is said of them is short. */
    private static String onOneLine(Verdict verdict) {
        return verdict.evidence().stream()
                .map(evidence -> evidence.rung() + ": " + evidence.reason())
                .collect(Collectors.joining(" "));
    }

    private static void ladder(HtmlWriter html, Verdict verdict) throws IOException {
        html.element(
                "h5", "Verdict: " + verdict.status().toString().replace('_', ' ') + (verdict.isWeak() ? ", weak" : ""));
        html.element("dl", () -> {
            for (Evidence evidence : verdict.evidence()) {
                html.element("dt", evidence.rung().toString());
                html.element("dd", () -> {
                    html.text(evidence.reason());
                    if (evidence.decides().isPresent()) {
                        html.element(
                                "small",
                                " decides: "
                                        + evidence.decides().get().toString().replace('_', ' ')
                                        + (evidence.isWeak() ? ", weak" : ""));
                    }
                });
            }
        });
    }

    private static void priority(HtmlWriter html, Priority priority) throws IOException {
        String score = priority.score().isPresent()
                ? String.format(Locale.ROOT, "%.0f of 100", priority.score().getAsDouble())
                : "unknown";
        html.element(
                "h5",
                "Priority: " + score + priority.band().map(band -> ", " + band).orElse(""));
        html.element("dl", css("points"), () -> {
            for (Reason reason : priority.reasons()) {
                html.element("dt", reason.factor());
                html.element("dd", () -> {
                    if (reason.points().isPresent()) {
                        html.element(
                                "b",
                                String.format(
                                        Locale.ROOT, "%+.1f", reason.points().getAsDouble()));
                        html.text(" ");
                    }
                    html.text(reason.text());
                });
            }
        });
    }

    private static void fallback(HtmlWriter html, Fallback fallback) throws IOException {
        html.element("h5", "Without a livepatch");
        html.element("p", fallback.exposure());
        if (fallback.measures().isEmpty()) {
            html.element("p", "Neither the record nor the build shows anything else that helps.");
            return;
        }
        html.element("ul", () -> {
            for (Measure measure : fallback.measures()) {
                html.element("li", () -> {
                    html.element("b", measure.order());
                    html.text(" " + measure.evidence() + " ");
                    if (!measure.line().isEmpty()) {
                        html.element("code", measure.line());
                    }
                });
            }
        });
    }
}
