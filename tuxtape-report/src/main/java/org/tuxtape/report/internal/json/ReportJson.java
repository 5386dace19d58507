package org.tuxtape.report.internal.json;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.report.internal.rows.CveRow;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** The whole of the JSON. */
public final class ReportJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private ReportJson() {}

    /** Writes it. */
    public static void write(PipelineReport report, int version, Writer out) throws IOException {
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            generator.writeStartObject();
            write(report, version, new Json(generator));
            generator.writeEndObject();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static void write(PipelineReport report, int version, Json json) {
        json.text("format", "tuxtape-report")
                .number("version", version)
                .text("begin", report.begin().toString())
                .text("end", report.end().toString())
                .flag("cancelled", report.isCancelled())
                .object(
                        "standings",
                        () -> report.standings().forEach((state, count) -> json.number(Json.lower(state), count)));
        KernelJson kernels = new KernelJson(json);
        json.objects("kernels", report.kernels(), kernels::write);
        json.objects("cves", CveRow.of(report), row -> {
            json.text("id", row.id().toString()).text("title", row.title());
            json.objects(
                    "kernels",
                    known(row),
                    place -> run(json, report, place, row.runs().get(place)));
        });
        json.objects(
                "faults",
                report.faults(),
                fault -> json.constant("stage", fault.stage())
                        .text("kernel", fault.kernel())
                        .text("cve", fault.cve().map(CveId::toString))
                        .text("message", fault.message()));
    }

    private static List<Integer> known(CveRow row) {
        return IntStream.range(0, row.runs().size())
                .filter(place -> row.runs().get(place).isPresent())
                .boxed()
                .toList();
    }

    private static void run(Json json, PipelineReport report, int place, Optional<CveRun> run) {
        json.number("kernel", place).text("name", report.kernels().get(place).name());
        run.ifPresent(new CveJson(json)::write);
    }
}
