package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.guest.Patcher.Step;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.PatchState;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import org.tuxtape.livepatch.sysfs.trial.Trial;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome;

/** A JVM that patches is killed with SIGKILL at each of its steps; the next one sees what there is, and goes on. */
@Tag("guest")
class KilledTest {
    private static final KernelFiles FILES = KernelFiles.ofThisMachine();

    private final SysfsController controller = SysfsController.ofThisMachine();
    private String before;

    @TempDir
    private Path folder;

    @BeforeEach
    void looksAround() {
        before = Guest.footprint();
    }

    @AfterEach
    void leavesNothing() {
        Guest.cleanUp();
    }

    @Test
    void beforeTheLoadNothingHasHappenedAndTheTrialIsRunAnew() {
        kill(Step.BEFORE_THE_LOAD, LabModule.PLAIN);

        assertThat(Guest.footprint()).isEqualTo(before);
        assertStored(PatchState.ON_TRIAL, true);
        assertGoesOnToPass();
    }

    @Test
    void afterTheLoadItIsInTheKernelAndTheTrialIsRunAnew() {
        kill(Step.AFTER_THE_LOAD, LabModule.PLAIN);

        assertThat(controller.loaded()).extracting(Livepatch::name).containsExactly(LabModule.PLAIN.livepatchName());
        assertStored(PatchState.ON_TRIAL, true);
        assertGoesOnToPass();
    }

    @Test
    void inTheTransitionItIsSeenThroughByTheNext() {
        Guest.insmod(LabModule.TARGET);
        Guest.write("/proc/tuxtape_target/gate", "close");
        String withTarget = Guest.footprint();

        kill(Step.IN_THE_TRANSITION, LabModule.DROWSY);

        assertThat(controller.machine().transition()).map(Livepatch::name).contains(LabModule.DROWSY.livepatchName());
        assertThat(controller.watch(new TransitionPolicy.Reverse(Duration.ofSeconds(2)), Context.standard()))
                .isInstanceOfSatisfying(
                        TransitionOutcome.Reversed.class,
                        reversed -> assertThat(reversed.blocking())
                                .anySatisfy(task -> assertThat(task.name()).isEqualTo("tuxtape_napper")));
        assertThat(Guest.footprint()).isEqualTo(withTarget);
    }

    @Test
    void inTheTrialItIsInForceAndTheTrialIsRunAnew() {
        kill(Step.IN_THE_TRIAL, LabModule.PLAIN);

        assertThat(Guest.read("/proc/cmdline")).isEqualTo("patched by tuxtape_plain");
        assertStored(PatchState.ON_TRIAL, true);
        assertGoesOnToPass();
    }

    @Test
    void beforeTheRemovalItIsTurnedDownAndTheNextTakesOutTheRest() {
        kill(Step.BEFORE_THE_REMOVAL, LabModule.PLAIN);

        assertThat(controller.machine().leftovers()).containsExactly(LabModule.PLAIN.livepatchName());
        assertStored(PatchState.TURNED_DOWN, true);
        assertThat(trial().goOn(Context.standard()))
                .singleElement()
                .isInstanceOfSatisfying(
                        TrialOutcome.TurnedDown.class,
                        down -> assertThat(down.takenBack().isClean()).isTrue());
        assertStored(PatchState.TURNED_DOWN, false);
        assertThat(Guest.footprint()).isEqualTo(before);
    }

    @Test
    void afterTheRemovalNothingIsLeftToDo() {
        kill(Step.AFTER_THE_REMOVAL, LabModule.PLAIN);

        assertThat(Guest.footprint()).isEqualTo(before);
        assertStored(PatchState.TURNED_DOWN, true);
        trial().goOn(Context.standard());
        assertStored(PatchState.TURNED_DOWN, false);
        assertThat(Guest.footprint()).isEqualTo(before);
    }

    private void kill(Step step, LabModule module) {
        Guest.Ended ended =
                Guest.tryToRun(Guest.java(List.of(), Patcher.class, step.name(), module.name(), folder.toString()));
        assertThat(ended.status()).as(ended.said()).isEqualTo(128 + 9);
    }

    private void assertGoesOnToPass() {
        assertThat(trial().goOn(Context.standard())).singleElement().isInstanceOf(TrialOutcome.Passed.class);
        assertStored(PatchState.PASSED, false);
        assertThat(Guest.read("/proc/cmdline")).isEqualTo("patched by tuxtape_plain");
    }

    private void assertStored(PatchState state, boolean marked) {
        assertThat(store().contents().patches())
                .singleElement()
                .extracting(StoredPatch::state, StoredPatch::marked)
                .containsExactly(state, marked);
    }

    private PatchStore store() {
        return PatchStore.open(folder, FILES, Context.standard());
    }

    private Trial trial() {
        return Trial.of(controller, store(), () -> KernelLog.open(FILES))
                .with(Patcher.policy())
                .probing("nothing", context -> new Health(true, "All is well."));
    }
}
