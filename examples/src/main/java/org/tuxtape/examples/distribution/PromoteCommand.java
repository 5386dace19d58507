package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.rollout.KernelPatches;
import org.tuxtape.archive.rollout.NodeReports;
import org.tuxtape.archive.rollout.Promoter;
import org.tuxtape.archive.rollout.PromotionDecision;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.core.Context;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes on where the nodes' reports allow it, and stops where they forbid it. To be run by a timer. */
@Command(
        name = "promote",
        description =
                "Promote or block patches by what nodes report, and say why. Exit status 1 if one was blocked, is held "
                        + "since too few nodes have it, or a report could not be read.")
final class PromoteCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private SigningOptions archive = new SigningOptions();

    @Option(names = "--reports", required = true, paramLabel = "DIR", description = "where the nodes' reports are")
    private Path reports = Path.of("");

    @Option(names = "--dry-run", description = "say what would be done, and change nothing")
    private boolean dryRun;

    @Option(names = "--who", paramLabel = "NAME", description = "who answers for it; default ${DEFAULT-VALUE}")
    private String who = "promoter";

    @Mixin
    private FormatOption format = new FormatOption();

    PromoteCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        Context context = machine.context();
        PatchArchive opened = archive.open();
        NodeReports read = NodeReports.read(reports, context);
        read.unreadable().forEach(each -> console.complain(each.file() + " is no report: " + each.reason()));
        List<Decided> decided = new ArrayList<>();
        if (dryRun) {
            decide(opened, Policies.read(opened), read, context, decided);
        } else {
            Policies.change(opened, context, policy -> decide(opened, policy, read, context, decided));
        }
        decided.forEach(each -> console.print(format.isJson() ? ArchiveJson.of(each) : ArchiveText.of(each)));
        boolean isWell = read.unreadableCount() == 0 && decided.stream().noneMatch(Decided::needsAPerson);
        return isWell ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private RolloutPolicy decide(
            PatchArchive opened, RolloutPolicy policy, NodeReports read, Context context, List<Decided> decided) {
        RolloutPolicy next = policy;
        for (PublishedKernel kernel : PublishedKernel.all(opened)) {
            KernelPatches patches = KernelPatches.of(kernel.index());
            for (PromotionDecision decision : Promoter.decide(
                    policy, patches, read.reports(), context.clock().instant())) {
                decided.add(new Decided(patches.kernel(), decision));
                next = next.with(decision, who);
            }
        }
        return next;
    }
}
