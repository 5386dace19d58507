package org.tuxtape.examples.livepatch;

import java.util.concurrent.Callable;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Says what a load would do, and changes nothing. */
@Command(name = "plan", description = "Say what loading a module would do, and what is in the way.")
final class PlanCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private ModuleArguments module = new ModuleArguments();

    @Mixin
    private FormatOption format = new FormatOption();

    PlanCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        LoadPlan plan = machine.controller().build().plan(module.read());
        console.print(format.isJson() ? LivepatchJson.of(plan) : LivepatchText.of(plan));
        return plan.isClear() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
