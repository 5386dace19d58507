package org.tuxtape.benchmarks;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Prioritizers.Weights;
import org.tuxtape.core.triage.Reason;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.feeds.CnaTree;
import org.tuxtape.feeds.EpssFile;
import org.tuxtape.feeds.KevFile;
import org.tuxtape.profile.KbuildTree;

/**
 * Prints the CVEs of one kernel that move most between a ranking by CVSS alone and the standard one. The kernel is the
 * newest tree of the lab, or where there is none a version, of which no files are known.
 */
public final class Rankings {
    private static final int SHOWN = 20;
    private static final Instant NOW = Instant.parse("2026-08-21T00:00:00Z");

    private Rankings() {}

    /**
     * Ranks and prints.
     *
     * @param arguments a folder, not used, and the version to judge by where there is no tree
     */
    public static void main(String[] arguments) {
        CveCatalog catalog = CveCatalog.of(
                CnaTree.of(Inputs.file("feeds/vulnrichment-linux-2024-10.tar.xz")),
                CnaTree.of(Inputs.file("vulns.tar.xz")).asOf(NOW));
        BuildProfile profile = Inputs.buildTree()
                .<BuildProfile>map(KbuildTree::read)
                .orElseGet(() -> BuildProfile.unknown(KernelBuild.of(KernelVersion.parse(arguments[1]))));
        Path kev = Inputs.file("feeds/known_exploited_vulnerabilities.2026-08-07.json");
        Path epss = Inputs.file("feeds/epss-linux-cna-2026-08-16.csv.gz");
        Prioritizer standard = Prioritizers.boost(
                Prioritizers.boost(
                        Prioritizers.standard(Weights.STANDARD, KernelTraits.of(profile)),
                        Prioritizers.exploited(KevFile.read(kev).content(), NOW)),
                Prioritizers.epss(EpssFile.read(epss).content(), NOW));

        List<Finding> byCvss =
                Triage.of(catalog).with(Prioritizers.cvss()).against(profile).affected();
        List<Finding> byAll = Triage.of(catalog).with(standard).against(profile).affected();
        Map<CveId, Integer> before = new HashMap<>();
        IntStream.range(0, byCvss.size())
                .forEach(place -> before.put(byCvss.get(place).cve().id(), place + 1));
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %d affected, %d of them rated%n",
                profile.kernel().release(),
                profile.provenance(),
                byAll.size(),
                byAll.stream().filter(found -> found.cve().cvss().isPresent()).count());
        System.out.println("first ten of the standard ranking:");
        IntStream.range(0, Math.min(10, byAll.size())).forEach(place -> line(byAll.get(place), before, place + 1));
        System.out.println("moved most:");
        IntStream.range(0, byAll.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer place) ->
                        -Math.abs(before.getOrDefault(byAll.get(place).cve().id(), 0) - place - 1)))
                .limit(SHOWN)
                .forEach(place -> line(byAll.get(place), before, place + 1));
    }

    private static void line(Finding finding, Map<CveId, Integer> before, int place) {
        String reasons = finding.priority().orElseThrow().reasons().stream()
                .filter(reason -> reason.points().orElse(0) > 0)
                .sorted(Comparator.comparingDouble(
                        (Reason reason) -> -reason.points().getAsDouble()))
                .map(reason ->
                        String.format(Locale.ROOT, "%+.0f %s", reason.points().getAsDouble(), reason.text()))
                .collect(Collectors.joining(" "));
        System.out.printf(
                Locale.ROOT,
                "  %4d -> %4d  %s %s | %s%n",
                before.get(finding.cve().id()),
                place,
                finding.cve().id(),
                finding.cve().title(),
                reasons);
    }
}
