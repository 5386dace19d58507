package org.tuxtape.consumer;

import java.nio.file.Path;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.mail.MboxSource;
import org.tuxtape.profile.KbuildTree;

/**
 * Profiles a build tree, and triages announcement archives for a kernel of which only the version is known:
 * {@code Program TREE VERSION ARCHIVE...}.
 */
final class Program {
    private Program() {}

    public static void main(String[] args) {
        profile(Path.of(args[0]));
        BuildProfile profile = BuildProfile.unknown(KernelBuild.of(KernelVersion.parse(args[1])));
        for (int i = 2; i < args.length; i++) {
            Path archive = Path.of(args[i]);
            print(
                    archive.getFileName(),
                    Triage.of(CveCatalog.of(MboxSource.of(archive))).against(profile));
        }
    }

    private static void profile(Path tree) {
        try {
            System.out.println(tree.getFileName() + ": " + KbuildTree.read(tree).kernel());
        } catch (ProfileException e) {
            System.out.println(tree.getFileName() + ": " + e.fault());
        }
    }

    private static void print(Path archive, TriageReport report) {
        for (Finding finding : report.findings()) {
            System.out.println(archive + ": " + finding.cve().id() + " "
                    + finding.verdict().status());
        }
        report.unreadable().forEach(message -> System.out.println(archive + ": unreadable, " + message.reason()));
        for (SourceException fault : report.faults()) {
            System.out.println(archive + ": " + fault.getMessage());
        }
    }
}
