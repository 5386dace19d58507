package org.tuxtape.examples;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.feeds.CnaTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads records and prints what each says. */
@Command(
        name = "records",
        description = "Print one JSON line per CVE record of the trees, each fact with its source and age, and at the"
                + " end, on the error stream, the cursor to go on from with --after.")
final class RecordsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "TREE",
            arity = "1..*",
            description = "the kernel CNA's vulns tree, or records of cve.org's list: a directory, a tar, a zip or a"
                    + " bare git repository")
    private List<Path> trees = List.of();

    @Option(names = "--after", paramLabel = "CURSOR", description = "print only what came after a cursor")
    private String after = Cursor.START.text();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RecordsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (trees.size() > 1 && !after.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "A cursor is one of a single tree.");
        }
        Instant now = console.context().clock().instant();
        int status = ExitCode.OK;
        for (Path tree : trees) {
            Cursor cursor = Cursor.START; // one that is refused is none to go on from
            try (CveStream events = CnaTree.of(tree).open(new Cursor(after), console.context())) {
                cursor = new Cursor(after);
                while (events.hasNext() && !console.isClosed()) {
                    CveEvent event = events.next();
                    cursor = event.cursor();
                    console.print(Json.line(event, now));
                }
            } catch (SourceException fault) {
                console.complain(fault.getMessage());
                status = ExitCode.SOFTWARE;
            }
            if (!cursor.equals(Cursor.START)) {
                console.complain("cursor of " + tree + ": " + cursor);
            }
        }
        return status;
    }
}
