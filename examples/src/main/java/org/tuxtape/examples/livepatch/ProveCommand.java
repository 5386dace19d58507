package org.tuxtape.examples.livepatch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Interrupt;
import org.tuxtape.examples.Unusable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries many modules on a machine that is there for it. */
@Command(
        name = "prove",
        description = "Load livepatches one after another, print what the kernel says of the CVEs of each, and take it "
                + "out again. For a machine on which none is in force.")
final class ProveCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(arity = "1..*", paramLabel = "FILE.ko", description = "modules with their FILE.ko.manifest beside them")
    private List<Path> files = List.of();

    @Mixin
    private PolicyOptions options = new PolicyOptions(PolicyOptions.AtDeadline.REVERSE);

    @Mixin
    private FormatOption format = new FormatOption();

    ProveCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        List<LivepatchModule> modules = new ArrayList<>();
        files.forEach(file -> modules.add(new LivepatchModule(file, Manifests.read(Manifest.beside(file)))));
        TransitionPolicy policy = options.policy(machine.context().clock());
        int status = ExitCode.OK;
        try (Interrupt interrupt = new Interrupt();
                Progress progress = new Progress(console)) {
            LivepatchController controller = machine.controller()
                    .audit(options.audit())
                    .observer(progress)
                    .build();
            Context context = machine.context().with(interrupt.token());
            if (!controller.loaded().isEmpty()) {
                throw new Unusable("A livepatch is in force here, and would be replaced: "
                        + controller.loaded().get(0).name() + ".");
            }
            for (LivepatchModule module : modules) {
                context.cancellation().throwIfCancelled();
                LoadProof proof = LoadProof.of(controller, module, policy, context);
                console.print(format.isJson() ? LivepatchJson.line(proof) : LivepatchText.of(proof));
                console.out().flush();
                status = proof.isGiven() ? status : ExitCode.SOFTWARE;
            }
        }
        return status;
    }
}
