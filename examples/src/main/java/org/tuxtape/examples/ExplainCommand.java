package org.tuxtape.examples;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything that is known of one CVE, and who said it when. */
@Command(
        name = "explain",
        description =
                "Print every fact on a CVE with its origin and age, what texts say that disagree, and for a kernel"
                        + " the verdict and the parts of its score.")
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "CVE", arity = "1", description = "the CVE")
    private Optional<CveId> cve = Optional.empty();

    @Mixin
    private CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private KernelOptions kernels = new KernelOptions();

    @Mixin
    private ScoreOptions scores = new ScoreOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (catalog.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "There is nothing to read: name --archive or --records.");
        }
        CveId id = cve.orElseThrow();
        Context context = console.context();
        Instant now = context.clock().instant();
        Optional<Target> kernel = kernel(context);
        CveCatalog read = CveCatalog.read(catalog.sources(), context);
        read.faults().forEach(fault -> console.complain(fault.getMessage()));
        Optional<CatalogEntry> entry = CatalogOptions.find(id, read, console);
        if (entry.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        Explanation explanation =
                kernel.map(known -> explain(entry.get(), known, now)).orElseGet(() -> Explanation.of(entry.get()));
        console.print(format.isJson() ? explanation.json(now) : explanation.text(now));
        return read.faults().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Optional<Target> kernel(Context context) {
        List<Target> named = kernels.areNamed() ? kernels.read(context) : List.of();
        if (named.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "A CVE is explained for one kernel, and several are named.");
        }
        return named.stream().findFirst();
    }

    private Explanation explain(CatalogEntry entry, Target kernel, Instant now) {
        Prioritizer prioritizer = scores.prioritizers(now, console).apply(KernelTraits.of(kernel.profile()));
        return Explanation.of(entry, kernel, prioritizer, console.context());
    }
}
