package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;

/** Has a boot of its own, since {@code kernel.modules_disabled} is not taken back before the next one. */
@Tag("guest")
class LoadingDisabledTest {
    private final SysfsController controller = SysfsController.ofThisMachine();

    @Test
    void nothingIsLoadedOrRemovedAnyMoreButWhatIsInForceCanBeDisabled() {
        LivepatchName small = LabModule.SMALL.livepatchName();
        controller.load(LabModule.SMALL.module(), Guest.PATIENT, Context.standard());
        Guest.write("/proc/sys/kernel/modules_disabled", "1");
        LivepatchModule plain = LabModule.PLAIN.module();

        LoadPlan plan = controller.plan(plain);
        String met = catchThrowableOfType(
                        KernelRefusal.class, () -> ModuleLoading.ofThisMachine().load(plain.file()))
                .errno();
        assertThat(plan.obstacles().get(0).cause()).isEqualTo(Cause.LOADING_DISABLED);
        assertThat(plan.obstacles().get(0).errno()).isEqualTo(met).isEqualTo("EPERM");
        assertRefused(controller.load(plain, Guest.PATIENT, Context.standard()));

        assertThat(controller.disable(small, Guest.PATIENT, Context.standard()))
                .isInstanceOf(TransitionOutcome.Completed.class);
        assertRefused(controller.unload(small, Context.standard()));
        assertThat(controller.machine().leftovers()).containsExactly(small);
    }

    private static void assertRefused(TransitionOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(TransitionOutcome.Refused.class, refused -> {
            assertThat(refused.obstacle().errno()).isEqualTo("EPERM");
            assertThat(refused.obstacle().cause()).isIn(Cause.LOADING_DISABLED, Cause.NOT_PERMITTED);
            assertThat(refused.obstacle().reason()).contains("modules_disabled");
        });
    }
}
