package org.tuxtape.examples;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Funnel;
import org.tuxtape.core.triage.LadderStep;
import org.tuxtape.core.triage.Rung;
import org.tuxtape.core.triage.TriageReport;

/** A triage for people. */
final class TextReport {
    private final StringBuilder text = new StringBuilder();

    private TextReport() {}

    static String of(TriageReport report, CveCatalog catalog, Selection selection) {
        TextReport page = new TextReport();
        page.kernel(report);
        if (selection.cve().isPresent()) {
            page.one(report, catalog, selection.cve().get());
        } else {
            page.funnel(report.funnel());
            page.ladder(report.ladder());
            page.unreadable(report.unreadable());
            page.findings(selection.of(report));
        }
        return Console.harmless(page.text).stripTrailing();
    }

    private void kernel(TriageReport report) {
        line(
                "Kernel %s, judged as %s",
                report.kernel().release(), report.kernel().version());
        line("Profile: %s", report.provenance());
        line("");
    }

    private void funnel(Funnel funnel) {
        line("%7d messages, %d of them unreadable", funnel.messages(), funnel.unreadable());
        line("%7d CVEs, and %d rejected", funnel.cves(), funnel.rejected());
        line("%7d affected by version, and %d undecided", funnel.affectedByVersion(), funnel.undecidedByVersion());
        line("%7d of these compiled in", funnel.compiledIn());
        funnel.perObject().forEach((object, count) -> line("%15d %s", count, object));
        line("%7d of these with nothing but a header in use", funnel.headerOnly());
        line("%7d of these not compiled", funnel.notCompiled());
        line("%7d of these cannot be judged by their files", funnel.unknownFiles());
        line("");
    }

    /** Says what each rung added, where more than the version and the files were looked at. */
    private void ladder(List<LadderStep> steps) {
        if (steps.stream().allMatch(step -> step.rung().compareTo(Rung.FILES) <= 0)) {
            return;
        }
        line("%-9s %8s %8s %8s %9s", "rung", "looked", "decided", "affected", "undecided");
        steps.forEach(step -> line(
                "%-9s %8d %8d %8d %9d",
                step.rung(), step.climbed(), step.decided(), step.affected(), step.undecided()));
        line("");
    }

    private void unreadable(List<CveEvent.Unreadable> messages) {
        for (CveEvent.Unreadable message : messages) {
            String excerpt = message.excerpt().map(line -> " (" + line + ")").orElse("");
            line("Unreadable: %s: %s%s", message.origin(), message.reason(), excerpt);
        }
        if (!messages.isEmpty()) {
            line("");
        }
    }

    private void findings(List<Finding> findings) {
        text.append(findings.stream().map(Finding::explain).collect(Collectors.joining("\n")));
    }

    private void one(TriageReport report, CveCatalog catalog, CveId id) {
        Optional<Finding> finding = report.find(id);
        if (finding.isPresent()) {
            Finding found = finding.get();
            text.append(found.explain());
            if (!found.cve().description().isEmpty()) {
                line("");
                found.cve().description().lines().forEach(each -> line("  %s", each));
            }
            line("");
        } else {
            line("%s: %s", id, report.rejected().contains(id) ? "rejected" : "no readable message is about it");
        }
        report.unreadable().stream()
                .filter(message -> message.id().equals(Optional.of(id)))
                .forEach(message -> line("  unreadable: %s: %s", message.origin(), message.reason()));
        catalog.find(id).ifPresent(entry -> entry.history().forEach(this::origin));
    }

    private void origin(CveEvent event) {
        String kind = event instanceof CveEvent.Rejected ? "rejected" : "published";
        String date = event.origin().date().map(known -> " of " + known).orElse("");
        line("  %s by %s%s", kind, event.origin(), date);
        if (event instanceof CveEvent.Rejected rejected) {
            rejected.reason().ifPresent(reason -> line("    %s", reason));
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
