package org.tuxtape.examples;

import java.nio.file.Path;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.mail.MboxSource;
import org.tuxtape.profile.KbuildTree;

/** The README's quick start. */
final class QuickStart {
    private QuickStart() {}

    static void printAffected(Path archive, Path buildTree) {
        // snippet: quick-start
        CveCatalog catalog = CveCatalog.of(MboxSource.of(archive));
        TriageReport report = Triage.of(catalog).against(KbuildTree.read(buildTree));
        report.faults().forEach(fault -> System.err.println(fault.getMessage()));
        for (Finding finding : report.affected()) {
            System.out.println(finding.explain());
        }
        // end
    }
}
