package org.tuxtape.examples;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.feeds.CnaTree;
import org.tuxtape.feeds.EpssFile;
import org.tuxtape.feeds.Feed;
import org.tuxtape.feeds.KevFile;
import org.tuxtape.profile.KbuildTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job: archives and a build tree in, ranked and explained CVEs out. */
@Command(
        name = "triage",
        description = "Rank the CVEs that a kernel has, and say why. Without options: a small bundled sample.")
final class TriageCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--archive",
            arity = "1..*",
            paramLabel = "FILE",
            description = "mbox, plain or compressed (gzip, bzip2, xz, zstd); - for standard input")
    private List<String> archives = List.of();

    @Option(
            names = "--records",
            paramLabel = "TREE",
            description =
                    "the kernel CNA's vulns tree: a directory, a tar or a zip; what it says holds over the archives")
    private Optional<Path> records = Optional.empty();

    @Option(names = "--build-tree", paramLabel = "DIR", description = "a kernel tree after make")
    private Optional<Path> buildTree = Optional.empty();

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "the upstream version to judge by; alone, without a tree, only versions speak")
    private Optional<KernelVersion> kernel = Optional.empty();

    @Option(
            names = "--kev",
            paramLabel = "FILE",
            description = "CISA's list of exploited vulnerabilities, JSON: what it lists rises")
    private Optional<Path> kev = Optional.empty();

    @Option(
            names = "--epss",
            paramLabel = "FILE",
            description = "a day's EPSS scores, CSV or CSV with gzip: what is likely to be exploited rises")
    private Optional<Path> epss = Optional.empty();

    @Option(names = "--cve", paramLabel = "ID", description = "explain the verdict on this CVE, whatever it is")
    private Optional<CveId> cve = Optional.empty();

    @Option(names = "--all", description = "list settled verdicts too: fixed and not affected")
    private boolean all;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TriageCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Context context = console.context();
        BuildProfile profile = profile(context);
        CveCatalog catalog = CveCatalog.read(sources(), context);
        catalog.faults().forEach(fault -> console.complain(fault.getMessage()));
        if (catalog.messages() == 0 && !catalog.faults().isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        TriageReport report =
                Triage.of(catalog).with(prioritizer(context)).with(context).against(profile);
        Selection selection = new Selection(cve, all);
        console.print(format.isJson() ? Json.of(report, selection) : TextReport.of(report, catalog, selection));
        return report.faults().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Prioritizer prioritizer(Context context) {
        Instant now = context.clock().instant();
        Prioritizer prioritizer = Prioritizers.standard();
        if (kev.isPresent()) {
            prioritizer =
                    Prioritizers.boost(prioritizer, Prioritizers.exploited(content(KevFile.read(kev.get())), now));
        }
        if (epss.isPresent()) {
            prioritizer = Prioritizers.boost(prioritizer, Prioritizers.epss(content(EpssFile.read(epss.get())), now));
        }
        return prioritizer;
    }

    private <T> T content(Feed<T> feed) {
        feed.remarks().forEach(remark -> console.complain(remark.reason() + " " + remark.excerpt()));
        return feed.content();
    }

    private List<CveSource> sources() {
        List<CveSource> sources = new ArrayList<>(Archives.open(archives(), System.in));
        records.map(CnaTree::of).ifPresent(sources::add);
        return sources;
    }

    private List<String> archives() {
        if (!archives.isEmpty() || records.isPresent()) {
            return archives;
        }
        if (buildTree.isPresent() || kernel.isPresent()) {
            console.complain(
                    "Neither --archive nor --records is named: only the announcements of the bundled sample are judged.");
        }
        return List.of(Sample.archive().toString());
    }

    private BuildProfile profile(Context context) {
        boolean noKernel = buildTree.isEmpty() && kernel.isEmpty();
        if (noKernel && !(archives.isEmpty() && records.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Beside --archive and --records a kernel is needed: --build-tree DIR or --kernel VERSION.");
        }
        Optional<Path> tree = noKernel ? Optional.of(Sample.buildTree()) : buildTree;
        if (tree.isEmpty()) {
            return BuildProfile.unknown(KernelBuild.of(kernel.orElseThrow()));
        }
        BuildProfile profile = KbuildTree.read(tree.get(), context);
        return kernel.map(version -> profile.as(profile.kernel().withVersion(version)))
                .orElse(profile);
    }
}
