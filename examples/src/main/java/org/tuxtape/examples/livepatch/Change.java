package org.tuxtape.examples.livepatch;

import java.util.function.BiFunction;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Interrupt;
import org.tuxtape.livepatch.sysfs.SysfsController;
import picocli.CommandLine.ExitCode;

/** A change of the kernel: shows its progress, lets Ctrl-C take it back, and prints how it ended. */
record Change(Console console, Machine machine, boolean asJson) {

    /** Makes it; {@code asked} is what the livepatch shall be, see {@link LivepatchText}. */
    int make(
            SysfsController.Builder controller,
            LivepatchName name,
            String asked,
            BiFunction<SysfsController, Context, TransitionOutcome> change) {
        try (Interrupt interrupt = new Interrupt()) {
            TransitionOutcome outcome;
            try (Progress progress = new Progress(console)) {
                outcome = change.apply(
                        controller.observer(progress).build(), machine.context().with(interrupt.token()));
            }
            console.print(asJson ? LivepatchJson.of(name, outcome) : LivepatchText.of(name, asked, outcome));
            console.out().flush();
            return isAsAsked(outcome) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    static boolean isAsAsked(TransitionOutcome outcome) {
        return outcome instanceof TransitionOutcome.Completed || outcome instanceof TransitionOutcome.AlreadySo;
    }
}
