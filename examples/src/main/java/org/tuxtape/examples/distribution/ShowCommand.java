package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.archive.ArchiveState;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.Validity;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Unusable;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an archive holds, and how far it has come. */
@Command(
        name = "show",
        description =
                "Print until when the archive is trusted, and each patch with how far it has come. Exit status 1 if "
                        + "something has expired.")
final class ShowCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--archive", required = true, paramLabel = "DIR", description = "the archive's directory")
    private Path archive = Path.of("");

    @Mixin
    private FormatOption format = new FormatOption();

    ShowCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        PatchArchive opened = PatchArchive.open(archive, List.of(), Validity.standard());
        ArchiveState state = opened.state();
        console.print(format.isJson() ? ArchiveJson.of(state) : ArchiveText.of(state));
        Optional<RolloutPolicy> policy = opened.policy().map(text -> Unusable.unless(() -> RolloutPolicy.parse(text)));
        for (PublishedKernel kernel : PublishedKernel.all(opened)) {
            if (!format.isJson()) {
                console.print(Kernels.text(kernel.index().kernel()));
            }
            for (KernelIndex.Patch patch : kernel.index().patches()) {
                console.print(
                        format.isJson()
                                ? ArchiveJson.of(kernel.index().kernel(), patch, policy)
                                : ArchiveText.of(patch, policy));
            }
        }
        Instant now = machine.context().clock().instant();
        if (!now.isBefore(state.expires())) {
            console.complain("Nodes refuse this archive since " + state.expires() + ".");
            return ExitCode.SOFTWARE;
        }
        return ExitCode.OK;
    }
}
