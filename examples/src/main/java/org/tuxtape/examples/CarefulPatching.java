package org.tuxtape.examples;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.Trial;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome;
import org.tuxtape.livepatch.sysfs.trial.TrialPolicy;

/**
 * Patching from within a program of your own: a shop's server loads a livepatch, watches its own rate of errors, and has
 * the livepatch taken back when that rises.
 *
 * <pre>{@code
 * KernelFiles kernel = KernelFiles.ofThisMachine();
 * PatchStore store = PatchStore.open(Path.of("/var/lib/tuxtape"), kernel, Context.standard());
 * CarefulPatching patching = new CarefulPatching(SysfsController.ofThisMachine(), store, kernel, shop::errorRate);
 * patching.patch(ModuleFiles.describe(Path.of("livepatch_a.ko")), Context.standard());
 * }</pre>
 *
 * @param errorRate the share of failed requests, 0 to 1
 */
record CarefulPatching(LivepatchController controller, PatchStore store, KernelFiles kernel, DoubleSupplier errorRate) {
    private static final String SELF = "careful-patching";
    private static final double MOST_ERRORS = 0.01;

    // snippet: trial
    // Half a minute for the tasks to switch over, then a quarter of an hour with a look every ten seconds. Any trouble
    // in the kernel's log counts, and so do lost messages; it is this program that accepts.
    private static final TrialPolicy POLICY = new TrialPolicy(
            new TransitionPolicy.Reverse(Duration.ofSeconds(30)),
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            true,
            true,
            false);

    /** Returns what became of it, one sentence. */
    String patch(LivepatchModule module, Context context) {
        TrialOutcome outcome = Trial.of(controller, store, () -> KernelLog.open(kernel))
                .with(POLICY)
                .probing("error rate", this::health)
                .run(module, SELF, context);
        if (outcome instanceof TrialOutcome.Passed passed) {
            store.accept(passed.patch(), SELF, "The error rate stayed low.");
            return "It is in force, and is loaded at every boot.";
        }
        if (outcome instanceof TrialOutcome.TurnedDown down) {
            return (down.takenBack().isClean() ? "It was taken back: " : "It is still in the kernel: ") + down.reason();
        }
        return "It is not in force: " + outcome.patch().why();
    }

    private Health health(Context context) {
        double rate = errorRate.getAsDouble();
        return new Health(rate <= MOST_ERRORS, Math.round(rate * 100) + " % of the requests fail.");
    }
    // end
}
