package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.CveProtection.State;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.AlreadySo;
import org.tuxtape.core.livepatch.TransitionOutcome.Cancelled;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionOutcome.Refused;
import org.tuxtape.core.livepatch.TransitionOutcome.Reversed;
import org.tuxtape.core.livepatch.TransitionOutcome.StillRunning;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.AbsentObject;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Cumulative;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Refusal;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Stall;

/**
 * The rules of {@link LivepatchController} as tests, and as EV-1 the grammar of the {@link Event}s that it tells, if it
 * tells any. They hold on a {@linkplain org.tuxtape.testkit.kernel.SimulatedKernel simulated kernel} as on a real one.
 *
 * <pre>{@code
 * final class SysfsControllerTest extends LivepatchControllerContract {
 *     @Override
 *     protected LivepatchControllerSubject subject() {
 *         SimulatedKernel kernel = SimulatedKernel.builder(RELEASE).clock(clock).build();
 *         return LivepatchControllerSubject.of(() -> controllerOf(kernel), () -> stateOf(kernel), kernel.install(ONE))
 *                 .context(clock.context())
 *                 .cumulative(kernel.install(LARGER), kernel.install(SMALLER))
 *                 .stall(sleeperIn(kernel))
 *                 .lacks(Ability.OLDER_KERNEL, "There is one kernel.");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class LivepatchControllerContract {
    private static final Duration AMPLE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final TransitionPolicy PATIENT = new TransitionPolicy.Reverse(AMPLE);

    private @Nullable LivepatchControllerSubject tested;

    /** Creates the test. */
    protected LivepatchControllerContract() {}

    /**
     * Returns what is to be tested; called by each test anew, after the set-up methods of the subclass.
     *
     * @return the subject
     */
    protected abstract LivepatchControllerSubject subject();

    private LivepatchControllerSubject given() {
        LivepatchControllerSubject subject = subject();
        tested = subject;
        return subject;
    }

    @AfterEach
    final void cleanUp() {
        if (tested != null) {
            tested.cleanUp();
        }
    }

    @Test
    @DisplayName("LC-1 reading needs no privilege")
    final void lc1_readingNeedsNoPrivilege() {
        LivepatchControllerSubject subject = given();
        var unprivileged = subject.unprivilegedOrAbort("LC-1");
        load(subject, subject.module());
        List<Livepatch> seen = subject.controller().loaded();
        LivepatchController controller = unprivileged.get();
        assertThat(controller.loaded()).isEqualTo(seen);
        assertThat(controller.plan(subject.module()).name()).isEqualTo(name(subject.module()));
    }

    @Test
    @DisplayName("LC-1 without privilege every change is refused, and none is made")
    final void lc1_withoutPrivilegeEveryChangeIsRefused() {
        LivepatchControllerSubject subject = given();
        var unprivileged = subject.unprivilegedOrAbort("LC-1");
        Object before = subject.state();
        assertRefused(unprivileged.get().load(subject.module(), PATIENT, subject.context()), Cause.NOT_PERMITTED);
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-1 without privilege nothing is disabled")
    final void lc1_withoutPrivilegeNothingIsDisabled() {
        LivepatchControllerSubject subject = given();
        var unprivileged = subject.unprivilegedOrAbort("LC-1");
        load(subject, subject.module());
        Object before = subject.state();
        LivepatchController controller = unprivileged.get();
        assertRefused(controller.disable(name(subject.module()), PATIENT, subject.context()), Cause.NOT_PERMITTED);
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-2 looking changes nothing")
    final void lc2_lookingChangesNothing() {
        LivepatchControllerSubject subject = given();
        load(subject, subject.module());
        Object before = subject.state();
        subject.controller().loaded();
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-2 a permit that has ended forces nothing")
    final void lc2_aPermitThatHasEndedForcesNothing() {
        LivepatchControllerSubject subject = given();
        TransitionPolicy force = force(subject, Duration.ofSeconds(-1));
        assertThat(loadStalled(subject, "LC-2", force)).isInstanceOf(Reversed.class);
    }

    @Test
    @DisplayName("LC-2 a permit forces what stalls, and the outcome says so")
    final void lc2_aPermitForcesWhatStalls() {
        LivepatchControllerSubject subject = given();
        TransitionOutcome outcome = loadStalled(subject, "LC-2", force(subject, Duration.ofDays(1)));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.forced()).isTrue());
        awaitEnd(subject);
        assertInForce(subject);
    }

    @Test
    @DisplayName("LC-2 what does not stall is not forced")
    final void lc2_whatDoesNotStallIsNotForced() {
        LivepatchControllerSubject subject = given();
        ForcePermit permit = permit(subject, Duration.ofDays(1));
        TransitionPolicy force = new TransitionPolicy.Force(AMPLE, permit);
        assertThat(subject.controller().load(subject.module(), force, subject.context()))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.forced()).isFalse());
    }

    @Test
    @DisplayName("LC-3 a plan changes nothing")
    final void lc3_aPlanChangesNothing() {
        LivepatchControllerSubject subject = given();
        Object before = subject.state();
        LivepatchController controller = subject.controller();
        assertThat(controller.plan(subject.module())).isEqualTo(controller.plan(subject.module()));
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-3 a plan says which functions become patched")
    final void lc3_aPlanSaysWhichFunctionsBecomePatched() {
        LivepatchControllerSubject subject = given();
        LoadPlan plan = subject.controller().plan(subject.module());
        assertThat(plan.name()).isEqualTo(name(subject.module()));
        assertThat(plan.obstacles()).as("obstacles").isEmpty();
        assertThat(plan.patched()).as("patched").hasSameElementsAs(functions(subject.module()));
        assertThat(plan.kept()).as("kept").isEmpty();
        assertThat(plan.reverted()).as("reverted").isEmpty();
        assertThat(plan.replaced()).as("replaced").isEmpty();
    }

    @Test
    @DisplayName("LC-3 the plan of a larger livepatch says what it adds, and comes true")
    final void lc3_thePlanOfALargerOneComesTrue() {
        LivepatchControllerSubject subject = given();
        LivepatchModule larger = subject.cumulativeOrAbort("LC-3").larger();
        load(subject, subject.module());
        LoadPlan plan = subject.controller().plan(larger);
        assertThat(plan.kept()).as("kept").hasSameElementsAs(functions(subject.module()));
        assertThat(plan.reverted()).as("reverted").isEmpty();
        assertThat(plan.replaced()).as("replaced").containsExactly(name(subject.module()));
        load(subject, larger);
        assertComeTrue(subject, plan, larger);
    }

    @Test
    @DisplayName("LC-3 the plan of a smaller livepatch says what goes back to the original, and comes true")
    final void lc3_thePlanOfASmallerOneComesTrue() {
        LivepatchControllerSubject subject = given();
        Cumulative cumulative = subject.cumulativeOrAbort("LC-3");
        load(subject, cumulative.larger());
        LoadPlan plan = subject.controller().plan(cumulative.smaller());
        Set<PatchedFunction> dropped = functions(cumulative.larger());
        dropped.removeAll(functions(cumulative.smaller()));
        assertThat(plan.patched()).as("patched").isEmpty();
        assertThat(plan.reverted()).as("reverted").hasSameElementsAs(dropped);
        assertThat(plan.replaced()).as("replaced").containsExactly(name(cumulative.larger()));
        load(subject, cumulative.smaller());
        assertComeTrue(subject, plan, cumulative.smaller());
    }

    private static void assertComeTrue(LivepatchControllerSubject subject, LoadPlan plan, LivepatchModule module) {
        List<Livepatch> loaded = subject.controller().loaded();
        assertThat(loaded).extracting(Livepatch::name).containsExactly(name(module));
        Set<PatchedFunction> planned = new TreeSet<>(plan.patched());
        planned.addAll(plan.kept());
        Set<PatchedFunction> shown = new TreeSet<>();
        loaded.get(0).objects().forEach(object -> object.functions().forEach(own -> shown.add(own.asRunning())));
        assertThat(shown).as("functions that are patched").hasSameElementsAs(planned);
    }

    @Test
    @DisplayName("LC-3 a plan names the objects that are not loaded")
    final void lc3_aPlanNamesTheObjectsThatAreNotLoaded() {
        LivepatchControllerSubject subject = given();
        LivepatchModule waiting = subject.ofAbsentObjectOrAbort("LC-3").module();
        Set<String> objects = new TreeSet<>();
        waiting.manifest().objects().stream()
                .filter(object -> !object.isVmlinux())
                .forEach(object -> objects.add(object.moduleName()));
        assertThat(subject.controller().plan(waiting).absent()).hasSameElementsAs(objects);
    }

    @Test
    @DisplayName("LC-3 a plan foresees the error that a load then meets")
    final void lc3_aPlanForeseesTheErrorThatALoadThenMeets() {
        LivepatchControllerSubject subject = given();
        Refusal refusal = subject.refusedOrAbort("LC-3");
        assertForeseen(subject.controller(), refusal.module(), refusal.errno());
    }

    @Test
    @DisplayName("LC-3 a plan foresees that a name is taken")
    final void lc3_aPlanForeseesThatANameIsTaken() {
        LivepatchControllerSubject subject = given();
        load(subject, subject.module());
        assertForeseen(subject.controller(), subject.module(), "EEXIST");
    }

    private static void assertForeseen(LivepatchController controller, LivepatchModule module, String errno) {
        List<Obstacle> obstacles = controller.plan(module).obstacles();
        assertThat(obstacles).extracting(Obstacle::errno).startsWith(errno);
        assertThat(obstacles)
                .allSatisfy(obstacle -> assertThat(obstacle.reason()).isNotBlank());
    }

    @Test
    @DisplayName("LC-4 a load returns when the transition has ended")
    final void lc4_aLoadReturnsWhenTheTransitionHasEnded() {
        LivepatchControllerSubject subject = given();
        assertThat(subject.controller().load(subject.module(), PATIENT, subject.context()))
                .isInstanceOf(Completed.class);
        assertInForce(subject);
    }

    @Test
    @DisplayName("LC-4 loading what is in force changes nothing, and says so")
    final void lc4_loadingAgainSaysSo() {
        LivepatchControllerSubject subject = given();
        load(subject, subject.module());
        Object before = subject.state();
        assertThat(subject.controller().load(subject.module(), PATIENT, subject.context()))
                .isEqualTo(new AlreadySo());
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-4 what was disabled is no longer shown, and is loaded again only once its module is gone")
    final void lc4_whatWasDisabledStaysUntilItIsUnloaded() {
        LivepatchControllerSubject subject = given();
        load(subject, subject.module());
        disable(subject);
        assertThat(subject.controller().loaded()).isEmpty();
        assertRefused(subject.controller().load(subject.module(), PATIENT, subject.context()), Cause.NAME_TAKEN);
        unload(subject, subject.module());
        load(subject, subject.module());
    }

    @Test
    @DisplayName("LC-4 what is not there is neither disabled nor unloaded, and the outcome says so")
    final void lc4_whatIsNotThereSaysSo() {
        LivepatchControllerSubject subject = given();
        load(subject, subject.module());
        disable(subject);
        assertThat(subject.controller().disable(name(subject.module()), PATIENT, subject.context()))
                .isEqualTo(new AlreadySo());
        unload(subject, subject.module());
        assertThat(subject.controller().unload(name(subject.module()), subject.context()))
                .isEqualTo(new AlreadySo());
    }

    @Test
    @DisplayName("LC-4 what is in force is not unloaded")
    final void lc4_whatIsInForceIsNotUnloaded() {
        LivepatchControllerSubject subject = given();
        load(subject, subject.module());
        Object before = subject.state();
        assertRefused(subject.controller().unload(name(subject.module()), subject.context()), Cause.IN_USE);
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-4 what was replaced is no longer in force, and its module stays until it is unloaded")
    final void lc4_whatWasReplacedLeavesItsModule() {
        LivepatchControllerSubject subject = given();
        Cumulative cumulative = subject.cumulativeOrAbort("LC-4");
        load(subject, subject.module());
        load(subject, cumulative.larger());
        assertThat(subject.controller().loaded())
                .extracting(Livepatch::name)
                .containsExactly(name(cumulative.larger()));
        assertRefused(subject.controller().load(subject.module(), PATIENT, subject.context()), Cause.NAME_TAKEN);
        unload(subject, subject.module());
        load(subject, cumulative.smaller());
        unload(subject, cumulative.larger());
        assertThat(subject.controller().loaded())
                .extracting(Livepatch::name)
                .containsExactly(name(cumulative.smaller()));
    }

    @Test
    @DisplayName("LC-4 a refusal carries the kernel's error, and nothing is changed")
    final void lc4_aRefusalCarriesTheKernelsError() {
        LivepatchControllerSubject subject = given();
        Refusal refusal = subject.refusedOrAbort("LC-4");
        Object before = subject.state();
        assertThat(subject.controller().load(refusal.module(), PATIENT, subject.context()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.obstacle().errno()).isEqualTo(refusal.errno()));
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-4 what is to be left running is left running at the deadline, and ends when it can")
    final void lc4_whatIsLeftRunningEndsWhenItCan() {
        LivepatchControllerSubject subject = given();
        Stall stall = subject.stallOrAbort("LC-4");
        int tid = stall.begin();
        assertThat(subject.controller().load(subject.module(), leave(subject), subject.context()))
                .isInstanceOfSatisfying(StillRunning.class, running -> {
                    assertThat(running.direction()).isEqualTo(TransitionDirection.PATCHING);
                    assertThat(running.blocking()).extracting(BlockingTask::tid).contains(tid);
                });
        stall.end();
        awaitEnd(subject);
        assertInForce(subject);
    }

    @Test
    @DisplayName("LC-4 while a transition is running, no other begins")
    final void lc4_whileATransitionIsRunningNoOtherBegins() {
        LivepatchControllerSubject subject = given();
        LivepatchModule larger = subject.cumulativeOrAbort("LC-4").larger();
        assertThat(loadStalled(subject, "LC-4", leave(subject))).isInstanceOf(StillRunning.class);
        Object before = subject.state();
        assertRefused(subject.controller().load(larger, PATIENT, subject.context()), Cause.TRANSITION_RUNNING);
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-4 what was left running can be taken back")
    final void lc4_whatWasLeftRunningCanBeTakenBack() {
        LivepatchControllerSubject subject = given();
        Object before = subject.state();
        assertThat(loadStalled(subject, "LC-4", leave(subject))).isInstanceOf(StillRunning.class);
        disable(subject);
        unload(subject, subject.module());
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-5 at the deadline a load is reversed, and no module is left behind")
    final void lc5_aReversedLoadLeavesNothingBehind() {
        LivepatchControllerSubject subject = given();
        Object before = subject.state();
        assertThat(loadStalled(subject, "LC-5", reverse(subject))).isInstanceOf(Reversed.class);
        assertThat(subject.state()).isEqualTo(before);
        assertThat(subject.controller().plan(subject.module()).obstacles()).isEmpty();
    }

    @Test
    @DisplayName("LC-5 a reversed load names the tasks that blocked it")
    final void lc5_aReversedLoadNamesTheTasksThatBlockedIt() {
        LivepatchControllerSubject subject = given();
        int tid = subject.stallOrAbort("LC-5").begin();
        assertThat(subject.controller().load(subject.module(), reverse(subject), subject.context()))
                .isInstanceOfSatisfying(
                        Reversed.class,
                        reversed -> assertThat(reversed.blocking())
                                .extracting(BlockingTask::tid)
                                .contains(tid));
    }

    @Test
    @DisplayName("LC-5 at the deadline a disable is reversed, and the livepatch is in force as before")
    final void lc5_aReversedDisableIsInForceAsBefore() {
        LivepatchControllerSubject subject = given();
        Stall stall = subject.stallOnTheWayBackOrAbort("LC-5");
        load(subject, subject.module());
        Object before = subject.state();
        int tid = stall.begin();
        assertThat(subject.controller().disable(name(subject.module()), reverse(subject), subject.context()))
                .isInstanceOfSatisfying(
                        Reversed.class,
                        reversed -> assertThat(reversed.blocking())
                                .extracting(BlockingTask::tid)
                                .contains(tid));
        assertThat(subject.state()).isEqualTo(before);
        assertInForce(subject);
    }

    @Test
    @DisplayName("LC-5 a load that is cancelled on its way leaves nothing behind")
    final void lc5_aCancelledLoadLeavesNothingBehind() {
        LivepatchControllerSubject subject = given();
        Object before = subject.state();
        assertThat(loadCancelled(subject, "LC-5", subject.context())).isInstanceOf(Cancelled.class);
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-5 a caller who wants to stop before it begins changes nothing")
    final void lc5_aCallerWhoWantsToStopBeforeItBeginsChangesNothing() {
        LivepatchControllerSubject subject = given();
        Object before = subject.state();
        CancellationToken token = CancellationToken.create();
        token.cancel();
        Context cancelled = subject.context().with(token);
        assertThat(subject.controller().load(subject.module(), PATIENT, cancelled))
                .isEqualTo(new Cancelled(List.of()));
        assertThat(subject.state()).isEqualTo(before);
    }

    @Test
    @DisplayName("LC-6 a CVE is fixed where every object reports patched, and not before")
    final void lc6_aCveIsFixedWhereEveryObjectReportsPatched() {
        LivepatchControllerSubject subject = given();
        assertThat(states(subject, subject.module())).containsOnly(State.NOT_FIXED);
        load(subject, subject.module());
        assertThat(subject.controller().loaded())
                .singleElement()
                .matches(livepatch -> livepatch.protects(KernelObject.VMLINUX), "protects vmlinux");
        assertThat(states(subject, subject.module())).containsOnly(State.FIXED);
        disable(subject);
        assertThat(states(subject, subject.module())).containsOnly(State.NOT_FIXED);
    }

    @Test
    @DisplayName("LC-6 a CVE is not fixed while tasks are switching over")
    final void lc6_aCveIsNotFixedWhileTasksAreSwitchingOver() {
        LivepatchControllerSubject subject = given();
        // That it is left running is LC-4.
        if (loadStalled(subject, "LC-6", leave(subject)) instanceof StillRunning) {
            assertThat(states(subject, subject.module())).containsOnly(State.IN_TRANSITION);
        }
    }

    @Test
    @DisplayName("LC-6 a CVE in a module that is not loaded is fixed when it comes")
    final void lc6_aCveInAnAbsentModuleIsFixedWhenItComes() {
        LivepatchControllerSubject subject = given();
        AbsentObject absent = subject.ofAbsentObjectOrAbort("LC-6");
        load(subject, absent.module());
        assertThat(states(subject, absent.module())).contains(State.WAITING_FOR_OBJECT);
        absent.coming().run();
        assertThat(states(subject, absent.module())).containsOnly(State.FIXED);
    }

    @Test
    @DisplayName("LC-7 what the kernel does not show is empty, whatever its version")
    final void lc7_whatTheKernelDoesNotShowIsEmpty() {
        LivepatchControllerSubject subject = given();
        LivepatchController older = subject.olderOrAbort("LC-7").get();
        assertThat(older.load(subject.module(), PATIENT, subject.context())).isInstanceOf(Completed.class);
        assertThat(older.loaded()).singleElement().satisfies(livepatch -> {
            assertThat(livepatch.enabled()).as("enabled").isTrue();
            assertThat(livepatch.replacement()).as("replacement").isEmpty();
            assertThat(livepatch.stackOrder()).as("place in the stack").isEqualTo(OptionalInt.empty());
            assertThat(livepatch.objects())
                    .isNotEmpty()
                    .allSatisfy(object -> assertThat(object.patched()).isEqualTo(Optional.empty()));
        });
        assertThat(CveProtection.of(older.loaded(), List.of(subject.module().manifest())))
                .extracting(CveProtection::state)
                .containsOnly(State.UNKNOWN);
    }

    @Test
    @DisplayName("EV-1 what ends ends as completed")
    final void ev1_whatEndsEndsAsCompleted() {
        LivepatchControllerSubject subject = given();
        RecordingListener listener = new RecordingListener();
        Context context = subject.context().with(listener);
        LivepatchController controller = subject.controller();
        controller.load(subject.module(), PATIENT, context);
        controller.disable(name(subject.module()), PATIENT, context);
        controller.unload(name(subject.module()), context);
        Reading.assertEnd(listener, Event.End.COMPLETED);
    }

    @Test
    @DisplayName("EV-1 what is reversed ends too")
    final void ev1_whatIsReversedEndsToo() {
        LivepatchControllerSubject subject = given();
        subject.stallOrAbort("EV-1").begin();
        RecordingListener listener = new RecordingListener();
        Context context = subject.context().with(listener);
        subject.controller().load(subject.module(), reverse(subject), context);
        listener.assertWellFormed();
    }

    @Test
    @DisplayName("EV-1 what is cancelled ends as cancelled")
    final void ev1_whatIsCancelledEndsAsCancelled() {
        LivepatchControllerSubject subject = given();
        RecordingListener listener = new RecordingListener();
        // That it is cancelled at all is LC-5.
        if (loadCancelled(subject, "EV-1", subject.context().with(listener)) instanceof Cancelled) {
            Reading.assertEnd(listener, Event.End.CANCELLED);
        }
    }

    private static LivepatchName name(LivepatchModule module) {
        return module.manifest().name();
    }

    private static Set<PatchedFunction> functions(LivepatchModule module) {
        return LivepatchControllerSubject.functions(module);
    }

    private static TransitionPolicy reverse(LivepatchControllerSubject subject) {
        return new TransitionPolicy.Reverse(subject.deadline());
    }

    private static TransitionPolicy leave(LivepatchControllerSubject subject) {
        return new TransitionPolicy.LeaveRunning(subject.deadline());
    }

    private static TransitionPolicy force(LivepatchControllerSubject subject, Duration permitted) {
        return new TransitionPolicy.Force(subject.deadline(), permit(subject, permitted));
    }

    private static ForcePermit permit(LivepatchControllerSubject subject, Duration lasting) {
        Instant until = subject.context().clock().instant().plus(lasting);
        return new ForcePermit("contract test", "to see whether it is heeded", until);
    }

    /** Loads, as far as other rules need it: that the transition has ended by then is LC-4. */
    private static void load(LivepatchControllerSubject subject, LivepatchModule module) {
        assertThat(subject.controller().load(module, PATIENT, subject.context()))
                .as("the load of %s", name(module))
                .isInstanceOf(Completed.class);
        awaitEnd(subject);
    }

    private static void disable(LivepatchControllerSubject subject) {
        assertThat(subject.controller().disable(name(subject.module()), PATIENT, subject.context()))
                .as("the disabling of %s", name(subject.module()))
                .isInstanceOf(Completed.class);
    }

    private static void unload(LivepatchControllerSubject subject, LivepatchModule module) {
        assertThat(subject.controller().unload(name(module), subject.context()))
                .as("the unloading of %s", name(module))
                .isInstanceOf(Completed.class);
    }

    private static TransitionOutcome loadStalled(
            LivepatchControllerSubject subject, String rule, TransitionPolicy policy) {
        subject.stallOrAbort(rule).begin();
        return subject.controller().load(subject.module(), policy, subject.context());
    }

    /** Loads what stalls, and wants to stop as soon as something is told or waited for. */
    private static TransitionOutcome loadCancelled(LivepatchControllerSubject subject, String rule, Context context) {
        subject.stallOrAbort(rule).begin();
        CancellationToken token = CancellationToken.create();
        Context impatient = context.with(token)
                .with(event -> {
                    context.tell(event);
                    token.cancel();
                })
                .sleepingBy(duration -> {
                    token.cancel();
                    context.sleeper().sleep(duration);
                });
        return subject.controller().load(subject.module(), PATIENT, impatient);
    }

    private static void awaitEnd(LivepatchControllerSubject subject) {
        Instant end = subject.context().clock().instant().plus(AMPLE);
        while (subject.controller().loaded().stream().anyMatch(Livepatch::inTransition)
                && subject.context().clock().instant().isBefore(end)) {
            subject.context().pause(BETWEEN_LOOKS);
        }
    }

    private static void assertRefused(TransitionOutcome outcome, Cause cause) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.obstacle().cause()).isEqualTo(cause);
            assertThat(refused.obstacle().reason()).isNotBlank();
        });
    }

    private static void assertInForce(LivepatchControllerSubject subject) {
        assertThat(subject.controller().loaded()).singleElement().satisfies(livepatch -> {
            assertThat(livepatch.name()).isEqualTo(name(subject.module()));
            assertThat(livepatch.enabled()).as("enabled").isTrue();
            assertThat(livepatch.inTransition()).as("in transition").isFalse();
        });
    }

    private static List<State> states(LivepatchControllerSubject subject, LivepatchModule module) {
        return CveProtection.of(subject.controller().loaded(), List.of(module.manifest())).stream()
                .map(CveProtection::state)
                .toList();
    }
}
