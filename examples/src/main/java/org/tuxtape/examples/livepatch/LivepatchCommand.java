package org.tuxtape.examples.livepatch;

import java.time.Duration;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/** The group of commands for a running kernel. */
@Command(name = "livepatch", description = "See and change the livepatches of this machine.")
public final class LivepatchCommand {
    @Mixin
    HelpOption help = new HelpOption();

    private LivepatchCommand() {}

    public static CommandLine of(Console console, Machine machine) {
        CommandLine line = new CommandLine(new LivepatchCommand())
                .addSubcommand(new ListCommand(console, machine))
                .addSubcommand(new PlanCommand(console, machine))
                .addSubcommand(new LogCommand(console, machine))
                .addSubcommand(new LoadCommand(console, machine))
                .addSubcommand(new WatchCommand(console, machine))
                .addSubcommand(new DisableCommand(console, machine))
                .addSubcommand(new UnloadCommand(console, machine))
                .addSubcommand(new ProveCommand(console, machine))
                .addSubcommand(new TrialCommand.Try(console, machine))
                .addSubcommand(new TrialCommand.Resume(console, machine))
                .addSubcommand(new VerdictCommand.Accept(console, machine))
                .addSubcommand(new VerdictCommand.TurnDown(console, machine))
                .addSubcommand(new VerdictCommand.Allow(console, machine))
                .addSubcommand(new BootCommand(console, machine));
        line.registerConverter(Duration.class, Words::duration);
        line.registerConverter(LivepatchName.class, LivepatchCommand::name);
        return line;
    }

    private static LivepatchName name(String text) {
        try {
            return LivepatchName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("it takes the name of a livepatch module");
        }
    }
}
