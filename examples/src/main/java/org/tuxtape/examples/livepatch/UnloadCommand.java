package org.tuxtape.examples.livepatch;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes modules. */
@Command(name = "unload", description = "Remove the module of a livepatch that is disabled or was replaced.")
final class UnloadCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    /** One module, or all that are of no use any more. */
    static final class What {
        @Parameters(paramLabel = "NAME", description = "the livepatch")
        private Optional<LivepatchName> name = Optional.empty();

        @Option(names = "--leftovers", description = "every livepatch that is not in force any more")
        private boolean leftovers;
    }

    @Mixin
    private FormatOption format = new FormatOption();

    UnloadCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        return what.leftovers ? unloadLeftovers() : unload(what.name.orElseThrow());
    }

    private int unload(LivepatchName name) {
        return new Change(console, machine, format.isJson())
                .make(
                        machine.controller(),
                        name,
                        LivepatchText.REMOVED,
                        (controller, context) -> controller.unload(name, context));
    }

    private int unloadLeftovers() {
        Map<LivepatchName, TransitionOutcome> removals =
                machine.controller().build().removeLeftovers(machine.context());
        console.print(format.isJson() ? LivepatchJson.leftovers(removals) : text(removals));
        return removals.values().stream().allMatch(Change::isAsAsked) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String text(Map<LivepatchName, TransitionOutcome> removals) {
        return removals.isEmpty()
                ? "Nothing is left over."
                : removals.entrySet().stream()
                        .map(each -> LivepatchText.of(each.getKey(), LivepatchText.REMOVED, each.getValue()))
                        .collect(Collectors.joining("\n"));
    }
}
