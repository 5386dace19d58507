package org.tuxtape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.pipeline.PipelineReport;

class HtmlReportTest {
    @TempDir
    private Path directory;

    @Test
    void a_page_says_what_became_of_each_cve() throws IOException {
        String page = page(Runs.small());
        assertThat(page)
                .contains("10 CVEs on 1 kernel, of which 6 may still be open")
                .contains("Run from <time datetime=\"2026-11-20T08:00:00Z\">2026-11-20 08:00:00 UTC</time>")
                .contains("Its profile: the Kbuild tree /usr/src/linux-6.1.140.");
        Runs.everyKind()
                .forEach(run -> assertThat(page)
                        .contains("<a href=\"#" + run.id() + "\">" + run.id() + "</a>")
                        .contains("id=\"" + run.id() + "\"")
                        .contains(run.standing().state().toString())
                        .contains(run.standing().reason()));
    }

    @Test
    void a_page_shows_the_ladder_the_diagnosis_and_what_remains() throws IOException {
        assertThat(page(Runs.small()))
                .contains("<dt>version</dt><dd>Introduced in 5.11;")
                .contains("Not traceable at lib/percpu_counter.c:88 in vmlinux, function percpu_counter_add_batch.")
                .contains("has no fentry/mcount call, unable to patch")
                .contains("Set user.max_user_namespaces to 0.")
                .contains("<code>install sctp /bin/false</code>")
                .contains("Approved by Ada at 2026-11-20 08:00:00 UTC: read and tried")
                .contains("It does not build by itself.")
                .contains("The disk is full.");
    }

    @Test
    void kernels_on_which_a_cve_goes_the_same_way_share_the_words() throws IOException {
        assertThat(page(Runs.fleet()))
                .contains("<b>6.1.140, 6.12.30</b> <span class=\"state bad\">needs a backport</span>");
    }

    @Test
    void equal_reports_give_equal_pages() throws IOException {
        assertThat(page(Runs.fleet())).isEqualTo(page(Runs.fleet()));
    }

    @Test
    void a_run_without_kernels_is_a_page_too() throws IOException {
        assertThat(page(new PipelineReport(Instant.EPOCH, Instant.EPOCH, true, List.of(), List.of())))
                .contains("0 CVEs on 0 kernels")
                .contains("The run was cancelled");
    }

    @Test
    void nothing_is_fetched_from_anywhere() throws IOException {
        assertThat(page(Runs.fleet()))
                .contains("default-src &#39;none&#39;")
                .doesNotContain("src=")
                .doesNotContain("@import")
                .doesNotContain("url(")
                .doesNotContain(" style=");
    }

    @Test
    void a_file_is_written_whole_or_not_at_all() throws IOException {
        Path file = directory.resolve("index.html");
        HtmlReport.of(Runs.small()).titled("Web servers").write(file);
        assertThat(file)
                .content()
                .startsWith("<!doctype html>")
                .contains("<h1>Web servers</h1>")
                .endsWith("</html>\n");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** The fault: the directory is not there. */
    @Test
    void a_file_that_cannot_be_written_is_named() {
        Path file = directory.resolve("missing/index.html");
        assertThatThrownBy(() -> HtmlReport.of(Runs.small()).write(file))
                .isInstanceOfSatisfying(
                        ReportException.class, e -> assertThat(e.file()).isEqualTo(file));
        assertThat(directory).isEmptyDirectory();
    }

    /** The fault: what takes the page fails in its middle. */
    @Test
    void a_writer_that_fails_is_told_to_the_caller() {
        Writer full = new Writer() {
            private int left = 5_000;

            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                left -= length;
                if (left < 0) {
                    throw new IOException("no space left");
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> HtmlReport.of(Runs.fleet()).writeTo(full)).hasMessage("no space left");
        assertThatThrownBy(() -> JsonReport.of(Runs.large(100, 2)).writeTo(full))
                .hasMessage("no space left");
    }

    static String page(PipelineReport report) throws IOException {
        StringWriter out = new StringWriter();
        HtmlReport.of(report).writeTo(out);
        return out.toString();
    }
}
