package org.tuxtape.examples.build;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.examples.Unusable;
import org.tuxtape.report.HtmlReport;
import org.tuxtape.report.JsonReport;

/**
 * The report of a run, kept in each form.
 *
 * @param directory where it is kept
 */
record KeptRun(Path directory) {

    void write(PipelineReport report) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("report.txt"), RunText.of(report) + "\n");
        } catch (IOException e) {
            throw new Unusable("The report could not be kept in " + directory + ": " + Unusable.reason(e) + ".", e);
        }
        JsonReport.of(report).write(directory.resolve("report.json"));
        HtmlReport.of(report).write(page());
    }

    Path page() {
        return directory.resolve("index.html");
    }

    static String json(PipelineReport report) {
        StringWriter text = new StringWriter();
        try {
            JsonReport.of(report).writeTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail.", e);
        }
        return text.toString().strip();
    }
}
