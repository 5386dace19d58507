package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;

/**
 * The fault: the process is killed before each of its steps, on the disk and in the kernel, one after the other until it
 * lives to the end. Then the machine runs on and a new process starts, or it goes down and is booted.
 */
class DeathTest {
    private static final HealthProbe ILL = asked -> new Health(false, "ill");

    @TempDir
    private Path root = Path.of("");

    /** A machine, and a process that may not live as long as its work. */
    private record Scene(Machine machine, Life life, LivepatchModule module) {
        PatchStore store() {
            return machine.store(life.disk());
        }

        Trial trial() {
            return Trial.of(life.asking(machine.controller), store(), machine.log::read);
        }

        TrialOutcome run(Trial trial) {
            return trial.run(module, "operator", machine.clock.context());
        }

        List<TrialOutcome> goOn() {
            return machine.trial().goOn(machine.clock.context());
        }

        PatchStore.Contents contents() {
            return machine.store().contents();
        }
    }

    /** Returns how many steps the work has. */
    private int dieAtEveryStep(Consumer<Scene> before, Consumer<Scene> work, Consumer<Scene> after) {
        for (int step = 0; ; step++) {
            Machine machine = new Machine(root.resolve("machine" + step));
            Scene scene = new Scene(machine, Life.of(step), machine.patch("livepatch_a"));
            before.accept(scene);
            try {
                work.accept(scene);
            } catch (Life.Killed e) {
                assertThat(scene.life.isOver()).isTrue();
            }
            assertThat(scene.contents().faults()).as("step %d", step).isEmpty();
            after.accept(scene);
            if (!scene.life.isOver()) {
                return step;
            }
        }
    }

    @Test
    void aTrialThatEndsWellGoesOnToItsEnd() {
        int steps = dieAtEveryStep(scene -> {}, scene -> scene.run(scene.trial()), scene -> {
            scene.goOn();
            TrialOutcome outcome = scene.run(scene.machine.trial());
            assertThat(outcome.patch())
                    .returns(PatchState.PASSED, StoredPatch::state)
                    .returns(false, StoredPatch::marked);
            assertThat(scene.machine.inForce()).containsExactly("livepatch_a");
        });
        assertThat(steps).isGreaterThan(20);
    }

    @Test
    void aLivepatchThatIsTurnedDownIsOutInTheEnd() {
        int steps = dieAtEveryStep(scene -> {}, scene -> scene.run(scene.trial().probing("health", ILL)), scene -> {
            Trial trial = scene.machine.trial().probing("health", ILL);
            trial.goOn(scene.machine.clock.context());
            scene.run(trial);
            assertThat(scene.contents().patches())
                    .singleElement()
                    .returns(PatchState.TURNED_DOWN, StoredPatch::state)
                    .returns(false, StoredPatch::marked);
            assertThat(scene.machine.inForce()).isEmpty();
            assertThat(scene.machine.controller.plan(scene.module).isClear()).isTrue();
        });
        assertThat(steps).isGreaterThan(30);
    }

    @Test
    void aLivepatchThatIsWithdrawnIsOutInTheEnd() {
        int steps = dieAtEveryStep(
                scene -> scene.machine.accept(scene.module),
                scene -> scene.trial()
                        .withdraw(
                                scene.contents().patches().get(0),
                                "fleet",
                                "It was withdrawn.",
                                scene.machine.clock.context()),
                scene -> {
                    scene.goOn();
                    StoredPatch patch = scene.contents().patches().get(0);
                    assertThat(patch.marked()).isFalse();
                    if (patch.state() == PatchState.TURNED_DOWN) {
                        assertThat(scene.machine.inForce()).isEmpty();
                        assertThat(patch.why()).isEqualTo("It was withdrawn.");
                    } else {
                        assertThat(scene.machine.inForce()).containsExactly("livepatch_a");
                    }
                });
        assertThat(steps).isGreaterThan(10);
    }

    @Test
    void aMachineThatGoesDownWithALivepatchLoadedDoesNotLoadItAgain() {
        dieAtEveryStep(scene -> {}, scene -> scene.run(scene.trial().probing("health", ILL)), scene -> {
            boolean wasLoaded = !scene.machine.inForce().isEmpty();
            scene.machine.boot("");
            assertThat(scene.machine.bootLoad().isComplete()).isTrue();
            assertThat(scene.machine.inForce()).isEmpty();
            assertThat(scene.goOn()).isEmpty();
            if (wasLoaded) {
                assertThat(scene.run(scene.machine.trial())).isInstanceOf(TrialOutcome.NotTried.class);
                assertThat(scene.contents().patches())
                        .singleElement()
                        .returns(PatchState.TURNED_DOWN, StoredPatch::state)
                        .returns(false, StoredPatch::marked);
            }
        });
    }

    @Test
    void aMachineThatGoesDownWhileItLoadsWhatIsAcceptedDoesNotLoadItAgain() {
        dieAtEveryStep(
                scene -> {
                    scene.machine.accept(scene.module);
                    scene.machine.boot("");
                },
                scene -> BootLoad.of(scene.life.asking(scene.machine.controller), scene.store())
                        .load(TrialPolicy.standard().transition(), scene.machine.clock.context()),
                scene -> {
                    boolean wasLoaded = !scene.machine.inForce().isEmpty();
                    scene.machine.boot("").bootLoad();
                    if (wasLoaded) {
                        assertThat(scene.machine.inForce()).isEmpty();
                        assertThat(scene.contents().patches())
                                .singleElement()
                                .returns(PatchState.TURNED_DOWN, StoredPatch::state)
                                .returns("The machine went down soon after it was loaded at boot.", StoredPatch::why);
                    }
                });
    }

    @Test
    void aProcessThatDiesWhileItLoadsWhatIsAcceptedIsFollowedByOneThatDoesIt() {
        dieAtEveryStep(
                scene -> {
                    scene.machine.accept(scene.module);
                    scene.machine.boot("");
                },
                scene -> BootLoad.of(scene.life.asking(scene.machine.controller), scene.store())
                        .load(TrialPolicy.standard().transition(), scene.machine.clock.context()),
                scene -> {
                    assertThat(scene.machine.bootLoad().isComplete()).isTrue();
                    assertThat(scene.machine.inForce()).containsExactly("livepatch_a");
                    scene.machine.store().settled();
                    scene.machine.boot("").bootLoad();
                    assertThat(scene.machine.inForce()).containsExactly("livepatch_a");
                });
    }

    @Test
    void whatIsForgottenIsThereWholeOrNotAtAll() {
        dieAtEveryStep(
                scene -> scene.machine.store().add(scene.module, "operator"),
                scene -> scene.store().forget(scene.contents().patches().get(0)),
                scene -> {
                    PatchStore store = scene.machine.store();
                    scene.contents().patches().forEach(store::forget);
                    assertThat(store.add(scene.module, "operator").state()).isEqualTo(PatchState.ADDED);
                    assertThat(scene.machine.directory().resolve("patches"))
                            .isDirectoryNotContaining("glob:**.unfinished");
                });
    }
}
