package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;
import static org.tuxtape.report.internal.html.Attributes.having;

import java.io.IOException;
import java.util.List;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.words.Times;

/**
 * What a reader with a minute wants to know.
 *
 * @param report the run
 */
record Summary(PipelineReport report) {

    void head(HtmlWriter html, String title) throws IOException {
        html.element("h1", title);
        html.element("p", css("lead"), lead());
        if (report.isCancelled()) {
            html.element(
                    "p",
                    css("warning"),
                    "The run was cancelled: what did not come to its turn was not tried, and "
                            + "kernels may be missing.");
        }
        if (!report.faults().isEmpty()) {
            html.element("p", css("warning"), () -> {
                html.text("The run is not whole: ");
                html.element(
                        "a", having("href", "#faults"), count(report.faults().size(), "fault"));
                html.text(".");
            });
        }
        html.element("p", css("made"), () -> {
            html.text("Run from ");
            html.element("time", having("datetime", report.begin().toString()), Times.text(report.begin()));
            html.text(" to ");
            html.element("time", having("datetime", report.end().toString()), Times.text(report.end()));
            html.text(", " + Times.text(report.took()) + ".");
        });
    }

    private String lead() {
        long exposed = report.kernels().stream()
                .flatMap(kernel -> kernel.exposed().stream())
                .map(run -> run.id())
                .distinct()
                .count();
        return count(report.cves().size(), "CVE") + " on "
                + count(report.kernels().size(), "kernel") + ", of which " + Tables.number((int) exposed)
                + " may still be open on at least one of them.";
    }

    void kernels(HtmlWriter html) throws IOException {
        List<State> states = List.copyOf(report.standings().keySet());
        html.element("section", having("id", "kernels"), () -> {
            html.element("h2", "Kernels");
            html.element("table", css("stacked kernels"), () -> {
                html.element("thead", () -> html.element("tr", () -> heads(html, states)));
                html.element("tbody", () -> {
                    for (int i = 0; i < report.kernels().size(); i++) {
                        kernel(html, states, i);
                    }
                });
            });
        });
        html.line();
    }

    private static void heads(HtmlWriter html, List<State> states) throws IOException {
        html.element("th", having("scope", "col"), "Kernel");
        html.element("th", css("number").and("scope", "col"), "CVEs");
        html.element("th", css("number").and("scope", "col"), "may be open");
        for (State state : states) {
            html.element("th", css("number " + Tone.of(state).css()).and("scope", "col"), state.toString());
        }
    }

    private void kernel(HtmlWriter html, List<State> states, int place) throws IOException {
        KernelRun kernel = report.kernels().get(place);
        html.element("tr", () -> {
            html.element(
                    "th",
                    having("scope", "row"),
                    () -> html.element("a", having("href", "#" + KernelPart.anchor(place)), kernel.name()));
            number(html, "CVEs", kernel.cves().size());
            number(html, "may be open", kernel.exposed().size());
            for (State state : states) {
                number(html, state.toString(), kernel.standings().getOrDefault(state, 0));
            }
        });
        html.line();
    }

    private static void number(HtmlWriter html, String name, int value) throws IOException {
        html.element("td", css(value == 0 ? "number zero" : "number").and("data-k", name), Tables.number(value));
    }

    static String count(int number, String noun) {
        return Tables.number(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
