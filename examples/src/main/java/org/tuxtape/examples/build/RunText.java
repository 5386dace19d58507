package org.tuxtape.examples.build;

import java.util.Locale;
import java.util.Map;
import org.tuxtape.core.pipeline.CumulativeRun;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.Fallback;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.Measure;
import org.tuxtape.core.pipeline.PipelineFault;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Share;
import org.tuxtape.core.pipeline.Stage;
import org.tuxtape.core.pipeline.Standing;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Words;

/** A run for people: the figures, what the kernel is still open to, and what remains to be done about it. */
final class RunText {
    private final StringBuilder text = new StringBuilder();

    private RunText() {}

    static String of(PipelineReport report) {
        RunText page = new RunText();
        report.kernels().forEach(page::kernel);
        report.faults().forEach(page::fault);
        page.line("%s after %s.", report.isCancelled() ? "Stopped on request" : "Done", Words.of(report.took()));
        return page.text.toString();
    }

    private void kernel(KernelRun run) {
        line("%s (%s)", run.name(), run.provenance());
        for (Map.Entry<Standing.State, Integer> standing : run.standings().entrySet()) {
            line("  %6d %s", standing.getValue(), standing.getKey());
        }
        for (Map.Entry<Stage, Share> passage : run.passages().entrySet()) {
            Share share = passage.getValue();
            line("  %-8s %d of %d (%.0f %%)", passage.getKey(), share.passed(), share.of(), share.percent());
        }
        run.exposed().forEach(this::cve);
        run.cumulative().ifPresent(this::cumulative);
    }

    private void cve(CveRun run) {
        standing(run.id().toString(), run.standing());
        run.fallback().ifPresent(this::fallback);
    }

    private void standing(String what, Standing standing) {
        line("%-16s %s: %s", what, standing.state(), standing.reason());
        if (!standing.remedy().isEmpty()) {
            line("  %s", standing.remedy());
        }
    }

    private void fallback(Fallback fallback) {
        line("  %s", fallback.exposure());
        for (Measure measure : fallback.measures()) {
            line("  or: %s %s", measure.order(), measure.evidence());
            if (!measure.line().isEmpty()) {
                line("      %s", measure.line());
            }
        }
    }

    private void cumulative(CumulativeRun patch) {
        standing(patch.name().text(), patch.standing());
        line("  %d of %d fixes are in.", patch.included().size(), patch.wanted().size());
        patch.leftOut().forEach(left -> line("  without %s: %s", left.cve(), left.reason()));
        patch.module().ifPresent(module -> line("  %s", module.file()));
    }

    private void fault(PipelineFault fault) {
        line(
                "fault: %s%s%s: %s",
                fault.stage(),
                fault.kernel().map(kernel -> " of " + kernel).orElse(""),
                fault.cve().map(cve -> " of " + cve).orElse(""),
                fault.message());
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    private void line(String format, Object... values) {
        text.append(text.length() == 0 ? "" : "\n")
                .append(Console.harmless(String.format(Locale.ROOT, format, values)));
    }
}
