package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.CveProtection.State;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.log.KernelEvent;
import org.tuxtape.livepatch.sysfs.log.KernelEventParser;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;

@Tag("guest")
class AbsentModuleTest {
    private static final KernelObject TARGET = new KernelObject("tuxtape_target");

    private final SysfsController controller = SysfsController.ofThisMachine();

    @AfterEach
    void leavesNothing() {
        Guest.cleanUp();
    }

    @Test
    void aHoleInAModuleIsFixedOnlyWhileTheModuleIsLoaded() {
        LoadPlan plan = controller.plan(LabModule.COMPOSITE.module());
        assertThat(plan.absent()).containsExactly("tuxtape_target");
        assertThat(plan.isClear()).isTrue();

        assertThat(controller.load(LabModule.COMPOSITE.module(), Guest.PATIENT, Context.standard()))
                .isInstanceOf(TransitionOutcome.Completed.class);
        assertThat(stateOf(LabModule.COMPOSITE, KernelObject.VMLINUX)).isEqualTo(State.FIXED);
        assertThat(stateOf(LabModule.COMPOSITE, TARGET)).isEqualTo(State.WAITING_FOR_OBJECT);

        Guest.insmod(LabModule.TARGET);
        assertThat(stateOf(LabModule.COMPOSITE, TARGET)).isEqualTo(State.FIXED);
        assertThat(Guest.read("/proc/tuxtape_target/answer")).isEqualTo("patched by tuxtape_composite");

        Guest.rmmod(LabModule.TARGET);
        assertThat(stateOf(LabModule.COMPOSITE, TARGET)).isEqualTo(State.WAITING_FOR_OBJECT);
    }

    @Test
    void aModuleThatCannotBePatchedIsRefusedAndThatIsReported() {
        controller.load(LabModule.MISFIT.module(), Guest.PATIENT, Context.standard());
        try (KernelLogReader log = KernelLog.open(KernelFiles.ofThisMachine())) {
            log.next();

            Guest.Ended insmod =
                    Guest.tryToRun("insmod", LabModule.TARGET.file().toString());

            assertThat(insmod.status()).isNotZero();
            KernelEventParser parser = new KernelEventParser();
            List<KernelEvent> events = new ArrayList<>();
            Guest.await("the kernel's word", () -> {
                log.next().forEach(entry -> events.addAll(parser.accept(entry)));
                return events.stream().anyMatch(event -> event.toString().contains("refusing to load module"));
            });
            assertThat(events)
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(KernelEvent.Livepatching.class, said -> {
                                assertThat(said.kind()).isEqualTo(KernelEvent.Step.FAILED);
                                assertThat(said.livepatch()).contains(LabModule.MISFIT.livepatchName());
                                assertThat(said.text()).contains("refusing to load module 'tuxtape_target'");
                            }));
        }
        assertThat(Guest.isLoaded(LabModule.TARGET)).isFalse();
        assertThat(stateOf(LabModule.MISFIT, TARGET)).isEqualTo(State.WAITING_FOR_OBJECT);
    }

    private State stateOf(LabModule module, KernelObject object) {
        return CveProtection.of(controller.loaded(), List.of(module.module().manifest())).stream()
                .filter(protection -> protection.cve().equals(LabModule.cve(object)))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
