package org.tuxtape.examples;

import java.util.List;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads archives and prints what each message says. */
@Command(name = "announcements", description = "Print one JSON line per message of the archives.")
final class AnnouncementsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "mbox, plain or compressed (gzip, bzip2, xz, zstd); - for standard input")
    private List<String> archives = List.of();

    AnnouncementsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Context context = console.context();
        int status = ExitCode.OK;
        for (CveSource source : Archives.open(archives, System.in)) {
            try (CveStream events = source.open(Cursor.START, context)) {
                while (events.hasNext() && !console.isClosed()) {
                    console.print(Json.line(events.next()));
                }
            } catch (SourceException fault) {
                console.complain(fault.getMessage());
                status = ExitCode.SOFTWARE;
            }
        }
        return status;
    }
}
