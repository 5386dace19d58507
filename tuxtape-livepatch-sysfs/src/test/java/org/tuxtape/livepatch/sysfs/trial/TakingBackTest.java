package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.BrokenOff;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.Passed;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.TurnedDown;

/** What a trial that does not pass leaves as it was. */
class TakingBackTest {
    private static final TransitionPolicy LEAVE = new TransitionPolicy.LeaveRunning(Duration.ofMinutes(1));
    private static final HealthProbe ILL = asked -> new Health(false, "ill");

    @TempDir
    private Path root = Path.of("");

    private Machine machine;
    private Context context;

    @BeforeEach
    void bootMachine() {
        machine = new Machine(root);
        context = machine.clock.context();
    }

    @Test
    void whatSomebodyPutInForceMeanwhileStays() {
        machine.accept(machine.cumulative("cumulative_1"));
        LivepatchModule hotfix = machine.cumulative("hotfix_3");

        TrialOutcome outcome = machine.trial()
                .probing("operator", asked -> {
                    machine.controller.load(hotfix, LEAVE, context);
                    return new Health(true, "");
                })
                .run(machine.cumulative("cumulative_2"), "operator", context);

        assertThat(outcome).isInstanceOf(BrokenOff.class);
        assertThat(machine.inForce()).containsExactly("hotfix_3");
    }

    @Test
    void whatWasAcceptedAndNotInForceBeforeStaysOut() {
        LivepatchModule accepted = machine.cumulative("cumulative_2");
        machine.accept(accepted);
        machine.controller.disable(accepted.manifest().name(), LEAVE, context);
        machine.controller.load(machine.patch("foreign"), LEAVE, context);

        machine.trial().probing("health", ILL).run(machine.cumulative("cumulative_3"), "operator", context);

        assertThat(machine.inForce()).isEmpty();
    }

    @Test
    void markersOfWhatHasNotSettledStayOn() {
        machine.accept(machine.patch("livepatch_a"));
        machine.boot("").bootLoad();
        machine.trial().probing("health", ILL).run(machine.cumulative("cumulative_1"), "operator", context);

        assertThat(machine.inForce()).containsExactly("livepatch_a");
        assertThat(machine.store().contents().patches())
                .filteredOn(patch -> patch.manifest().name().text().equals("livepatch_a"))
                .singleElement()
                .returns(PatchState.ACCEPTED, StoredPatch::state)
                .returns(true, StoredPatch::marked);
    }

    /** The fault: the disk is full for as many writes, and then no more. */
    @Test
    void aVerdictSurvivesADiskThatIsFullForAMoment() {
        for (int failures = 1; failures <= 2; failures++) {
            machine = new Machine(root.resolve("full" + failures));
            context = machine.clock.context();
            int[] full = {0};
            int now = failures;
            Disk disk = new Disk() {
                @Override
                public void write(Path file, InputStream content) throws IOException {
                    if (full[0]-- > 0) {
                        throw new IOException("No space left on device");
                    }
                    Disk.REAL.write(file, content);
                }
            };
            Trial trial = Trial.of(machine.controller, machine.store(disk), machine.log::read)
                    .probing("health", asked -> {
                        full[0] = now;
                        return new Health(false, "ill");
                    });
            LivepatchModule module = machine.patch("livepatch_a");
            if (failures == 1) {
                assertThat(trial.run(module, "operator", context)).isInstanceOf(TurnedDown.class);
            } else {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> trial.run(module, "operator", context));
            }
            assertThat(machine.inForce()).isEmpty();
            assertThat(machine.store().contents().patches())
                    .singleElement()
                    .returns(PatchState.TURNED_DOWN, StoredPatch::state)
                    .returns("health: ill", StoredPatch::why)
                    .returns(false, StoredPatch::marked);
        }
    }

    @Test
    void aTrialThatIsBrokenOffLeavesInForceWhatWasSo() {
        LivepatchModule module = machine.patch("livepatch_a");
        assertThat(machine.trial().run(module, "operator", context)).isInstanceOf(Passed.class);
        CancellationToken token = CancellationToken.create();

        TrialOutcome outcome = machine.trial()
                .probing("wish", asked -> {
                    token.cancel();
                    return new Health(true, "");
                })
                .run(module, "operator", context.with(token));

        assertThat(outcome).isInstanceOf(BrokenOff.class);
        assertThat(outcome.patch())
                .returns(PatchState.PASSED, StoredPatch::state)
                .returns(false, StoredPatch::marked);
        assertThat(machine.inForce()).containsExactly("livepatch_a");
    }

    @Test
    void whatHasPassedAndIsNotLoadedAgainHasStillPassed() {
        LivepatchModule module = machine.patch("livepatch_a");
        machine.trial().run(module, "operator", context);
        machine.boot("").controller.refuse(module.manifest().name(), "ENOMEM");

        TrialOutcome outcome = machine.trial().run(module, "operator", context);

        assertThat(outcome.patch().state()).isEqualTo(PatchState.PASSED);
        assertThat(outcome.patch().why()).startsWith("It was not loaded. ").doesNotContain("Refused[");
    }

    @Test
    void whatIsInForceAndNotAcceptedIsNotReplacedByTheAccepted() {
        machine.accept(machine.cumulative("cumulative_1"));
        machine.trial().run(machine.cumulative("cumulative_2"), "operator", context);

        BootReport report = machine.bootLoad();

        assertThat(machine.inForce()).containsExactly("cumulative_2");
        assertThat(report.entries())
                .filteredOn(BootReport.LeftOut.class::isInstance)
                .extracting(entry -> ((BootReport.LeftOut) entry).reason())
                .contains("cumulative_2 is in force, and would be replaced.");
    }

    /** The fault: another livepatch's transition runs for a while. */
    @Test
    void aTransitionOfAnotherIsWaitedFor() {
        LivepatchModule other = machine.patch("other");
        TrialOutcome outcome = machine.trial()
                .probing("health", asked -> {
                    machine.controller
                            .stall(other.manifest().name(), TrialTest.SLEEPER)
                            .load(other, LEAVE, context);
                    return new Health(false, "ill");
                })
                .run(machine.patch("livepatch_a"), "operator", context.sleepingBy(nap -> {
                    machine.clock.sleep(nap);
                    machine.controller.resume();
                }));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TurnedDown.class,
                        down -> assertThat(down.takenBack().isClean()).isTrue());
        assertThat(machine.inForce()).containsExactly("other");
    }

    /** The fault: a state file that is damaged while its trial goes on. */
    @Test
    void oneThatFailsDoesNotKeepTheOthersInTheKernel() {
        PatchStore store = machine.store();
        LivepatchModule tried = machine.patch("tried");
        LivepatchModule bad = machine.patch("bad");
        store.begin(store.add(tried, "operator"), "operator");
        machine.clock.advance(Duration.ofSeconds(1));
        StoredPatch begun = store.begin(store.add(bad, "operator"), "operator");
        machine.controller.load(begun.module(), LEAVE, context);
        store.turnDown(begun, "operator", "bad");
        Trial failing = machine.trial().probing("event", asked -> {
            machine.damage(tried);
            return new Health(true, "");
        });

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> failing.goOn(context));
        assertThat(machine.inForce()).isEmpty();
        assertThat(store.refresh(begun).marked()).isFalse();
    }
}
