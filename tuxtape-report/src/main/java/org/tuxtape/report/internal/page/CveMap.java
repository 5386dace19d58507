package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;
import static org.tuxtape.report.internal.html.Attributes.having;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.report.internal.html.Attributes;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.rows.CveRow;

/**
 * The table of every CVE on every kernel. With one kernel there is room for the reasons, too.
 *
 * @param kernels the columns
 * @param rows the rows
 */
record CveMap(List<KernelRun> kernels, List<CveRow> rows) {
    /** From here on the table is wider than a window. */
    private static final int MANY = 8;

    void writeTo(HtmlWriter html) throws IOException {
        html.element("section", having("aria-labelledby", "map-title"), () -> {
            html.element("h2", having("id", "map-title"), "CVE by kernel");
            html.element("p", css("print"), "CVEs that no kernel has, or that all have fixed, are not printed.");
            html.element("form", having("id", "filter").and("role", "search").and("hidden", ""), () -> filter(html));
            html.line();
            Attributes frame = css(kernels.size() < MANY ? "frame" : "frame wide");
            html.element(
                    "div",
                    kernels.size() < MANY
                            ? frame
                            : frame.and("tabindex", "0").and("role", "region").and("aria-labelledby", "map-title"),
                    () -> table(html));
        });
        html.line();
    }

    private void filter(HtmlWriter html) throws IOException {
        html.element("label", () -> {
            html.text("CVE or title ");
            html.empty("input", having("type", "search").and("name", "text").and("autocomplete", "off"));
        });
        html.element("label", () -> {
            html.text("State ");
            html.element("select", having("name", "state"), () -> {
                html.element("option", having("value", ""), "any");
                html.element("option", having("value", "exposed"), "may be open");
                for (State state : states()) {
                    html.element("option", state.toString());
                }
            });
        });
        if (kernels.size() > 1) {
            html.element("label", () -> {
                html.text("on ");
                html.element("select", having("name", "kernel"), () -> {
                    html.element("option", having("value", ""), "any kernel");
                    for (int i = 0; i < kernels.size(); i++) {
                        html.element("option", having("value", String.valueOf(i)), name(i));
                    }
                });
            });
        }
        html.element("label", css("phone"), () -> {
            html.text("Order ");
            html.element("select", having("name", "order"), () -> {
                html.element("option", having("value", ""), "most urgent first");
                html.element("option", having("value", "cve"), "newest first");
                for (int i = 0; i < kernels.size(); i++) {
                    html.element("option", having("value", String.valueOf(i)), "by state on " + name(i));
                }
            });
        });
        html.element("output", having("aria-live", "polite"), "");
    }

    private Set<State> states() {
        Set<State> states = EnumSet.noneOf(State.class);
        kernels.forEach(kernel -> states.addAll(kernel.standings().keySet()));
        return states;
    }

    private void table(HtmlWriter html) throws IOException {
        html.element("table", css("stacked map").and("id", "map").and("aria-labelledby", "map-title"), () -> {
            html.element(
                    "thead",
                    () -> html.element("tr", () -> {
                        html.element("th", having("scope", "col").and("data-sort", "cve"), "CVE");
                        html.element("th", css("number").and("scope", "col").and("data-sort", "score"), "Priority");
                        for (int i = 0; i < kernels.size(); i++) {
                            html.element(
                                    "th", css("name").and("scope", "col").and("data-sort", String.valueOf(i)), name(i));
                        }
                        if (kernels.size() == 1) {
                            html.element("th", having("scope", "col"), "Reason");
                        }
                    }));
            html.line();
            html.element("tbody", () -> {
                for (CveRow row : rows) {
                    html.element("tr", row.isSettled() ? css("settled") : Attributes.NONE, () -> row(html, row));
                    html.line();
                }
            });
        });
    }

    private void row(HtmlWriter html, CveRow row) throws IOException {
        html.element("th", having("scope", "row"), () -> {
            Pieces.link(html, row.id());
            html.text(" ");
            html.element("bdi", row.title());
        });
        boolean isKnown = row.score().isPresent();
        html.element(
                "td",
                css("number").and("data-k", "priority"),
                isKnown ? String.valueOf(Math.round(row.score().getAsDouble())) : "–");
        for (int i = 0; i < row.runs().size(); i++) {
            cell(html, row.runs().get(i), name(i));
        }
        if (kernels.size() == 1) {
            html.element(
                    "td",
                    css("reason"),
                    row.runs().get(0).map(run -> run.standing().reason()).orElse(""));
        }
    }

    private static void cell(HtmlWriter html, Optional<CveRun> run, String kernel) throws IOException {
        if (run.isEmpty()) {
            html.element("td", css("quiet").and("data-k", kernel), "not known");
            return;
        }
        State state = run.get().standing().state();
        String tone = Tone.of(state).css();
        html.element("td", css(state.isExposed() ? tone + " exposed" : tone).and("data-k", kernel), state.toString());
    }

    private String name(int place) {
        return kernels.get(place).name();
    }
}
