package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;

/** Every load here is refused by the real kernel: what was foreseen is held against what it said. */
@Tag("guest")
class LoadFailuresTest {
    private final SysfsController controller = SysfsController.ofThisMachine();

    @TempDir
    private Path folder;

    @AfterEach
    void leavesNothing() {
        Guest.cleanUp();
    }

    @ParameterizedTest
    @EnumSource
    void theErrorIsForeseenMetAndExplained(LoadFailure failure) {
        LivepatchModule module = failure.module(folder);
        failure.prepare();
        try {
            String before = Guest.footprint();

            LoadPlan plan = controller.plan(module);
            String met = catchThrowableOfType(
                            KernelRefusal.class,
                            () -> ModuleLoading.ofThisMachine().load(module.file()))
                    .errno();
            TransitionOutcome outcome = controller.load(module, Guest.PATIENT, Context.standard());

            System.out.printf("%-30s met %-8s foreseen %s%n", failure, met, plan.obstacles());
            if (failure.isForeseeable()) {
                assertThat(plan.obstacles()).isNotEmpty();
                assertThat(plan.obstacles().get(0).cause()).isEqualTo(failure.cause());
                assertThat(plan.obstacles().get(0).errno()).isEqualTo(met);
            } else {
                assertThat(plan.isClear()).isTrue();
            }
            assertThat(outcome).isInstanceOfSatisfying(TransitionOutcome.Refused.class, refused -> {
                System.out.printf("%-30s explained %s%n", failure, refused.obstacle());
                assertThat(explanationsOf(failure)).contains(refused.obstacle().cause());
                assertThat(refused.obstacle().errno()).isEqualTo(met);
                assertThat(refused.obstacle().reason()).isNotBlank();
            });
            assertThat(Guest.footprint()).isEqualTo(before);
        } finally {
            failure.undo();
        }
    }

    /** With ftrace off the kernel says the same as if something else held the function. */
    private static List<Cause> explanationsOf(LoadFailure failure) {
        return failure == LoadFailure.FTRACE_OFF
                ? List.of(Cause.FTRACE_OFF, Cause.FUNCTION_HELD)
                : List.of(failure.cause());
    }

    @Test
    void anOrdinaryModuleIsNotLoadedThoughTheKernelWouldTakeIt() {
        TransitionOutcome outcome = controller.load(LabModule.ORDINARY.module(), Guest.PATIENT, Context.standard());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Refused.class,
                        refused -> assertThat(refused.obstacle().cause()).isEqualTo(Cause.NOT_A_LIVEPATCH));
        assertThat(Guest.isLoaded(LabModule.ORDINARY)).isFalse();
        Guest.insmod(LabModule.ORDINARY);
    }

    @Test
    void nothingElseIsDisabledWhileATransitionIsRunning() {
        controller.load(LabModule.PLAIN.module(), Guest.PATIENT, Context.standard());
        LoadFailure.TRANSITION_RUNNING.prepare();

        TransitionOutcome outcome = controller.disable(
                LabModule.PLAIN.livepatchName(),
                new TransitionPolicy.Reverse(Duration.ofSeconds(2)),
                Context.standard());

        assertThat(outcome).isInstanceOfSatisfying(TransitionOutcome.Refused.class, refused -> {
            assertThat(refused.obstacle().cause()).isEqualTo(Cause.TRANSITION_RUNNING);
            assertThat(refused.obstacle().errno()).isEqualTo("EBUSY");
        });
    }

    @Test
    void whatIsInForceIsNotUnloaded() {
        controller.load(LabModule.PLAIN.module(), Guest.PATIENT, Context.standard());

        assertThat(controller.unload(LabModule.PLAIN.livepatchName(), Context.standard()))
                .isInstanceOfSatisfying(
                        TransitionOutcome.Refused.class,
                        refused -> assertThat(refused.obstacle().cause()).isEqualTo(Cause.IN_USE));
        assertThat(Guest.read("/proc/cmdline")).isEqualTo("patched by tuxtape_plain");
    }
}
