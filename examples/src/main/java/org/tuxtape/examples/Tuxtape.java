package org.tuxtape.examples;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code examples/tuxtape}. */
@Command(
        name = "tuxtape",
        description = "From a kernel CVE's announcement to the verdict for your own kernel.",
        subcommands = {AnnouncementsCommand.class, ProfileCommand.class, TriageCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was read and printed",
            "1:something could not be read; what was read before is printed",
            "2:the call was not understood"
        },
        mixinStandardHelpOptions = true)
final class Tuxtape {

    private Tuxtape() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        int status = commandLine(out, System.err).execute(arguments);
        out.flush();
        System.exit(status);
    }

    static CommandLine commandLine(PrintStream out, PrintStream err) {
        Console console = new Console(out, err);
        CommandLine line = new CommandLine(new Tuxtape(), new CommandFactory(console));
        line.registerConverter(KernelVersion.class, KernelVersion::parse);
        line.registerConverter(CveId.class, CveId::parse);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof TuxtapeException) {
                console.complain(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }

    /** Hands the console to the commands, so that tests can read what they print. */
    private record CommandFactory(Console console) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == AnnouncementsCommand.class) {
                return type.cast(new AnnouncementsCommand(console));
            }
            if (type == ProfileCommand.class) {
                return type.cast(new ProfileCommand(console));
            }
            if (type == TriageCommand.class) {
                return type.cast(new TriageCommand(console));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
