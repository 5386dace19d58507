package org.tuxtape.examples.livepatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.livepatch.sysfs.log.KernelEvent;
import org.tuxtape.livepatch.sysfs.log.KernelEventParser;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;
import org.tuxtape.livepatch.sysfs.log.LogEntry;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the kernel's log says of livepatches, and of trouble. */
@Command(name = "log", description = "Print what the kernel's log says of livepatches, and of trouble with its trace.")
final class LogCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** So many looks at a quiet log end a trace whose end was not seen. */
    private static final int QUIET_LOOKS = 10;

    private final Console console;
    private final Machine machine;
    private final KernelEventParser parser = new KernelEventParser();

    @Mixin
    HelpOption help = new HelpOption();

    @ArgGroup
    private Which which = new Which();

    /** A log that is complete, or one that grows. */
    static final class Which {
        @Parameters(
                paramLabel = "FILE",
                description = "a saved log, as dmesg, journalctl -k or a serial console give it; - for standard input; "
                        + "default the running kernel's")
        private Optional<String> saved = Optional.empty();

        @Option(names = "--follow", description = "go on as the running kernel's log grows, until Ctrl-C")
        private boolean follow;
    }

    @Mixin
    private FormatOption format = new FormatOption();

    LogCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        if (which.saved.isPresent()) {
            String file = which.saved.get();
            readSaved(Path.of(file.equals(STANDARD_INPUT) ? "/dev/stdin" : file));
        } else {
            readRunning();
        }
        return ExitCode.OK;
    }

    private void readSaved(Path file) {
        try (Stream<LogEntry> entries = KernelLog.parse(file)) {
            for (Iterator<LogEntry> each = entries.iterator(); each.hasNext() && !console.isClosed(); ) {
                print(parser.accept(each.next()));
            }
        }
        print(parser.finish());
    }

    private void readRunning() {
        try (KernelLogReader reader = KernelLog.open(machine.files())) {
            int quiet = 0;
            do {
                List<LogEntry> entries = reader.next();
                entries.forEach(entry -> print(parser.accept(entry)));
                quiet = entries.isEmpty() ? quiet + 1 : 0;
                if (quiet == QUIET_LOOKS) {
                    print(parser.finish());
                }
                if (quiet > 0 && which.follow) {
                    machine.context().pause(PAUSE);
                }
            } while (!console.isClosed() && (which.follow || quiet == 0));
            print(parser.finish());
        }
    }

    private void print(List<KernelEvent> events) {
        // JSON is one line per event, since a log that is followed has no end.
        events.forEach(event -> console.print(format.isJson() ? LivepatchJson.line(event) : LivepatchText.of(event)));
    }
}
