package org.tuxtape.examples.livepatch;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.livepatch.sysfs.SysfsController;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Sees a transition through that is running already. */
@Command(name = "watch", description = "See a running transition through, whoever began it. Ctrl-C leaves it running.")
final class WatchCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private PolicyOptions options = new PolicyOptions(PolicyOptions.AtDeadline.LEAVE);

    @Mixin
    private FormatOption format = new FormatOption();

    WatchCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        SysfsController.Builder controller = machine.controller().audit(options.audit());
        Optional<Livepatch> running = controller.build().machine().transition();
        if (running.isEmpty()) {
            console.print(format.isJson() ? LivepatchJson.alreadySo() : "No transition is running.");
            return ExitCode.OK;
        }
        TransitionPolicy policy = options.policy(machine.context().clock());
        return new Change(console, machine, format.isJson())
                .make(
                        controller,
                        running.get().name(),
                        running.get().enabled() ? LivepatchText.IN_FORCE : LivepatchText.OUT_OF_FORCE,
                        (watching, context) -> watching.watch(policy, context));
    }
}
