package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.trial.BootLoad;
import org.tuxtape.livepatch.sysfs.trial.BootReport;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;
import org.tuxtape.livepatch.sysfs.trial.PatchState;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import org.tuxtape.livepatch.sysfs.trial.Trial;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome;

/**
 * What is remembered from one boot to the next. {@code lab/guest/boots} runs the methods in their order, each in a boot of
 * its own, with a store that lasts.
 */
@Tag("guest")
class TrialAcrossBootsTest {
    private static final KernelFiles FILES = KernelFiles.ofThisMachine();

    private final SysfsController controller = SysfsController.ofThisMachine();
    private final PatchStore store =
            PatchStore.open(Guest.SHARE.resolve("state").resolve("store"), FILES, Context.standard());

    @Test
    void harmIsTurnedDownAndTakenBackAndWhatIsGoodIsAccepted() {
        for (LabModule harmful : List.of(LabModule.WARNS, LabModule.OOPSES)) {
            String before = Guest.footprint();

            TrialOutcome outcome = trial().run(harmful.module(), "test", Context.standard());

            System.out.println(outcome);
            assertThat(outcome).isInstanceOfSatisfying(TrialOutcome.TurnedDown.class, down -> {
                assertThat(down.reason()).isNotBlank();
                assertThat(down.takenBack().isClean()).isTrue();
            });
            assertThat(Guest.footprint()).isEqualTo(before);
            assertThat(Guest.read("/proc/loadavg")).as("as it was").matches("[0-9. /]+");
        }

        assertThat(trial().run(LabModule.SMALL.module(), "test", Context.standard()))
                .isInstanceOfSatisfying(
                        TrialOutcome.Passed.class, passed -> store.accept(passed.patch(), "test", "It does well."));
        store.goingDown();
    }

    @Test
    void onlyTheAcceptedOneComesBackAndThenAnotherTakesTheMachineDown() {
        assertThat(controller.loaded()).isEmpty();

        BootReport report = bootLoad();

        assertThat(report.isComplete()).as("%s", report).isTrue();
        assertThat(report.entries())
                .filteredOn(BootReport.Tried.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(BootReport.Tried.class, tried -> {
                    assertThat(tried.patch().manifest().name()).isEqualTo(LabModule.SMALL.livepatchName());
                    assertThat(tried.outcome()).isInstanceOf(TransitionOutcome.Completed.class);
                });
        assertThat(Guest.read("/proc/version")).isEqualTo("patched by tuxtape_small");
        store.settled();

        assertThat(trial().run(LabModule.OOPSES.module(), "test", Context.standard()))
                .as("turned down until somebody allows it")
                .isInstanceOf(TrialOutcome.NotTried.class);
        store.allow(stored(LabModule.OOPSES), "test", "It is to be seen what a panic does.");
        Guest.write("/proc/sys/kernel/panic_on_oops", "1");
        trial().run(LabModule.OOPSES.module(), "test", Context.standard());
    }

    @Test
    void theOneThatTookTheMachineDownIsNotLoadedAgainAndTheAcceptedOneIs() {
        assertThat(controller.loaded()).isEmpty();

        BootReport report = bootLoad();

        assertThat(report.isComplete()).as("%s", report).isTrue();
        assertThat(controller.loaded()).extracting(Livepatch::name).containsExactly(LabModule.SMALL.livepatchName());
        assertThat(stored(LabModule.OOPSES).state()).isEqualTo(PatchState.TURNED_DOWN);
        System.out.println(stored(LabModule.OOPSES));
        assertThat(trial().run(LabModule.OOPSES.module(), "test", Context.standard()))
                .isInstanceOf(TrialOutcome.NotTried.class);
        assertThat(stored(LabModule.WARNS).state()).isEqualTo(PatchState.TURNED_DOWN);
        store.settled();
        Guest.cleanUp();
    }

    private BootReport bootLoad() {
        return BootLoad.of(controller, store).load(Guest.PATIENT, Context.standard());
    }

    private StoredPatch stored(LabModule module) {
        Predicate<StoredPatch> isIt = patch -> patch.manifest().name().equals(module.livepatchName());
        return store.contents().patches().stream().filter(isIt).findFirst().orElseThrow();
    }

    /** Reads what the harmful ones have changed: from a process of its own, since an oops ends its reader. */
    private Trial trial() {
        return Trial.of(controller, store, () -> KernelLog.open(FILES))
                .with(Patcher.policy())
                .probing("load", HealthProbe.command(List.of("cat", "/proc/loadavg"), Duration.ofSeconds(30)));
    }
}
