package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the policy as text, which is edited and set again. */
@Command(name = "policy", description = "Print the policy in force, or put another one in force.")
final class PolicyCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private SigningOptions archive = new SigningOptions();

    @Option(
            names = "--set",
            paramLabel = "FILE",
            description =
                    "the new policy, in the form that is printed; what was promoted or withdrawn meanwhile is lost")
    private Optional<Path> file = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    PolicyCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        PatchArchive opened = archive.open();
        file.map(Policies::read).ifPresent(wanted -> opened.changePolicy(before -> wanted.toText(), machine.context()));
        RolloutPolicy policy = Policies.read(opened);
        if (format.isJson()) {
            console.print(ArchiveJson.of(policy));
        } else {
            console.out().print(policy.toText());
        }
        return ExitCode.OK;
    }
}
