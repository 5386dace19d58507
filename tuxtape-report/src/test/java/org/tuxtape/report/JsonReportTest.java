package org.tuxtape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.pipeline.PipelineReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path directory;

    @Test
    void the_form_is_that_of_the_schema() throws IOException {
        Schema schema = Schema.parse(JsonReport.schema());
        for (PipelineReport report : List.of(
                Runs.small(),
                Runs.fleet(),
                Runs.saying("<b>"),
                new PipelineReport(Instant.EPOCH, Instant.EPOCH, true, List.of(), List.of()))) {
            assertThat(schema.violations(json(report))).isEmpty();
        }
    }

    /** A schema that allows everything is always kept. */
    @Test
    void the_schema_knows_every_key_that_is_written() throws IOException {
        assertThat(Schema.parse(JsonReport.schema()).unknownKeys(json(Runs.fleet())))
                .isEmpty();
    }

    @Test
    void each_cve_stands_once_with_its_way_on_each_kernel() throws IOException {
        JsonNode root = json(Runs.fleet());
        JsonNode first = root.path("cves").get(0);
        assertThat(root.path("cves").size()).isEqualTo(10);
        assertThat(first.path("id").asString("")).isEqualTo("CVE-2026-1002");
        assertThat(first.path("kernels").get(0).path("state").asString("")).isEqualTo("cannot_build");
        assertThat(first.path("kernels").get(1).path("state").asString("")).isEqualTo("fixed");
        assertThat(first.path("kernels")
                        .get(0)
                        .at("/stages/1/diagnosis/function")
                        .asString(""))
                .isEqualTo("percpu_counter_add_batch");
        assertThat(first.path("kernels").get(0).at("/stages/1/seconds").asDouble(0))
                .isEqualTo(184.0);
    }

    @Test
    void what_is_unknown_has_no_key() throws IOException {
        JsonNode undecided = json(Runs.small())
                .path("cves")
                .valueStream()
                .filter(cve -> cve.path("id").asString("").equals("CVE-2026-1007"))
                .findFirst()
                .orElseThrow()
                .at("/kernels/0");
        assertThat(undecided.path("priority").has("score")).isFalse();
        assertThat(undecided.has("fallback")).isFalse();
    }

    @Test
    void equal_reports_give_equal_text() throws IOException {
        assertThat(text(Runs.fleet())).isEqualTo(text(Runs.fleet()));
    }

    @Test
    void a_file_holds_the_same() throws IOException {
        Path file = directory.resolve("report.json");
        JsonReport.of(Runs.small()).write(file);
        assertThat(file).hasContent(text(Runs.small()));
    }

    private static String text(PipelineReport report) throws IOException {
        StringWriter out = new StringWriter();
        JsonReport.of(report).writeTo(out);
        return out.toString();
    }

    private static JsonNode json(PipelineReport report) throws IOException {
        return MAPPER.readTree(text(report));
    }
}
