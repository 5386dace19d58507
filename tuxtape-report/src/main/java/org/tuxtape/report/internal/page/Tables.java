package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;
import static org.tuxtape.report.internal.html.Attributes.having;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.tuxtape.report.internal.html.Attributes;
import org.tuxtape.report.internal.html.HtmlWriter;

/** Tables of figures. */
final class Tables {
    private static final int BAR = 100;

    private Tables() {}

    /**
     * One line of a table of figures.
     *
     * @param name what is counted
     * @param value how many
     * @param of how many it could be at most, for the bar; 0 for none
     * @param remark what else is to be said; possibly empty
     */
    record Figure(String name, int value, int of, String remark) {}

    static void figures(HtmlWriter html, String caption, List<Figure> figures) throws IOException {
        if (figures.isEmpty()) {
            return;
        }
        html.element("table", css("figures"), () -> {
            html.element("caption", caption);
            html.element("tbody", () -> {
                for (Figure figure : figures) {
                    row(html, figure);
                }
            });
        });
        html.line();
    }

    private static void row(HtmlWriter html, Figure figure) throws IOException {
        html.element("tr", () -> {
            html.element("th", having("scope", "row"), figure.name);
            html.element("td", css("number"), number(figure.value));
            html.element("td", css("remark"), () -> {
                if (figure.of > 0) {
                    bar(html, figure);
                }
                html.text(figure.remark);
            });
        });
    }

    private static void bar(HtmlWriter html, Figure figure) throws IOException {
        Attributes box = css("bar")
                .and("viewBox", "0 0 100 6")
                .and("preserveAspectRatio", "none")
                .and("aria-hidden", "true");
        String width = String.format(Locale.ROOT, "%.1f", (double) BAR * Math.min(figure.value, figure.of) / figure.of);
        html.element("svg", box, () -> {
            html.element("rect", css("whole").and("width", "100").and("height", "6"), "");
            html.element("rect", having("width", width).and("height", "6"), "");
        });
    }

    static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
