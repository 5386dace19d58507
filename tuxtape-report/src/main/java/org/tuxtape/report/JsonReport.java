package org.tuxtape.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.report.internal.json.ReportJson;

/**
 * A run as JSON, for programs: the same as the page says, with the words for people beside what stands behind them.
 *
 * <p>The form is that of {@link #schema()}. It carries its {@link #VERSION}, which grows when a reader of the form before
 * would misunderstand it; keys may be added without. Names of constants are in lower case, times are in seconds, points of
 * time are those of ISO 8601 in UTC, and what is unknown has no key. Equal reports give equal text: kernels stand in the
 * order of the report, CVEs with the most urgent first. Immutable.
 *
 * @since 0.1
 */
public final class JsonReport {
    /** The version of the form. */
    public static final int VERSION = 1;

    private final PipelineReport report;

    private JsonReport(PipelineReport report) {
        this.report = Objects.requireNonNull(report, "report");
    }

    /**
     * Returns the JSON of a run.
     *
     * @param report what the run gave
     * @return its JSON
     */
    public static JsonReport of(PipelineReport report) {
        return new JsonReport(report);
    }

    /**
     * Returns what describes the form.
     *
     * @return a JSON Schema, draft 2020-12
     */
    public static String schema() {
        try (InputStream in = Objects.requireNonNull(JsonReport.class.getResourceAsStream("report.schema.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the JSON into a file. Whoever reads the file meanwhile finds the old one or the new one, whole.
     *
     * @param file the file, made or replaced; its directory exists
     * @throws ReportException if it cannot be written; the file is then as it was
     */
    public void write(Path file) {
        ReportFile.write(file, this::writeTo);
    }

    /**
     * Writes the JSON to where the caller likes it, in UTF-8.
     *
     * @param out takes one object and a line feed; flushed, and left open
     * @throws IOException if it does
     */
    public void writeTo(Writer out) throws IOException {
        ReportJson.write(report, VERSION, out);
        out.write('\n');
        out.flush();
    }
}
