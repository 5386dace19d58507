package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;
import static org.tuxtape.report.internal.html.Attributes.having;

import java.io.IOException;
import java.util.List;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.rows.CveRow;

/**
 * The whole page.
 *
 * @param report what it shows
 * @param title what it is called
 */
public record Page(PipelineReport report, String title) {

    /** Writes it. */
    public void writeTo(HtmlWriter html) throws IOException {
        html.doctype();
        html.element("html", having("lang", "en"), () -> {
            html.line();
            html.element("head", () -> head(html));
            html.line();
            html.element("body", () -> body(html));
        });
        html.line();
    }

    private void head(HtmlWriter html) throws IOException {
        html.empty("meta", having("charset", "utf-8"));
        html.empty("meta", having("http-equiv", "Content-Security-Policy").and("content", Assets.POLICY));
        html.empty("meta", having("name", "viewport").and("content", "width=device-width, initial-scale=1"));
        html.empty("meta", having("name", "color-scheme").and("content", "light dark"));
        html.empty("meta", having("name", "referrer").and("content", "no-referrer"));
        html.empty("link", having("rel", "icon").and("href", "data:,"));
        html.element("title", title);
        html.trusted("style", Assets.STYLE);
    }

    private void body(HtmlWriter html) throws IOException {
        List<CveRow> rows = CveRow.of(report);
        html.element("a", css("skip").and("href", "#map"), "Skip to the map of CVEs");
        html.element("header", () -> new Summary(report).head(html, title));
        html.element("nav", having("aria-label", "Parts of the report"), () -> parts(html));
        html.element("main", () -> {
            new Summary(report).kernels(html);
            for (int i = 0; i < report.kernels().size(); i++) {
                new KernelPart(report.kernels().get(i), i).writeTo(html);
            }
            Faults.write(report.faults(), html);
            new CveMap(report.kernels(), rows).writeTo(html);
            new Cards(report.kernels()).write(rows, html);
        });
        html.element(
                "footer",
                () -> html.element(
                        "p",
                        "Written by tuxtape. Scores order CVEs by an estimate of reach and "
                                + "presence; they are no measure of risk."));
        html.line();
        html.trusted("script", Assets.SCRIPT);
    }

    private void parts(HtmlWriter html) throws IOException {
        link(html, "#kernels", "Kernels");
        for (int i = 0; i < report.kernels().size(); i++) {
            link(html, "#" + KernelPart.anchor(i), report.kernels().get(i).name());
        }
        if (!report.faults().isEmpty()) {
            link(html, "#faults", "Faults");
        }
        link(html, "#map", "Map");
        link(html, "#cves", "CVE by CVE");
    }

    private static void link(HtmlWriter html, String target, String text) throws IOException {
        html.element("a", having("href", target), text);
        html.text(" ");
    }
}
