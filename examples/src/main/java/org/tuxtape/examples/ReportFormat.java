package org.tuxtape.examples;

import java.time.Instant;
import java.util.Optional;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.feeds.vex.CycloneDxVex;
import org.tuxtape.feeds.vex.OpenVex;
import org.tuxtape.feeds.vex.VexDocument;
import picocli.CommandLine.Option;

/** For whom a triage is printed, and what a VEX document says of itself. */
final class ReportFormat {
    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    @Option(names = "--author", paramLabel = "NAME", description = "who answers for a VEX document")
    private String author = "unknown";

    @Option(
            names = "--product",
            paramLabel = "PURL",
            description = "package URL of the kernel in a VEX document; default pkg:generic/linux@RELEASE")
    private Optional<String> product = Optional.empty();

    enum Format {
        TEXT,
        JSON,
        OPENVEX,
        CYCLONEDX
    }

    /** Tells whether it is one document of one kernel; of several, the reports stand one after the other. */
    boolean isOfOneKernel() {
        return format == Format.OPENVEX || format == Format.CYCLONEDX;
    }

    String of(TriageReport report, CveCatalog catalog, Selection selection, Instant now) {
        return switch (format) {
            case TEXT -> TextReport.of(report, catalog, selection);
            case JSON -> Json.of(report, selection);
            case OPENVEX -> OpenVex.of(selection.narrow(report), document(report, selection, now));
            case CYCLONEDX -> CycloneDxVex.of(selection.narrow(report), document(report, selection, now));
        };
    }

    private VexDocument document(TriageReport report, Selection selection, Instant now) {
        VexDocument document = VexDocument.of(author, now, report.kernel());
        VexDocument named = product.map(document::about).orElse(document);
        return selection.showsSettled() ? named.withRejectedOnes() : named.openOnly();
    }
}
