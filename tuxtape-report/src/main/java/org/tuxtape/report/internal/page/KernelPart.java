package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.pipeline.CumulativeRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.triage.Funnel;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.page.Tables.Figure;
import org.tuxtape.report.internal.words.Times;

/**
 * One kernel as a whole: how the mass of messages narrowed down, what each rung and each stage added, its cumulative patch.
 *
 * @param run what the run gave for it
 * @param place its place in the report
 */
record KernelPart(KernelRun run, int place) {

    static String anchor(int place) {
        return "kernel-" + (place + 1);
    }

    void writeTo(HtmlWriter html) throws IOException {
        html.element("section", css("kernel").and("id", anchor(place)), () -> {
            html.element("h2", title());
            html.element("p", css("made"), origin());
            html.element("div", css("columns"), () -> {
                Tables.figures(html, "From messages to this kernel", funnel());
                Tables.figures(html, "CVEs by the code they are in", objects());
                Tables.figures(html, "CVEs that each rung decides", ladder());
                Tables.figures(html, "CVEs that passed each stage", passages());
            });
            if (run.cumulative().isPresent()) {
                cumulative(html, run.cumulative().get());
            }
        });
        html.line();
    }

    private String title() {
        String linux = "Linux " + run.kernel().release();
        return run.name().equals(run.kernel().release().text()) ? linux : run.name() + ", " + linux;
    }

    private String origin() {
        KernelBuild kernel = run.kernel();
        StringBuilder text = new StringBuilder("Version ").append(kernel.version());
        kernel.architecture().ifPresent(name -> text.append(", ").append(name));
        kernel.compiler().ifPresent(name -> text.append(", ").append(name));
        kernel.configDigest().ifPresent(digest -> text.append(", config ").append(digest, 0, 12));
        return text.append(". Its profile: ")
                .append(run.provenance())
                .append(". The triage took ")
                .append(Times.text(run.triage()))
                .append(".")
                .toString();
    }

    private List<Figure> funnel() {
        Funnel funnel = run.funnel();
        int all = funnel.cves();
        return List.of(
                new Figure("Messages read", funnel.messages(), 0, ""),
                new Figure("not understood", funnel.unreadable(), 0, ""),
                new Figure("CVEs withdrawn", funnel.rejected(), 0, ""),
                new Figure("CVEs that hold", all, all, ""),
                new Figure("affected by version", funnel.affectedByVersion(), all, ""),
                new Figure("undecided by version", funnel.undecidedByVersion(), all, ""),
                new Figure("of both, compiled", funnel.compiledIn(), all, ""),
                new Figure("only headers in use", funnel.headerOnly(), all, ""),
                new Figure("not compiled", funnel.notCompiled(), all, ""),
                new Figure("files unknown", funnel.unknownFiles(), all, ""));
    }

    private List<Figure> objects() {
        int most = run.funnel().perObject().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        List<Figure> figures = new ArrayList<>(run.funnel().perObject().entrySet().stream()
                .sorted((one, other) -> Integer.compare(other.getValue(), one.getValue()))
                .map(object -> new Figure(object.getKey().name(), object.getValue(), most, ""))
                .toList());
        int shown = 9;
        if (figures.size() > shown) {
            List<Figure> rest = figures.subList(shown - 1, figures.size());
            int sum = rest.stream().mapToInt(Figure::value).sum();
            Figure others = new Figure(rest.size() + " other objects", sum, 0, "");
            rest.clear();
            figures.add(others);
        }
        return figures;
    }

    private List<Figure> ladder() {
        return run.ladder().stream()
                .map(step -> new Figure(
                        step.rung().toString(),
                        step.decided(),
                        step.climbed(),
                        "of " + Tables.number(step.climbed()) + "; after it " + Tables.number(step.affected())
                                + " affected, " + Tables.number(step.undecided()) + " undecided"))
                .toList();
    }

    private List<Figure> passages() {
        return run.passages().entrySet().stream()
                .map(stage -> new Figure(
                        stage.getKey().toString(),
                        stage.getValue().passed(),
                        stage.getValue().of(),
                        String.format(
                                Locale.ROOT,
                                "of %,d, %.0f %%",
                                stage.getValue().of(),
                                stage.getValue().percent())))
                .toList();
    }

    private static void cumulative(HtmlWriter html, CumulativeRun patch) throws IOException {
        html.element("section", css("cumulative"), () -> {
            html.element("h3", () -> {
                html.text("Cumulative patch ");
                html.element("code", patch.name().text());
                html.text(" ");
                Pieces.state(html, patch.standing().state());
            });
            Pieces.say(html, patch.standing());
            html.element(
                    "p",
                    "Fixes that were wanted: " + patch.wanted().size() + ", in it: "
                            + patch.included().size() + ", left out: "
                            + patch.leftOut().size() + ". It took " + Times.text(patch.took()) + ".");
            if (!patch.included().isEmpty()) {
                html.element("p", () -> {
                    html.element("b", "In, in this order: ");
                    for (var id : patch.included()) {
                        Pieces.link(html, id);
                        html.text(" ");
                    }
                });
            }
            if (!patch.leftOut().isEmpty()) {
                html.element("h4", "Left out");
                html.element("dl", css("left-out"), () -> {
                    for (var left : patch.leftOut()) {
                        html.element("dt", () -> Pieces.link(html, left.cve()));
                        html.element("dd", () -> Pieces.leftOut(html, left));
                    }
                });
            }
            Pieces.stages(html, patch.stages());
        });
    }
}
