package org.tuxtape.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.page.Page;

/**
 * A run as one page of HTML that needs nothing else: no file beside it, nothing from the net. It is read in a browser, on a
 * phone and on paper, sorts and filters where scripts run, and holds everything where they do not. On paper CVEs that no
 * kernel has are left out.
 *
 * <p>Its own style and script are named by their hash in the page's Content-Security-Policy, which allows nothing else;
 * text from records is only ever text, and characters that do not show or turn a line around are replaced by U+FFFD.
 *
 * <p>The page grows with what is known of each CVE on each kernel, and is written as it is made: beside the report itself
 * an index of it is held in memory. Equal reports give equal pages. Immutable.
 *
 * @since 0.1
 */
public final class HtmlReport {
    private final PipelineReport report;
    private final String title;

    private HtmlReport(PipelineReport report, String title) {
        this.report = Objects.requireNonNull(report, "report");
        this.title = Objects.requireNonNull(title, "title");
    }

    /**
     * Returns the page of a run.
     *
     * @param report what the run gave
     * @return the page, with the title "Kernel CVEs"
     */
    public static HtmlReport of(PipelineReport report) {
        return new HtmlReport(report, "Kernel CVEs");
    }

    /**
     * Replaces the title.
     *
     * @param text the title, for example with the name of a fleet
     * @return a page that differs in it
     */
    public HtmlReport titled(String text) {
        return new HtmlReport(report, text);
    }

    /**
     * Writes the page into a file. Whoever reads the file meanwhile finds the old one or the new one, whole.
     *
     * @param file the file, made or replaced; its directory exists
     * @throws ReportException if it cannot be written; the file is then as it was
     */
    public void write(Path file) {
        ReportFile.write(file, this::writeTo);
    }

    /**
     * Writes the page to where the caller likes it, in UTF-8.
     *
     * @param out takes the page; flushed, and left open
     * @throws IOException if it does
     */
    public void writeTo(Writer out) throws IOException {
        new Page(report, title).writeTo(new HtmlWriter(out));
        out.flush();
    }
}
