package org.tuxtape.examples.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.pipeline.Loading;
import org.tuxtape.core.pipeline.Pipeline;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Target;
import org.tuxtape.examples.CatalogOptions;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Interrupt;
import org.tuxtape.examples.ScoreOptions;
import org.tuxtape.examples.livepatch.Machine;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.LintScreen;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.compose.IsolatingComposer;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.mail.notice.NoticeMail;
import org.tuxtape.profile.KbuildTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole way for one kernel: CVEs in, a report of what became of each out. */
@Command(
        name = "run",
        description =
                "Take the CVEs that a kernel has through fix, lint, build, review and load, as far as is asked for.")
final class RunCommand implements Callable<Integer> {
    private final Console console;
    private final Workshop workshop;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private CatalogOptions catalogs = new CatalogOptions();

    @Mixin
    private ScoreOptions scores = new ScoreOptions();

    @Mixin
    private ToolOptions tools = new ToolOptions();

    @Mixin
    private FixesOption fixes = new FixesOption();

    @Mixin
    private RunOptions wishes = new RunOptions();

    @Option(
            names = "--store",
            required = true,
            paramLabel = "DIR",
            description = "where modules, manifests and reviews are kept, and found again by the next run")
    private Path store = Path.of("");

    @Option(names = "--cumulative", description = "also put all fixes that build into one module")
    private boolean cumulative;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "keep the report there too: index.html, report.json and report.txt")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private NotifyOptions notify = new NotifyOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(Console console, Workshop workshop, Machine machine) {
        this.console = console;
        this.workshop = workshop;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        if (catalogs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "CVEs are needed: --archive FILE or --records TREE.");
        }
        Optional<NoticeMail> mail = notify.mail(store.resolveSibling(store.getFileName() + ".notices"));
        try (Interrupt interrupt = new Interrupt()) {
            Context context = console.context()
                    .with(interrupt.token())
                    .with(machine.context().clock())
                    .sleepingBy(machine.context().sleeper());
            PipelineReport report = Pipeline.of(catalogs.sources())
                    .ranking(scores.prioritizers(context.clock().instant(), console))
                    .taking(wishes.selection())
                    .run(List.of(workbench(context)), context);
            console.print(format.isJson() ? KeptRun.json(report) : RunText.of(report));
            console.out().flush();
            Optional<KeptRun> kept = out.map(KeptRun::new);
            kept.ifPresent(directory -> directory.write(report));
            mail.ifPresent(
                    channel -> console.err().println(notify.tell(channel, report, kept.map(KeptRun::page), context)));
            return report.faults().isEmpty() && !report.isCancelled() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private Workbench workbench(Context context) {
        FixSource known = fixes.open()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "Fixes are needed: --fixes SOURCE."));
        BuildTree tree = tools.openTree();
        BuilderOptions options = tools.options(tree);
        LivepatchTool tool = tools.tool(tree);
        ArtefactStore kept = ArtefactStore.open(store.toAbsolutePath(), context);
        Optional<Loading> loading = wishes.loading(machine.controller().build(), cumulative);
        // What a tool that was killed has left in the tree is put back, so that everybody reads the real source.
        tree.lease("to look at it", options.patience(), context).close();
        LintScreen screen =
                LintGate.of(tool, tree, context).trying(tree, options).screen().with(options.scripts());
        BuildProfile profile = screen.profile().orElseGet(() -> KbuildTree.read(tree.directory(), context));
        SourceDirectory source = SourceDirectory.of(tree.directory());
        Workbench bench = wishes.named(
                        Workbench.of(Target.of(profile).with(source).with(known)))
                .screening(screen)
                .building(workshop.builder(tool, tree, kept, options))
                .replacing(tools.replacement())
                .reviewedBy(wishes.reviews(kept), wishes.policy());
        bench = cumulative
                ? bench.composing(IsolatingComposer.with(composer -> composer.against(source::text)))
                : bench;
        return loading.map(bench::loading).orElse(bench);
    }
}
