package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.mail.MergedSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads archives and prints what each message says. */
@Command(
        name = "announcements",
        description = "Print one JSON line per message of the archives, and at the end, on the error stream, the cursor"
                + " to go on from with --after.")
final class AnnouncementsCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    MailOption mail = new MailOption();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "mbox, plain or compressed (gzip, bzip2, xz, zstd); - for standard input")
    private List<String> archives = List.of();

    @Option(
            names = "--merge",
            description = "read all archives as one, by time, and each message once, however many have it")
    private boolean merged;

    @Option(names = "--after", paramLabel = "CURSOR", description = "print only what came after a cursor")
    private String after = Cursor.START.text();

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description =
                    "append the lines to a file, each behind its cursor, and go on behind the last of them: none is"
                            + " lost or repeated, also if this is killed")
    private @Nullable Path ledger;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "with --ledger: look for new messages again and again, with such a pause (90s, 15m, 1h)")
    private @Nullable Duration pause;

    AnnouncementsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<CveSource> sources = sources();
        return ledger == null ? print(sources) : follow(sources, ledger);
    }

    private int follow(List<CveSource> sources, Path file) {
        if (sources.size() > 1 || !after.isEmpty()) {
            throw refusal("A ledger is one of a single archive, or of several with --merge, and knows its cursor.");
        }
        try {
            Follow.Ledger kept = new Follow.FileLedger(file);
            if (pause == null) {
                Follow.once(sources.get(0), kept, context());
            } else {
                Follow.forever(sources.get(0), kept, pause, context());
            }
            return ExitCode.OK;
        } catch (SourceException fault) {
            console.complain(fault.getMessage());
        } catch (IOException e) {
            console.complain("The ledger " + file + " cannot be kept: " + Unusable.reason(e) + ".");
        }
        return ExitCode.SOFTWARE;
    }

    private int print(List<CveSource> sources) {
        int status = ExitCode.OK;
        for (CveSource source : sources) {
            Cursor cursor = new Cursor(after);
            try (CveStream events = source.open(cursor, context())) {
                while (events.hasNext() && !console.isClosed()) {
                    CveEvent event = events.next();
                    cursor = event.cursor();
                    console.print(Json.line(event));
                }
            } catch (SourceException fault) {
                console.complain(fault.getMessage());
                status = ExitCode.SOFTWARE;
            }
            if (!cursor.equals(Cursor.START)) {
                console.complain("cursor of " + source.id() + ": " + cursor);
            }
        }
        return status;
    }

    /** What a source notices is told, but for the copies that are left out: these are what merging is for. */
    private Context context() {
        Context context = console.context();
        return merged
                ? context
                : context.with(event -> {
                    context.tell(event);
                    if (event instanceof Event.Noted noted) {
                        console.complain(noted.message());
                    }
                });
    }

    private List<CveSource> sources() {
        List<CveSource> sources = new ArrayList<>();
        try {
            sources.addAll(Archives.open(archives, System.in, mail.options()));
            sources.addAll(mail.sources());
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
        if (sources.isEmpty()) {
            throw refusal("There is nothing to read: name a FILE, or --maildir, --public-inbox, --imap or --pop3.");
        }
        if (sources.size() > 1 && merged) {
            return List.of(MergedSource.of(sources));
        }
        if (sources.size() > 1 && !after.isEmpty()) {
            throw refusal("A cursor is one of a single archive, or of several with --merge.");
        }
        return sources;
    }

    private ParameterException refusal(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
