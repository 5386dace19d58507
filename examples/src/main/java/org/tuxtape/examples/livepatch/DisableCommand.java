package org.tuxtape.examples.livepatch;

import java.util.concurrent.Callable;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a livepatch out of force. */
@Command(name = "disable", description = "Take a livepatch out of force, and see every task switch back.")
final class DisableCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "the livepatch; its module stays loaded, see unload")
    private LivepatchName name = new LivepatchName("none");

    @Mixin
    private PolicyOptions options = new PolicyOptions(PolicyOptions.AtDeadline.REVERSE);

    @Mixin
    private FormatOption format = new FormatOption();

    DisableCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        TransitionPolicy policy = options.policy(machine.context().clock());
        return new Change(console, machine, format.isJson())
                .make(
                        machine.controller().audit(options.audit()),
                        name,
                        LivepatchText.OUT_OF_FORCE,
                        (controller, context) -> controller.disable(name, policy, context));
    }
}
