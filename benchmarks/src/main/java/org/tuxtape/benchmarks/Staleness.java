package org.tuxtape.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Applicability;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.VexStatus;
import org.tuxtape.feeds.CnaTree;
import org.tuxtape.mail.MboxSource;

/** Prints how verdicts by version change when the records of the CNA are read beside its announcements. */
public final class Staleness {
    private static final List<String> ARCHIVES = List.of(
            "linux-cve-announce-2024.mbox.xz", "linux-cve-announce-2025.mbox.xz", "linux-cve-announce-2026.mbox.xz");
    private static final List<String> KERNELS =
            List.of("5.10.200", "5.15.150", "6.1.150", "6.1.180", "6.6.100", "6.12.40", "6.12.94", "7.0.5");

    private Staleness() {}

    /**
     * Counts and prints.
     *
     * @param arguments not looked at
     */
    public static void main(String[] arguments) {
        List<CveSource> mails = new ArrayList<>();
        ARCHIVES.forEach(name -> mails.add(MboxSource.of(Inputs.file(name))));
        CveSource tree = CnaTree.of(Inputs.file("vulns.tar.xz"));
        CveCatalog announced = CveCatalog.of(mails.toArray(CveSource[]::new));
        CveCatalog recorded = CveCatalog.of(tree);
        mails.add(tree);
        CveCatalog both = CveCatalog.of(mails.toArray(CveSource[]::new));

        changes(announced, both);
        System.out.println(
                "kernel       affected: mails  records     both   of those in mails: now not, newly affected, rejected");
        for (String kernel : KERNELS) {
            row(kernel, announced, recorded, both);
        }
    }

    private static void changes(CveCatalog announced, CveCatalog both) {
        int held = 0;
        int moreFixes = 0;
        int rejected = 0;
        for (CatalogEntry entry : announced.entries()) {
            Optional<Cve> before = entry.published();
            Optional<CatalogEntry> now = both.find(entry.id());
            if (before.isPresent() && now.isPresent()) {
                held++;
                rejected += now.get().current() instanceof CveEvent.Rejected ? 1 : 0;
                moreFixes += now.get()
                                .published()
                                .filter(cve -> fixes(cve) > fixes(before.get()))
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d CVEs announced and not rejected by mail; %d rejected since, %d gained fixes%n",
                held,
                rejected,
                moreFixes);
    }

    private static long fixes(Cve cve) {
        return cve.ranges().stream().filter(range -> range.fixed().isPresent()).count();
    }

    private static void row(String kernel, CveCatalog announced, CveCatalog recorded, CveCatalog both) {
        BuildProfile profile = BuildProfile.unknown(KernelBuild.of(KernelVersion.parse(kernel)));
        int cleared = 0;
        int added = 0;
        int rejected = 0;
        for (CatalogEntry entry : announced.entries()) {
            Optional<Boolean> before = entry.published().map(cve -> isAffected(cve, profile));
            Optional<Cve> now = both.find(entry.id()).flatMap(CatalogEntry::published);
            if (before.isPresent() && now.isPresent()) {
                boolean after = isAffected(now.get(), profile);
                cleared += before.get() && !after ? 1 : 0;
                added += !before.get() && after ? 1 : 0;
            } else if (before.orElse(false)) {
                rejected++;
            }
        }
        int affected = affected(announced, profile);
        System.out.printf(
                Locale.ROOT,
                "%-10s %16d %8d %8d   %4d (%.0f %%), %d, %d%n",
                kernel,
                affected,
                affected(recorded, profile),
                affected(both, profile),
                cleared,
                100.0 * cleared / affected,
                added,
                rejected);
    }

    private static int affected(CveCatalog catalog, BuildProfile profile) {
        int affected = 0;
        for (CatalogEntry entry : catalog.entries()) {
            affected +=
                    entry.published().filter(cve -> isAffected(cve, profile)).isPresent() ? 1 : 0;
        }
        return affected;
    }

    private static boolean isAffected(Cve cve, BuildProfile profile) {
        return Applicability.assess(cve, profile)
                .version()
                .flatMap(Evidence.Version::decides)
                .filter(status -> status == VexStatus.AFFECTED)
                .isPresent();
    }
}
