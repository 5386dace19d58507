package org.tuxtape.examples.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.feeds.CnaTree;
import org.tuxtape.kpatch.compose.FixOrder;
import org.tuxtape.kpatch.fix.FixSources;
import org.tuxtape.kpatch.fix.OverlayFixSource;
import org.tuxtape.kpatch.fix.TreePairFixSource;
import org.tuxtape.kpatch.tree.BuildTree;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which fixes are meant: patches that the caller has, or those that a source has for a CVE. */
final class FixOptions {
    @Option(
            names = "--fix",
            arity = "1..*",
            paramLabel = FixArgument.LABEL,
            description =
                    "a patch; its CVE is the last one in its path unless it is named. Several patches of one CVE are "
                            + "its commits, in order")
    private List<FixArgument> patches = List.of();

    @Option(names = "--cve", arity = "1..*", paramLabel = "ID", description = "a CVE whose fix --fixes has")
    private List<CveId> cves = List.of();

    @Mixin
    private FixesOption fixes = new FixesOption();

    @Option(
            names = "--overlay",
            paramLabel = "DIR",
            description = "fixes that were adapted by hand, as CVE/BRANCH/*.patch; they win over --fixes")
    private Optional<Path> overlay = Optional.empty();

    @Option(
            names = "--newer-source",
            paramLabel = "DIR",
            description =
                    "the source of a later release of the same branch: the fix of a CVE is what differs in its files, "
                            + "where --fixes has none")
    private Optional<Path> newer = Optional.empty();

    @Option(
            names = "--records",
            paramLabel = "TREE",
            description =
                    "the kernel CNA's vulns tree: a directory, a tar, a zip or a bare git repository; it says which "
                            + "commits fix a CVE, and in which order")
    private Optional<Path> records = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** What is wanted, and in which order it is applied. */
    record Wishes(List<Wanted> wanted, Comparator<Fix> order) {}

    Wishes find(BuildTree tree, Context context) {
        KernelBuild kernel = tree.kernel();
        if (patches.isEmpty() && cves.isEmpty()) {
            throw misunderstood("What shall be fixed? --fix FILE, or --cve ID with --fixes SOURCE and --records TREE.");
        }
        if (!cves.isEmpty()
                && ((fixes.open().isEmpty() && overlay.isEmpty() && newer.isEmpty()) || records.isEmpty())) {
            throw misunderstood("To look up the fix of a CVE, --fixes SOURCE and --records TREE are needed.");
        }
        List<Wanted> wanted = new ArrayList<>(given(kernel));
        Optional<CveCatalog> catalog = records.map(place -> CveCatalog.read(List.of(CnaTree.of(place)), context));
        FixSource source = source(tree);
        for (CveId cve : cves) {
            wanted.add(catalog.orElseThrow()
                    .find(cve)
                    .flatMap(CatalogEntry::published)
                    .map(record -> wanted(source.find(record, kernel, context), cve))
                    .orElseGet(() -> new Wanted.Missing(cve, "The records have no such CVE.")));
        }
        return new Wishes(List.copyOf(wanted), catalog.map(FixOptions::order).orElseGet(FixOrder::asGiven));
    }

    private static Comparator<Fix> order(CveCatalog catalog) {
        List<Cve> known = catalog.entries().stream()
                .flatMap(entry -> entry.published().stream())
                .toList();
        return FixOrder.ofReleases(known);
    }

    private Collection<Wanted> given(KernelBuild kernel) {
        Map<CveId, List<FixArgument>> perCve = new LinkedHashMap<>();
        for (FixArgument patch : patches) {
            CveId cve = patch.cve()
                    .orElseThrow(() ->
                            misunderstood("Which CVE does " + patch.file() + " fix? Say --fix CVE-YYYY-NNNN=FILE."));
            perCve.computeIfAbsent(cve, id -> new ArrayList<>()).add(patch);
        }
        List<Wanted> given = new ArrayList<>();
        perCve.forEach((cve, files) -> given.add(new Wanted.Fixed(
                new Fix(
                        cve,
                        kernel.version().branch(),
                        files.stream().map(FixArgument::commit).toList()),
                files.stream().map(FixArgument::file).toList(),
                Optional.empty())));
        return given;
    }

    private FixSource source(BuildTree tree) {
        List<FixSource> sources = new ArrayList<>();
        fixes.open().ifPresent(sources::add);
        newer.ifPresent(directory -> sources.add(
                TreePairFixSource.of(tree.directory(), directory, tree.kernel().version())));
        FixSource others = sources.isEmpty()
                ? (cve, kernel, context) -> new FixLookup.Missing("Nobody has adapted one.")
                : FixSources.firstOf(sources);
        return overlay.<FixSource>map(directory -> OverlayFixSource.of(directory, others))
                .orElse(others);
    }

    private static Wanted wanted(FixLookup lookup, CveId cve) {
        if (lookup instanceof FixLookup.Found found) {
            return new Wanted.Fixed(found.fix(), List.of(), Optional.empty());
        }
        if (lookup instanceof FixLookup.NeedsBackport backport) {
            return new Wanted.Fixed(backport.fix(), List.of(), Optional.of(backport.reason()));
        }
        return new Wanted.Missing(cve, ((FixLookup.Missing) lookup).reason());
    }

    private ParameterException misunderstood(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
