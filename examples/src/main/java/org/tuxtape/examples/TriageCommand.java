package org.tuxtape.examples;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Target;
import org.tuxtape.core.triage.Triage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job: announcements, records and kernels in, ranked and explained CVEs out. */
@Command(
        name = "triage",
        description = "Rank the CVEs that a kernel has, and say why. Without options: a small bundled sample.")
final class TriageCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private CatalogOptions catalogs = new CatalogOptions();

    @Mixin
    private KernelOptions kernels = new KernelOptions();

    @Mixin
    private ScoreOptions scores = new ScoreOptions();

    @Option(names = "--cve", paramLabel = "ID", description = "explain the verdict on this CVE, whatever it is")
    private Optional<CveId> cve = Optional.empty();

    @Option(names = "--all", description = "list settled verdicts too: fixed and not affected")
    private boolean all;

    @Mixin
    private ReportFormat format = new ReportFormat();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TriageCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Context context = console.context();
        Instant now = context.clock().instant();
        List<Target> targets = targets(context);
        if (targets.size() > 1 && format.isOfOneKernel()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A VEX document is of one kernel, and several are named: ask for each by itself.");
        }
        CveCatalog catalog = CveCatalog.read(sources(), context);
        catalog.faults().forEach(fault -> console.complain(fault.getMessage()));
        if (catalog.messages() == 0 && !catalog.faults().isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        Function<KernelTraits, Prioritizer> prioritizers = scores.prioritizers(now, console);
        Selection selection = new Selection(cve, all);
        perTraits(targets).forEach((traits, alike) -> {
            Triage triage = Triage.of(catalog).with(prioritizers.apply(traits)).with(context);
            if (alike.size() == 1) {
                console.print(format.of(triage.against(alike.get(0)), catalog, selection, now));
            } else {
                triage.against(alike, report -> console.print(format.of(report, catalog, selection, now)));
            }
        });
        boolean known = cve.map(id -> CatalogOptions.find(id, catalog, console).isPresent())
                .orElse(true);
        return known && catalog.faults().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static Map<KernelTraits, List<Target>> perTraits(List<Target> targets) {
        return targets.stream()
                .collect(Collectors.groupingBy(
                        target -> KernelTraits.of(target.profile()), LinkedHashMap::new, Collectors.toList()));
    }

    private List<CveSource> sources() {
        if (!catalogs.isEmpty()) {
            return catalogs.sources();
        }
        if (kernels.areNamed()) {
            console.complain(
                    "Neither --archive nor --records is named: only the announcements of the bundled sample are judged.");
        }
        return CatalogOptions.sample();
    }

    private List<Target> targets(Context context) {
        if (!kernels.areNamed() && !catalogs.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Beside --archive and --records a kernel is needed: --build-tree DIR or --kernel VERSION.");
        }
        return kernels.read(context);
    }
}
