package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.having;

import java.io.IOException;
import java.util.List;
import org.tuxtape.core.pipeline.PipelineFault;
import org.tuxtape.report.internal.html.HtmlWriter;

/** What broke. */
final class Faults {
    private Faults() {}

    static void write(List<PipelineFault> faults, HtmlWriter html) throws IOException {
        if (faults.isEmpty()) {
            return;
        }
        html.element("section", having("id", "faults"), () -> {
            html.element("h2", "Faults");
            html.element("ul", () -> {
                for (PipelineFault fault : faults) {
                    html.element("li", () -> fault(html, fault));
                    html.line();
                }
            });
        });
        html.line();
    }

    private static void fault(HtmlWriter html, PipelineFault fault) throws IOException {
        html.element("b", fault.stage().toString());
        html.text(fault.kernel().map(kernel -> " of " + kernel).orElse(""));
        if (fault.cve().isPresent()) {
            html.text(", ");
            Pieces.link(html, fault.cve().get());
        }
        html.text(": " + fault.message());
    }
}
