package org.tuxtape.examples;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.examples.build.BuildCommands;
import org.tuxtape.examples.build.Workshop;
import org.tuxtape.examples.distribution.ArchiveCommand;
import org.tuxtape.examples.livepatch.AgentCommand;
import org.tuxtape.examples.livepatch.LivepatchCommand;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code examples/tuxtape}. */
@Command(
        name = "tuxtape",
        description = "From a kernel CVE's announcement to a live patch that is proven to run.",
        subcommands = {
            AnnouncementsCommand.class,
            RecordsCommand.class,
            ProfileCommand.class,
            TriageCommand.class,
            ExplainCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was read and printed, or done",
            "1:something could not be read, and what was read before is printed; or it was not done, or the CVE is not"
                    + " known",
            "2:the call was not understood"
        })
final class Tuxtape {

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--version", versionHelp = true, description = "print the version and that of Java, and exit")
    boolean versionAsked;

    private Tuxtape() {}

    private static String version() {
        return Optional.ofNullable(Tuxtape.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .map(version -> "tuxtape " + version)
                .orElse("tuxtape");
    }

    public static void main(String[] arguments) {
        WatchedOutput output = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(output), false, StandardCharsets.UTF_8);
        int status = commandLine(new Console(out, System.err), Machine.ofThis(), Workshop.ofThisMachine())
                .execute(arguments);
        out.flush();
        if (output.failure().isPresent()) {
            System.err.println("tuxtape: The output could not be written: "
                    + output.failure().get().getMessage() + ".");
            status = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(status);
    }

    static CommandLine commandLine(Console console, Machine machine, Workshop workshop) {
        CommandLine line = new CommandLine(new Tuxtape(), new CommandFactory(console));
        line.getCommandSpec().version(version() + " (Java " + System.getProperty("java.version") + ")");
        BuildCommands.of(console, workshop, machine).forEach(line::addSubcommand);
        line.addSubcommand(ArchiveCommand.of(console, machine));
        line.addSubcommand(LivepatchCommand.of(console, machine));
        line.addSubcommand(new AgentCommand(console, machine));
        line.registerConverter(
                KernelVersion.class, text -> wanted(KernelVersion.tryParse(text), "a version such as 6.12.40"));
        line.registerConverter(
                CveId.class,
                text -> wanted(CveId.tryParse(text.toUpperCase(Locale.ROOT)), "an id such as CVE-2024-57903"));
        line.registerConverter(Duration.class, Words::duration);
        line.registerConverter(OptionalInt.class, text -> OptionalInt.of(Integer.parseInt(text)));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // else a misspelt option is one more value of an option that takes several
        line.setUnmatchedOptionsAllowedAsOptionParameters(false);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((failure, arguments) -> misunderstood(console, failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof TuxtapeException) {
                console.complain(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }

    /** Says what is wrong where it is seen: at the end of a page of options it would scroll away. */
    private static int misunderstood(Console console, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        console.complain(failure.getMessage());
        if (!command.getSubcommands().isEmpty() && !(failure instanceof UnmatchedArgumentException)) {
            command.usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        }
        if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
            command.getErr().print(command.getHelp().fullSynopsis());
        }
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        return CommandLine.ExitCode.USAGE;
    }

    private static <T> T wanted(Optional<T> value, String form) {
        return value.orElseThrow(() -> new CommandLine.TypeConversionException("it takes " + form));
    }

    /** Hands the console to the commands, so that tests can read what they print. */
    private record CommandFactory(Console console) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == AnnouncementsCommand.class) {
                return type.cast(new AnnouncementsCommand(console));
            }
            if (type == RecordsCommand.class) {
                return type.cast(new RecordsCommand(console));
            }
            if (type == ExplainCommand.class) {
                return type.cast(new ExplainCommand(console));
            }
            if (type == ProfileCommand.class) {
                return type.cast(new ProfileCommand(console));
            }
            if (type == ProfileDiffCommand.class) {
                return type.cast(new ProfileDiffCommand(console));
            }
            if (type == TriageCommand.class) {
                return type.cast(new TriageCommand(console));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
