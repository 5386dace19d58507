package org.tuxtape.examples.build;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Words;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The commands that make livepatches. */
public final class BuildCommands {
    private BuildCommands() {}

    public static List<CommandLine> of(Console console, Workshop workshop, Machine machine) {
        CommandLine store = new CommandLine(new StoreCommand.Group())
                .addSubcommand(new StoreCommand.ListAll(console))
                .addSubcommand(new StoreCommand.Verify(console))
                .addSubcommand(new StoreCommand.ReviewOne(console))
                .addSubcommand(new StoreCommand.Prune(console));
        List<CommandLine> commands = List.of(
                new CommandLine(new LintCommand(console)),
                new CommandLine(new BuildCommand(console, workshop)),
                new CommandLine(new RunCommand(console, workshop, machine)),
                store);
        for (CommandLine command : commands) {
            command.registerConverter(Duration.class, Words::duration);
            command.registerConverter(FixArgument.class, FixArgument::parse);
            command.registerConverter(
                    LivepatchName.class, text -> wanted(() -> LivepatchName.parse(text), "the name of a module"));
            command.registerConverter(
                    BuildKey.class, text -> wanted(() -> new BuildKey(text), "a key of 64 hexadecimal digits"));
        }
        return commands;
    }

    private static <T> T wanted(Supplier<T> reading, String form) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("it takes " + form);
        }
    }
}
