package org.tuxtape.examples.livepatch;

import java.util.List;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Interrupt;
import org.tuxtape.livepatch.sysfs.trial.Trial;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trials: a livepatch stays only if the machine does well with it. */
abstract class TrialCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private TrialOptions options = new TrialOptions();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private FormatOption format = new FormatOption();

    private TrialCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    abstract List<TrialOutcome> run(Trial trial, Context context);

    @Override
    public Integer call() {
        try (Interrupt interrupt = new Interrupt()) {
            List<TrialOutcome> outcomes;
            try (Progress progress = new Progress(console)) {
                Trial trial = options.trial(
                        machine, machine.controller().observer(progress).build(), store.open(machine));
                outcomes = run(trial, machine.context().with(interrupt.token()).with(progress));
            }
            console.print(format.isJson() ? StoreJson.of(outcomes) : StoreText.of(outcomes));
            console.out().flush();
            return outcomes.stream().allMatch(TrialOutcome.Passed.class::isInstance) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    /** A new one. */
    @Command(
            name = "trial",
            description = "Load a livepatch, watch the machine for a while, and take it back if that does not do well.")
    static final class Try extends TrialCommand {
        @Mixin
        private ModuleArguments file = new ModuleArguments();

        @Option(
                names = "--who",
                required = true,
                converter = NotBlank.class,
                paramLabel = "NAME",
                description = "who tries it")
        private String who = "";

        Try(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        List<TrialOutcome> run(Trial trial, Context context) {
            LivepatchModule module = file.read();
            return List.of(trial.run(module, who, context));
        }
    }

    /** Those of a process that died. */
    @Command(
            name = "resume",
            description = "Go on with trials whose process died: what was on trial is tried anew, what was turned down "
                    + "is taken back.")
    static final class Resume extends TrialCommand {
        Resume(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        List<TrialOutcome> run(Trial trial, Context context) {
            return trial.goOn(context);
        }
    }
}
