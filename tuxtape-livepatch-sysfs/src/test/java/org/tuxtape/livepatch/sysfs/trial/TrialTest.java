package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.AlreadySo;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;
import org.tuxtape.livepatch.sysfs.log.LogEntry;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.BrokenOff;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.NotLoaded;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.NotTried;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.Passed;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.TurnedDown;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.RecordingListener;

class TrialTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final TransitionPolicy LEAVE = new TransitionPolicy.LeaveRunning(Duration.ofMinutes(1));
    static final BlockingTask SLEEPER =
            new BlockingTask(7, 7, "sleeper", BlockingTask.Kind.USER, 'S', List.of("do_nanosleep"), Optional.empty());

    @TempDir
    private Path root = Path.of("");

    private Machine machine;
    private Context context;
    private LivepatchModule module;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void bootMachine() {
        machine = new Machine(root);
        context = machine.clock.context().with(listener);
        module = machine.patch("livepatch_a");
    }

    @AfterEach
    void everyTaskHasEndedAndNothingIsOpen() {
        listener.assertWellFormed();
        assertThat(machine.log.open()).isZero();
    }

    private TrialOutcome run(Trial trial) {
        return trial.run(module, "operator", context);
    }

    private static TrialPolicy policy(TransitionPolicy transition, boolean elsewhere, boolean lost, boolean accept) {
        return new TrialPolicy(transition, FIVE_MINUTES, Duration.ofSeconds(5), elsewhere, lost, accept);
    }

    private static TrialPolicy caringFor(boolean elsewhere, boolean lost) {
        return policy(TrialPolicy.standard().transition(), elsewhere, lost, false);
    }

    /** Something happens in the machine a minute after the load. */
    private HealthProbe afterAMinute(Runnable event) {
        return asked -> {
            if (machine.clock.instant().equals(ManualClock.START.plusSeconds(60))) {
                event.run();
            }
            return new Health(true, "All is well.");
        };
    }

    private void assertTurnedDownAndTakenBack(TrialOutcome outcome, String reason) {
        assertThat(outcome).isInstanceOfSatisfying(TurnedDown.class, turnedDown -> {
            assertThat(turnedDown.reason()).isEqualTo(reason);
            assertThat(turnedDown.takenBack().isClean()).isTrue();
            assertThat(turnedDown.patch())
                    .returns(PatchState.TURNED_DOWN, StoredPatch::state)
                    .returns(reason, StoredPatch::why)
                    .returns(false, StoredPatch::marked);
            assertThat(machine.store().contents().patches()).containsExactly(turnedDown.patch());
        });
        assertThat(machine.inForce()).isEmpty();
        assertThat(machine.controller.plan(module).isClear()).isTrue();
    }

    @Test
    void whatDoesNoHarmForTheWholeTimePasses() {
        TrialOutcome outcome = run(machine.trial());

        assertThat(outcome).isEqualTo(new Passed(outcome.patch(), FIVE_MINUTES));
        assertThat(outcome.patch())
                .returns(PatchState.PASSED, StoredPatch::state)
                .returns(false, StoredPatch::marked);
        assertThat(machine.inForce()).containsExactly("livepatch_a");
        assertThat(listener.events())
                .contains(new Event.Advanced("trial of livepatch_a", 300))
                .contains(new Event.Ended("trial of livepatch_a", Event.End.COMPLETED));
    }

    @Test
    void whatPassesIsAcceptedIfThePolicyWantsIt() {
        TrialPolicy accepting = policy(TrialPolicy.standard().transition(), true, true, true);

        assertThat(run(machine.trial().with(accepting)).patch().state()).isEqualTo(PatchState.ACCEPTED);
    }

    @Test
    void aPatchIsMarkedBeforeItIsLoadedAndUntilItHasPassed() {
        StoredPatch[] seen = new StoredPatch[1];
        run(machine.trial().probing("store", asked -> {
            seen[0] = machine.store().contents().patches().get(0);
            return new Health(true, "");
        }));

        assertThat(seen[0].state()).isEqualTo(PatchState.ON_TRIAL);
        assertThat(seen[0].marked()).isTrue();
    }

    @Test
    void aProbeThatFindsTheMachineUnhealthyTurnsItDown() {
        Trial trial = machine.trial()
                .probing("disk", asked -> new Health(true, "fine"))
                .probing("web server", asked -> new Health(false, "No answer."));

        assertTurnedDownAndTakenBack(run(trial), "web server: No answer.");
    }

    @Test
    void aProbeThatThrowsIsUnhealthy() {
        Trial trial = machine.trial().probing("web server", asked -> {
            throw new IllegalStateException("no network");
        });

        assertTurnedDownAndTakenBack(
                run(trial), "web server: The probe failed: java.lang.IllegalStateException: no network");
    }

    @Test
    void troubleInTheLivepatchTurnsItDownWhateverThePolicy() {
        Trial trial = machine.trial()
                .with(caringFor(false, false))
                .probing(
                        "event",
                        afterAMinute(() -> machine.log.say(
                                "------------[ cut here ]------------",
                                "WARNING: CPU: 0 PID: 7 at livepatch_a/main.c:12 livepatch_function+0x12/0x30 [livepatch_a]",
                                "RIP: 0010:livepatch_function+0x12/0x30 [livepatch_a]",
                                "Call Trace:",
                                " <TASK>",
                                " livepatch_function+0x12/0x30 [livepatch_a]",
                                " do_syscall_64+0x5c/0x90",
                                " </TASK>",
                                "---[ end trace 0000000000000000 ]---")));

        TrialOutcome outcome = run(trial);

        assertThat(outcome.patch().why()).startsWith("The kernel reported trouble in livepatch_a: \"WARNING: CPU: 0");
        assertTurnedDownAndTakenBack(outcome, outcome.patch().why());
    }

    @Test
    void graveTroubleElsewhereCountsByChoice() {
        Runnable oops = () -> machine.log.say(
                "BUG: kernel NULL pointer dereference, address: 0000000000000008",
                "Oops: 0000 [#1] PREEMPT SMP",
                "RIP: 0010:ext4_readdir+0x12/0x30",
                "---[ end trace 0000000000000000 ]---");
        assertThat(run(machine.trial().with(caringFor(false, true)).probing("event", afterAMinute(oops))))
                .isInstanceOf(Passed.class);

        module = machine.patch("livepatch_b");
        TrialOutcome outcome = run(machine.trial().with(caringFor(true, true)).probing("event", asked -> {
            oops.run();
            return new Health(true, "");
        }));
        assertThat(outcome).isInstanceOf(TurnedDown.class);
        assertThat(machine.inForce()).containsExactly("livepatch_a");
    }

    @Test
    void lostMessagesCountByChoice() {
        Runnable flood = () -> {
            machine.log.lose(1000);
            machine.log.say("The end of a flood.");
        };
        machine.log.say("Booted.");
        assertThat(run(machine.trial().with(caringFor(true, false)).probing("event", afterAMinute(flood))))
                .isInstanceOf(Passed.class);

        machine.boot("");
        machine.store().forget(machine.store().contents().patches().get(0));
        assertThat(run(machine.trial().with(caringFor(true, true)).probing("event", asked -> {
                    flood.run();
                    return new Health(true, "");
                })))
                .isInstanceOf(TurnedDown.class);
    }

    @Test
    void whatTheLogSaidBeforeTheLoadIsHeldAgainstNobody() {
        machine.log.say("BUG: kernel NULL pointer dereference, address: 0000000000000008", "Oops: 0000 [#1] SMP");

        assertThat(run(machine.trial())).isInstanceOf(Passed.class);
    }

    @Test
    void nothingPassesWhoseLogCannotBeRead() {
        KernelLogReader broken = new KernelLogReader() {
            private int calls;

            @Override
            public List<LogEntry> next() {
                if (calls++ > 3) {
                    throw PatchFiles.failed(Path.of("/dev/kmsg"), "read", new IOException("Broken pipe"));
                }
                return List.of();
            }

            @Override
            public long lost() {
                return 0;
            }

            @Override
            public void close() {}
        };

        assertThat(run(Trial.of(machine.controller, machine.store(), () -> broken)))
                .isInstanceOfSatisfying(BrokenOff.class, brokenOff -> {
                    assertThat(brokenOff.reason()).contains("Broken pipe");
                    assertThat(brokenOff.patch().state()).isEqualTo(PatchState.ADDED);
                });
        assertThat(machine.inForce()).isEmpty();
    }

    @Test
    void whatWasTurnedDownIsNotTriedAgainUntilSomebodyAllowsIt() {
        StoredPatch patch = run(machine.trial().probing("health", asked -> new Health(false, "ill")))
                .patch();

        assertThat(run(machine.trial())).isEqualTo(new NotTried(patch));
        assertThat(machine.inForce()).isEmpty();
        machine.store().allow(patch, "Ada", "The disk was full.");
        assertThat(run(machine.trial())).isInstanceOf(Passed.class);
    }

    @Test
    void whatSomebodyTurnsDownMeanwhileIsTakenBack() {
        Trial trial = machine.trial().probing("event", afterAMinute(() -> {
            PatchStore store = machine.store();
            store.turnDown(store.contents().patches().get(0), "Ada", "I do not like it.");
        }));

        TrialOutcome outcome = run(trial);

        assertTurnedDownAndTakenBack(outcome, "I do not like it.");
        assertThat(outcome.patch().by()).isEqualTo("Ada");
    }

    @Test
    void whatIsRefusedIsNotOnTrialAnyMore() {
        machine.controller.refuse(module.manifest().name(), "ENOMEM");

        assertThat(run(machine.trial())).isInstanceOfSatisfying(NotLoaded.class, notLoaded -> {
            assertThat(notLoaded.outcome()).isInstanceOf(TransitionOutcome.Refused.class);
            assertThat(notLoaded.patch().state()).isEqualTo(PatchState.ADDED);
            assertThat(notLoaded.patch().marked()).isFalse();
        });
    }

    @Test
    void whatIsReversedIsNotOnTrialAnyMore() {
        machine.controller.stall(module.manifest().name(), SLEEPER);

        assertThat(run(machine.trial())).isInstanceOfSatisfying(NotLoaded.class, notLoaded -> {
            assertThat(notLoaded.outcome()).isEqualTo(new TransitionOutcome.Reversed(List.of(SLEEPER)));
            assertThat(notLoaded.patch().why()).contains("sleeper");
        });
    }

    @Test
    void aTransitionThatIsLeftRunningHasToEndBeforeTheTrialDoes() {
        machine.controller.stall(module.manifest().name(), SLEEPER);
        assertThat(run(machine.trial().with(policy(LEAVE, true, true, false))))
                .isInstanceOfSatisfying(BrokenOff.class, brokenOff -> {
                    assertThat(brokenOff.reason()).isEqualTo("Its transition has not come to an end.");
                    assertThat(brokenOff.takenBack().isClean()).isTrue();
                });

        machine.controller.resume().stall(module.manifest().name(), SLEEPER);
        assertThat(run(machine.trial().with(policy(LEAVE, true, true, false)).probing("event", asked -> {
                    machine.controller.resume();
                    return new Health(true, "");
                })))
                .isInstanceOf(Passed.class);
    }

    @Test
    void aTransitionThatADeadProcessLeftStalledIsTakenBackAndTriedAnew() {
        StoredPatch patch = machine.store().begin(machine.store().add(module, "operator"), "operator");
        machine.controller.stall(module.manifest().name(), SLEEPER).load(patch.module(), LEAVE, context);

        TrialOutcome outcome = machine.trial().goOn(context).get(0);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotLoaded.class,
                        notLoaded -> assertThat(notLoaded.outcome())
                                .isEqualTo(new TransitionOutcome.Reversed(List.of(SLEEPER))));
        assertThat(outcome.patch().state()).isEqualTo(PatchState.ADDED);
        assertThat(machine.controller.plan(module).isClear()).isTrue();
    }

    @Test
    void aWishToCancelTakesItBack() {
        CancellationToken token = CancellationToken.create();
        context = context.with(token);

        TrialOutcome outcome = run(machine.trial().probing("event", afterAMinute(token::cancel)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        BrokenOff.class,
                        brokenOff -> assertThat(brokenOff.takenBack().isClean()).isTrue());
        assertThat(outcome.patch().state()).isEqualTo(PatchState.ADDED);
        assertThat(machine.inForce()).isEmpty();
        assertThat(listener.events()).contains(new Event.Ended("trial of livepatch_a", Event.End.CANCELLED));
    }

    @Test
    void anInterruptTakesItBackAndIsNotForgotten() {
        TrialOutcome outcome = run(machine.trial()
                .probing("event", afterAMinute(() -> Thread.currentThread().interrupt())));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(BrokenOff.class);
        assertThat(outcome.patch().state()).isEqualTo(PatchState.ADDED);
        assertThat(machine.inForce()).isEmpty();
    }

    @Test
    void whatSomebodyElseTakesOutIsNotToBlame() {
        TrialOutcome outcome = run(machine.trial()
                .probing(
                        "event",
                        afterAMinute(() ->
                                machine.controller.disable(module.manifest().name(), LEAVE, machine.clock.context()))));

        assertThat(outcome).isInstanceOfSatisfying(BrokenOff.class, brokenOff -> {
            assertThat(brokenOff.takenBack().disabled()).isEqualTo(new AlreadySo());
            assertThat(brokenOff.takenBack().unloaded()).containsInstanceOf(Completed.class);
        });
    }

    @Test
    void aBadLivepatchThatIsStuckStaysMarkedAndIsTakenOutLater() {
        TrialOutcome outcome = run(machine.trial().probing("event", asked -> {
            machine.controller.stall(module.manifest().name(), SLEEPER);
            return new Health(false, "ill");
        }));

        assertThat(outcome).isInstanceOfSatisfying(TurnedDown.class, turnedDown -> {
            assertThat(turnedDown.takenBack().disabled())
                    .isEqualTo(new TransitionOutcome.StillRunning(TransitionDirection.UNPATCHING, List.of(SLEEPER)));
            assertThat(turnedDown.takenBack().isClean()).isFalse();
            assertThat(turnedDown.patch().marked()).isTrue();
        });
        machine.controller.resume();
        assertTurnedDownAndTakenBack(machine.trial().goOn(context).get(0), "event: ill");
        assertThat(machine.trial().goOn(context)).isEmpty();
    }

    @Test
    void whatItHasReplacedComesBackWhenItIsTakenBack() {
        LivepatchModule first = machine.cumulative("cumulative_1");
        LivepatchModule stacked = machine.patch("stacked");
        machine.accept(first);
        machine.clock.advance(Duration.ofDays(1));
        machine.accept(stacked);
        LivepatchModule foreign = machine.patch("foreign");
        machine.controller.load(foreign, LEAVE, machine.clock.context());
        module = machine.cumulative("cumulative_2");

        TrialOutcome outcome = run(machine.trial().probing("health", asked -> new Health(false, "ill")));

        assertThat(outcome).isInstanceOfSatisfying(TurnedDown.class, turnedDown -> {
            assertThat(turnedDown.takenBack().missing())
                    .extracting(LivepatchName::text)
                    .containsExactly("cumulative_1", "stacked", "foreign");
            assertThat(turnedDown.takenBack().restored().isComplete()).isTrue();
        });
        assertThat(machine.inForce()).containsExactly("cumulative_1", "stacked");
        assertThat(machine.store().contents().patches()).noneMatch(StoredPatch::marked);
    }

    @Test
    void whateverATrialThrowsItHasTakenTheLivepatchBack() {
        Trial unreadable = machine.trial().probing("event", asked -> {
            machine.damage(module);
            return new Health(true, "");
        });

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> run(unreadable));
        assertThat(machine.inForce()).isEmpty();

        module = machine.patch("livepatch_b");
        Trial erring = machine.trial().probing("plug-in", asked -> {
            throw new NoClassDefFoundError("org/example/Probe");
        });
        assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> run(erring));
        assertThat(machine.inForce()).isEmpty();
        assertThat(machine.store().contents().patches()).singleElement().returns(PatchState.ADDED, StoredPatch::state);
    }

    @Test
    void twoTrialsAtOnceAreRefused() {
        Trial trial = machine.trial().probing("another", asked -> {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> machine.trial().run(machine.patch("livepatch_b"), "too", machine.clock.context()))
                    .withMessageContaining("which has livepatch_a on trial");
            return new Health(true, "");
        });

        assertThat(run(trial)).isInstanceOf(Passed.class);
    }

    @Test
    void aLogThatCannotBeOpenedKeepsItFromBeingLoaded() {
        Trial trial = Trial.of(machine.controller, machine.store(), () -> {
            throw new IllegalStateException("no log");
        });

        assertThatIllegalStateException().isThrownBy(() -> run(trial));
        assertThat(machine.inForce()).isEmpty();
        assertThat(machine.store().contents().patches()).singleElement().returns(PatchState.ADDED, StoredPatch::state);
    }

    /** The fault: a log that grows faster than it is read, for ever. */
    @Test
    void aLogWithoutAnEndDoesNotKeepATrialFromBeginning() {
        KernelLogReader endless = new KernelLogReader() {
            private long said;

            @Override
            public List<LogEntry> next() {
                return List.of(new LogEntry(OptionalLong.of(said), Duration.ofSeconds(said++), 6, "chatter"));
            }

            @Override
            public long lost() {
                return 0;
            }

            @Override
            public void close() {}
        };

        assertThat(run(Trial.of(machine.controller, machine.store(), () -> endless)))
                .isInstanceOf(Passed.class);
    }

    /** The fault: a machine that sleeps for longer than it was asked to. */
    @Test
    void aTrialAdvancesToItsEndAndNoFurther() {
        context = context.sleepingBy(nap -> machine.clock.sleep(nap.plusSeconds(7)));
        run(machine.trial());

        assertThat(listener.events())
                .contains(new Event.Advanced("trial of livepatch_a", 300))
                .noneMatch(event -> event instanceof Event.Advanced advanced && advanced.done() > 300);
    }
}
