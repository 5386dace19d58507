package org.tuxtape.examples.livepatch;

import java.util.concurrent.Callable;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Loads a module. */
@Command(name = "load", description = "Load a livepatch, and see every task switch over to it.")
final class LoadCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private ModuleArguments file = new ModuleArguments();

    @Mixin
    private PolicyOptions options = new PolicyOptions(PolicyOptions.AtDeadline.REVERSE);

    @Mixin
    private FormatOption format = new FormatOption();

    LoadCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        LivepatchModule module = file.read();
        TransitionPolicy policy = options.policy(machine.context().clock());
        return new Change(console, machine, format.isJson())
                .make(
                        machine.controller().audit(options.audit()),
                        module.manifest().name(),
                        LivepatchText.IN_FORCE,
                        (controller, context) -> controller.load(module, policy, context));
    }
}
