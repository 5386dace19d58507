package org.tuxtape.examples.build;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Interrupt;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.compose.CompositionPolicy;
import org.tuxtape.kpatch.compose.CompositionPolicy.Depth;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.kpatch.tree.TreeLease;
import org.tuxtape.kpatch.tree.TreePool;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job of this part: fixes and a build tree in, modules out. */
@Command(name = "build", description = "Build livepatches from fixes: a module for each, or one for all.")
final class BuildCommand implements Callable<Integer> {
    private final Console console;
    private final Workshop workshop;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private FixOptions fixes = new FixOptions();

    @Mixin
    private ToolOptions tools = new ToolOptions();

    @Option(
            names = "--store",
            required = true,
            paramLabel = "DIR",
            description = "where modules, manifests and logs are kept, and found again")
    private Path store = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "of the module; default livepatch_YYYY_NNNN after the CVE, or livepatch_cumulative")
    private Optional<LivepatchName> name = Optional.empty();

    @Option(
            names = "--cumulative",
            description = "all fixes in one module; those that break it are found, named and left out")
    private boolean cumulative;

    @Option(names = "--max-builds", paramLabel = "N", description = "how many builds --cumulative may take")
    private OptionalInt mostBuilds = OptionalInt.empty();

    @Option(
            names = "--depth",
            paramLabel = "DEPTH",
            description =
                    "what the builds of --cumulative are spent on: isolate, to find what fits, or explain, also with "
                            + "what the rest conflicts, and what changes nothing; default explain")
    private Optional<Depth> depth = Optional.empty();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "how many builds at once, each in a clone of the tree that is kept in the scratch directory; "
                    + "default 1, in the tree itself")
    private int parallel = 1;

    @Option(
            names = "--despite-lint",
            description = "build also what lint calls impossible or without effect, to see how right it is")
    private boolean despiteLint;

    @Mixin
    private TrialOption trial = new TrialOption();

    @Option(names = "--verbose", description = "print the tool's lines to standard error")
    private boolean verbose;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BuildCommand(Console console, Workshop workshop) {
        this.console = console;
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        check(
                parallel == 1 || (parallel > 1 && !cumulative),
                "--parallel takes 1 or more, and more than 1 not with --cumulative.");
        check(mostBuilds.orElse(1) >= 1, "--max-builds takes 1 or more.");
        check(
                cumulative || (mostBuilds.isEmpty() && depth.isEmpty()),
                "--max-builds and --depth are of the builds of --cumulative, which is not asked for.");
        try (Interrupt interrupt = new Interrupt()) {
            Context context = context().with(interrupt.token());
            BuildTree tree = tools.openTree();
            // What a tool that was killed has left in the tree is put back, so that everybody reads the real source.
            tree.lease("to look at it", tools.options(tree).patience(), context).close();
            FixOptions.Wishes wishes = fixes.find(tree, context);
            check(
                    name.isEmpty() || cumulative || wishes.wanted().size() <= 1,
                    "--name is for one module; for several fixes in it, say --cumulative.");
            boolean allFine = build(tree, wishes, context);
            console.out().flush();
            return allFine ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private void check(boolean understood, String otherwise) {
        if (!understood) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private Context context() {
        return verbose ? Context.standard().with(this::printLine) : console.context();
    }

    private void printLine(Event event) {
        if (event instanceof Event.Logged logged) {
            console.err().println(Console.harmless(logged.line()));
        }
    }

    private boolean build(BuildTree tree, FixOptions.Wishes wishes, Context context) {
        BuilderOptions options = tools.options(tree);
        LivepatchTool tool = tools.tool(tree);
        ArtefactStore kept = ArtefactStore.open(store.toAbsolutePath(), context);
        LintGate gate = trial.apply(LintGate.of(tool, tree, context), tree, options);
        if (cumulative) {
            return new CumulativeBuild(
                            workshop.builder(tool, tree, kept, options),
                            new CompositionPolicy(
                                    mostBuilds,
                                    depth.orElse(CompositionPolicy.standard().depth())),
                            this::print,
                            context)
                    .run(wishes, fixes -> request(tree, fixes, "livepatch_cumulative"), gate, despiteLint);
        }
        List<PatchBuilder> builders = trees(tree, options, context).stream()
                .map(each -> workshop.builder(tool, each, kept, options))
                .toList();
        return new SingleBuilds(builders, kept, this::print, context)
                .run(wishes.wanted(), fix -> request(tree, List.of(fix), after(fix)), gate, despiteLint);
    }

    private static String after(Fix fix) {
        return fix.cve().toString().replace("CVE", "livepatch");
    }

    private BuildRequest request(BuildTree tree, List<Fix> fixes, String unlessNamed) {
        return new BuildRequest(
                name.orElseGet(() -> LivepatchName.parse(unlessNamed)), tree.kernel(), fixes, tools.replacement());
    }

    /** The tree, or as many clones of it as there are builds at once. */
    private List<BuildTree> trees(BuildTree tree, BuilderOptions options, Context context) {
        if (parallel == 1) {
            return List.of(tree);
        }
        TreePool pool = TreePool.open(options.scratch().resolve("clones"), tools.room(options.scratch()));
        Deque<TreeLease> leases = new ArrayDeque<>();
        try {
            for (int i = 0; i < parallel; i++) {
                leases.add(pool.lease(tree, "to build livepatches in it", options.patience(), context));
            }
            return leases.stream().map(TreeLease::tree).toList();
        } finally {
            leases.forEach(TreeLease::close); // each build takes its tree for itself
        }
    }

    private void print(FixResult result) {
        console.print(format.isJson() ? BuildJson.of(result) : BuildText.of(result));
        console.out().flush();
    }
}
