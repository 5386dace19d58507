package org.tuxtape.livepatch.sysfs.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.Trial;
import org.tuxtape.livepatch.sysfs.trial.TrialPolicy;

/** A program that patches, and is killed at one of its steps, as by {@code kill -9}. */
final class Patcher {
    /** Where it is killed. */
    enum Step {
        BEFORE_THE_LOAD,
        AFTER_THE_LOAD,
        IN_THE_TRANSITION,
        IN_THE_TRIAL,
        BEFORE_THE_REMOVAL,
        AFTER_THE_REMOVAL
    }

    private Patcher() {}

    /** Tries a livepatch that its probe turns down: so one run does a load, a trial, and the whole way back. */
    public static void main(String[] arguments) {
        Step last = Step.valueOf(arguments[0]);
        LabModule module = LabModule.valueOf(arguments[1]);
        KernelFiles files = KernelFiles.ofThisMachine();
        Context context = Context.standard();
        SysfsController controller = SysfsController.builder(files)
                .loading(new Mortal(last))
                .observer(progress -> {
                    if (!progress.blocking().isEmpty()) {
                        dieAt(Step.IN_THE_TRANSITION, last);
                    }
                })
                .build();
        Trial.of(controller, PatchStore.open(Path.of(arguments[2]), files, context), () -> KernelLog.open(files))
                .with(policy())
                .probing("step", asked -> {
                    dieAt(Step.IN_THE_TRIAL, last);
                    return new Health(false, "It is to be turned down.");
                })
                .run(module.module(), "patcher", context);
    }

    static TrialPolicy policy() {
        return new TrialPolicy(
                new TransitionPolicy.Reverse(Duration.ofSeconds(30)),
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                true,
                true,
                false);
    }

    private static void dieAt(Step step, Step last) {
        if (step != last) {
            return;
        }
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The way into the kernel of one who is killed on it. */
    private record Mortal(Step last) implements ModuleLoading {
        @Override
        public void load(Path file) throws KernelRefusal {
            dieAt(Step.BEFORE_THE_LOAD, last);
            ModuleLoading.ofThisMachine().load(file);
            dieAt(Step.AFTER_THE_LOAD, last);
        }

        @Override
        public void unload(LivepatchName name) throws KernelRefusal {
            dieAt(Step.BEFORE_THE_REMOVAL, last);
            ModuleLoading.ofThisMachine().unload(name);
            dieAt(Step.AFTER_THE_REMOVAL, last);
        }

        @Override
        public String describe() {
            return ModuleLoading.ofThisMachine().describe();
        }
    }
}
