package org.tuxtape.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.tuxtape.core.disk.WholeFile;

/** A report in a file, whole or not at all. */
final class ReportFile {
    private ReportFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer out) throws IOException;
    }

    static void write(Path file, Content content) {
        try {
            WholeFile.write(file, stored -> {
                // What is no Unicode, half a surrogate pair, becomes a question mark.
                Writer out = new BufferedWriter(new OutputStreamWriter(
                        stored, StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE)));
                content.writeTo(out);
                out.flush();
            });
        } catch (IOException e) {
            throw new ReportException(file, e);
        }
    }
}
