package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;
import static org.tuxtape.report.internal.html.Attributes.having;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.rows.CveRow;

/**
 * All there is to say about each CVE. Kernels on which that is the same share the words.
 *
 * @param kernels the kernels, in the order of the rows' runs
 */
record Cards(List<KernelRun> kernels) {

    void write(List<CveRow> rows, HtmlWriter html) throws IOException {
        html.element("section", having("id", "cves"), () -> {
            html.element("h2", "CVE by CVE");
            for (CveRow row : rows) {
                html.element(
                        "article",
                        css(row.isSettled() ? "settled" : "card")
                                .and("id", row.id().toString()),
                        () -> card(html, row));
                html.line();
            }
        });
    }

    private void card(HtmlWriter html, CveRow row) throws IOException {
        html.element("h3", () -> {
            html.element(
                    "a",
                    having("href", "https://www.cve.org/CVERecord?id=" + row.id())
                            .and("rel", "noreferrer"),
                    row.id().toString());
            html.text(" ");
            html.element("bdi", row.title());
        });
        for (Map.Entry<CveRun, List<Integer>> way : row.ways().entrySet()) {
            new Way(way.getKey(), names(way.getValue())).writeTo(html);
        }
    }

    private String names(List<Integer> places) {
        return places.stream().map(place -> kernels.get(place).name()).collect(Collectors.joining(", "));
    }
}
