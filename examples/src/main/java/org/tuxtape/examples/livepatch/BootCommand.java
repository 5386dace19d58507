package org.tuxtape.examples.livepatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Interrupt;
import org.tuxtape.livepatch.sysfs.trial.BootLoad;
import org.tuxtape.livepatch.sysfs.trial.BootReport;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a service manager calls when the machine comes up, has run for a while, and goes down. */
@Command(
        name = "boot",
        description = "Load the accepted livepatches, unless the kernel was booted with " + BootLoad.OFF + ".")
final class BootCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @ArgGroup
    private Moment moment = new Moment();

    /** When it is called, if not to load. */
    static final class Moment {
        @Option(
                names = "--settled",
                description =
                        "load nothing, but say that the machine does well: a crash is no longer held against them")
        private boolean settled;

        @Option(
                names = "--going-down",
                description = "load nothing, but say that the machine is being shut down in good order")
        private boolean goingDown;
    }

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "how long tasks may take to switch before that is reversed; default 60s")
    private Duration deadline = Duration.ofSeconds(60);

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private FormatOption format = new FormatOption();

    BootCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        PatchStore opened = store.open(machine);
        if (moment.settled) {
            opened.settled();
            return ExitCode.OK;
        }
        if (moment.goingDown) {
            opened.goingDown();
            return ExitCode.OK;
        }
        try (Interrupt interrupt = new Interrupt()) {
            BootReport report = BootLoad.of(machine.controller().build(), opened)
                    .load(
                            new TransitionPolicy.Reverse(deadline),
                            machine.context().with(interrupt.token()));
            console.print(format.isJson() ? StoreJson.of(report) : StoreText.of(report));
            console.out().flush();
            return report.isComplete() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
