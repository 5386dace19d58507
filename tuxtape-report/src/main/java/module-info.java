/**
 * What a run of the pipeline gave, for people and for programs:
 *
 * <pre>{@code
 * HtmlReport.of(report).write(Path.of("index.html"));
 * JsonReport.of(report).write(Path.of("report.json"));
 * }</pre>
 *
 * <p>Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
module org.tuxtape.report {
    requires transitive org.tuxtape.core;
    requires static org.jspecify;
    requires tools.jackson.core;

    exports org.tuxtape.report;
}
