package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.kernel.Taint;

@Tag("guest")
class LoadAndUnloadTest {
    private static final int TIMES = 50;

    private final SysfsController controller = SysfsController.ofThisMachine();
    private final LivepatchModule plain = LabModule.PLAIN.module();
    private final LivepatchName name = plain.manifest().name();

    @AfterEach
    void leavesNothing() {
        Guest.cleanUp();
    }

    @Test
    void fiftyTimesInARowTheBehaviourChangesAndComesBackAndNothingIsLeftBehind() {
        String original = Guest.read("/proc/cmdline");
        loadAndUnload(original); // what is opened once and for all is open from here on
        String before = Guest.footprint();
        long openFiles = Guest.openFiles();

        for (int i = 0; i < TIMES; i++) {
            loadAndUnload(original);
        }

        assertThat(Guest.footprint()).isEqualTo(before);
        assertThat(Guest.openFiles()).isEqualTo(openFiles);
    }

    private void loadAndUnload(String original) {
        assertThat(controller.load(plain, Guest.PATIENT, Context.standard()))
                .isInstanceOf(TransitionOutcome.Completed.class);
        assertThat(Guest.read("/proc/cmdline")).isEqualTo("patched by tuxtape_plain");
        assertThat(controller.loaded()).singleElement().satisfies(livepatch -> {
            assertThat(livepatch.name()).isEqualTo(name);
            assertThat(livepatch.protects(KernelObject.VMLINUX)).isTrue();
        });

        assertThat(controller.disable(name, Guest.PATIENT, Context.standard()))
                .isInstanceOf(TransitionOutcome.Completed.class);
        assertThat(Guest.read("/proc/cmdline")).isEqualTo(original);

        assertThat(controller.unload(name, Context.standard())).isInstanceOf(TransitionOutcome.Completed.class);
        assertThat(Guest.isLoaded(LabModule.PLAIN)).isFalse();
        assertThat(controller.loaded()).isEmpty();
    }

    @Test
    void everyStepIsAlreadySoTheSecondTime() {
        assertThat(controller.disable(name, Guest.PATIENT, Context.standard()))
                .isEqualTo(new TransitionOutcome.AlreadySo());
        assertThat(controller.unload(name, Context.standard())).isEqualTo(new TransitionOutcome.AlreadySo());

        controller.load(plain, Guest.PATIENT, Context.standard());
        assertThat(controller.load(plain, Guest.PATIENT, Context.standard()))
                .isEqualTo(new TransitionOutcome.AlreadySo());

        controller.disable(name, Guest.PATIENT, Context.standard());
        assertThat(controller.disable(name, Guest.PATIENT, Context.standard()))
                .isEqualTo(new TransitionOutcome.AlreadySo());
    }

    @Test
    void theMachineTellsWhatIsLoaded() {
        controller.load(plain, Guest.PATIENT, Context.standard());

        MachineState machine = controller.machine();

        assertThat(machine.release().text()).isEqualTo(Guest.read("/proc/sys/kernel/osrelease"));
        assertThat(machine.taint().flags()).contains(Taint.Flag.LIVEPATCH, Taint.Flag.OUT_OF_TREE_MODULE);
        assertThat(machine.livepatches()).extracting(Livepatch::name).containsExactly(name);
        assertThat(machine.modules()).singleElement().satisfies(module -> {
            assertThat(module.state()).isEqualTo(MachineState.LoadState.LIVE);
            assertThat(module.references()).hasValue(1);
            assertThat(module.isLeftover()).isFalse();
        });
        assertThat(machine.transition()).isEmpty();
    }
}
