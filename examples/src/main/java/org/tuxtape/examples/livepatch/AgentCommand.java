package org.tuxtape.examples.livepatch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.tuxtape.agent.Agent;
import org.tuxtape.agent.AgentOptions;
import org.tuxtape.agent.AgentOutcome;
import org.tuxtape.agent.AgentRun;
import org.tuxtape.agent.MaintenanceWindow;
import org.tuxtape.archive.ArchiveClient;
import org.tuxtape.archive.ArchiveLocation;
import org.tuxtape.archive.TrustedFor;
import org.tuxtape.archive.rollout.Node;
import org.tuxtape.archive.rollout.ReportSink;
import org.tuxtape.core.Context;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Interrupt;
import org.tuxtape.examples.RootFiles;
import org.tuxtape.examples.Unusable;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a timer on each machine calls; see examples/systemd. */
@Command(
        name = "agent",
        description = "Bring this machine to what an archive offers it: take, try, accept or take back, and report.")
public final class AgentCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--archive",
            required = true,
            paramLabel = "ARCHIVE",
            description = "an address, a directory or a bundle")
    private String archive = "";

    @Option(
            names = "--root",
            required = true,
            paramLabel = "FILE",
            description = "the archive's root, put here by whoever set up this machine")
    private Path root = Path.of("");

    @Option(
            names = "--trust-bundle-for",
            paramLabel = "TIME",
            description = "how long a bundle is taken after it has expired; default not at all")
    private Duration grace = Duration.ZERO;

    @Option(names = "--node", required = true, paramLabel = "ID", description = "what this machine is known by")
    private String node = "";

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "what puts it into a ring, such as canary. May be repeated")
    private List<String> tags = List.of();

    @Option(
            names = "--reports",
            required = true,
            paramLabel = "TO",
            description = "where it reports: a directory, or an http or https address")
    private String reports = "";

    @Option(
            names = "--freeze",
            paramLabel = "FILE",
            description = "while there is such a file, nothing is changed; default freeze, in the agent's directory")
    private Optional<Path> freeze = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "TIMES",
            description =
                    "when a patch may be taken, such as 'Sat,Sun 02:00-05:00 Europe/Berlin'; default always. May be"
                            + " repeated. What is withdrawn is taken back at any time")
    private List<String> windows = List.of();

    @Option(names = "--jitter", paramLabel = "TIME", description = "wait up to this long before the archive is asked")
    private Duration jitter = Duration.ZERO;

    @Option(names = "--dry-run", description = "say what would be done")
    private boolean isDryRun;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private TrialOptions trial = new TrialOptions();

    public AgentCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        try (Interrupt interrupt = new Interrupt()) {
            Context context = machine.context().with(interrupt.token());
            Agent agent = Unusable.unless(this::agent);
            if (isDryRun) {
                return print(agent.rehearse(context));
            }
            AgentRun run = agent.run(context);
            run.reportFault().ifPresent(fault -> console.complain("A report did not arrive: " + fault.getMessage()));
            return print(run.outcome());
        }
    }

    private int print(AgentOutcome outcome) {
        console.print(AgentText.of(outcome));
        console.out().flush();
        return AgentText.isWell(outcome) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Agent agent() {
        AgentOptions options = AgentOptions.of(
                        new Node(node, new TreeSet<>(tags)), store.directory().resolve("agent"))
                .with(trial.accepting())
                .waitingUpTo(jitter);
        options = freeze.map(options::freezingBy).orElse(options);
        for (String window : windows) {
            options = options.within(MaintenanceWindow.parse(window, ZoneId.systemDefault()));
        }
        for (Map.Entry<String, HealthProbe> probe : trial.probes().entrySet()) {
            options = options.probing(probe.getKey(), probe.getValue());
        }
        return Agent.of(machine.controller().build(), store.open(machine), machine.files(), client(), sink(), options);
    }

    private ArchiveClient client() {
        ArchiveLocation location = ArchiveLocation.parse(archive);
        if (location instanceof ArchiveLocation.BundleFile bundle) {
            location = new ArchiveLocation.BundleFile(bundle.file(), new TrustedFor(grace));
        } else if (!grace.isZero()) {
            throw new Unusable("Only a bundle is taken after it has expired, and " + archive + " is none.");
        }
        return ArchiveClient.of(location, store.directory().resolve("archive"), RootFiles.read(root));
    }

    private ReportSink sink() {
        return reports.startsWith("http://") || reports.startsWith("https://")
                ? ReportSink.http(URI.create(reports))
                : ReportSink.directory(Path.of(reports));
    }
}
