package org.tuxtape.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.AlreadySo;
import org.tuxtape.core.livepatch.TransitionOutcome.Cancelled;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionOutcome.Reversed;
import org.tuxtape.core.livepatch.TransitionOutcome.StillRunning;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.RecordingListener;

final class FakeLivepatchControllerTest {
    static final KernelRelease RELEASE = KernelRelease.parse("6.12.94+deb13-amd64");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    static final TransitionPolicy REVERSE = new TransitionPolicy.Reverse(MINUTE);
    static final TransitionPolicy LEAVE = new TransitionPolicy.LeaveRunning(MINUTE);
    static final BlockingTask SLEEPER =
            new BlockingTask(7, 7, "sleeper", BlockingTask.Kind.USER, 'S', List.of("do_nanosleep"), Optional.empty());
    private static final KernelObject BTRFS = KernelObject.module("fs/btrfs/btrfs");
    private static final LivepatchName FIRST = new LivepatchName("first");
    private static final LivepatchName SECOND = new LivepatchName("second");

    private final ManualClock clock = ManualClock.create();
    private final RecordingListener listener = new RecordingListener();
    private final Context context = clock.context().with(listener);
    private final FakeLivepatchController controller = FakeLivepatchController.of(RELEASE);

    static LivepatchModule module(
            LivepatchName name, KernelRelease release, Replacement replacement, PatchedFunction... functions) {
        String digits = "0".repeat(64);
        Manifest manifest = new Manifest(
                name,
                digits,
                release,
                release + " SMP",
                "none",
                Optional.of(new BuildKey(digits)),
                replacement,
                new TreeMap<>(),
                new TreeSet<>(List.of(functions)));
        return new LivepatchModule(Path.of(name + ".ko"), manifest);
    }

    private static LivepatchModule module(LivepatchName name) {
        return module(name, RELEASE, Replacement.STACK, function(KernelObject.VMLINUX, name.text()));
    }

    static PatchedFunction function(KernelObject object, String name) {
        return new PatchedFunction(object, name, 0);
    }

    private static TransitionPolicy force(Duration permitted) {
        return new TransitionPolicy.Force(
                MINUTE, new ForcePermit("operator", "no other way", ManualClock.START.plus(permitted)));
    }

    private List<LivepatchName> names() {
        return controller.loaded().stream().map(Livepatch::name).toList();
    }

    private static void assertRefused(TransitionOutcome outcome, String errno) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Refused.class,
                        refused -> assertThat(refused.obstacle().errno()).isEqualTo(errno));
    }

    @Test
    void aLoadPatchesWhatIsThereAndLaterWhatComes() {
        LivepatchModule module = module(
                FIRST,
                RELEASE,
                Replacement.STACK,
                function(KernelObject.VMLINUX, "sock_init"),
                function(BTRFS, "btrfs_init"));
        assertThat(controller.load(module, REVERSE, context)).isEqualTo(new Completed(Duration.ZERO, false, List.of()));
        assertThat(controller.loaded()).singleElement().satisfies(livepatch -> {
            assertThat(livepatch.protects(KernelObject.VMLINUX)).isTrue();
            assertThat(livepatch.protects(BTRFS)).isFalse();
        });
        controller.withObject("btrfs");
        assertThat(controller.loaded().get(0).protects(BTRFS)).isTrue();
        listener.assertWellFormed();
    }

    @Test
    void whatIsSoAlreadyStaysSo() {
        controller.load(module(FIRST), REVERSE, context);
        assertThat(controller.load(module(FIRST), REVERSE, context)).isEqualTo(new AlreadySo());
        controller.disable(FIRST, REVERSE, context);
        assertThat(controller.disable(FIRST, REVERSE, context)).isEqualTo(new AlreadySo());
        controller.unload(FIRST, context);
        assertThat(controller.unload(FIRST, context)).isEqualTo(new AlreadySo());
    }

    @Test
    void aPlanChangesNothingAndSaysWhatWouldChange() {
        PatchedFunction kept = function(KernelObject.VMLINUX, "kept");
        PatchedFunction dropped = function(KernelObject.VMLINUX, "dropped");
        PatchedFunction later = function(BTRFS, "later");
        controller.load(module(FIRST, RELEASE, Replacement.STACK, kept, dropped), REVERSE, context);
        LoadPlan plan = controller.plan(module(SECOND, RELEASE, Replacement.REPLACE_ALL, kept, later));
        assertThat(plan.patched()).isEmpty();
        assertThat(plan.kept()).containsExactly(kept.asRunning());
        assertThat(plan.reverted()).containsExactly(dropped.asRunning());
        assertThat(plan.replaced()).containsExactly(FIRST);
        assertThat(plan.absent()).containsExactly("btrfs");
        assertThat(plan.isClear()).isTrue();
        assertThat(names()).containsExactly(FIRST);
    }

    @Test
    void aReplacedLivepatchIsGoneAndItsModuleStaysUntilItIsUnloaded() {
        controller.load(module(FIRST), REVERSE, context);
        LivepatchModule replacing =
                module(SECOND, RELEASE, Replacement.REPLACE_ALL, function(KernelObject.VMLINUX, "second"));
        controller.load(replacing, REVERSE, context);
        assertThat(names()).containsExactly(SECOND);
        assertRefused(controller.load(module(FIRST), REVERSE, context), "EEXIST");
        assertThat(controller.unload(FIRST, context)).isInstanceOf(Completed.class);
        assertThat(controller.load(module(FIRST), REVERSE, context)).isInstanceOf(Completed.class);
        assertThat(controller.loaded())
                .extracting(livepatch -> livepatch.stackOrder().getAsInt())
                .containsExactly(1, 2);
    }

    @Test
    void theKernelRefuses() {
        KernelRelease other = KernelRelease.parse("6.12.95+deb13-amd64");
        assertRefused(controller.load(module(FIRST, other, Replacement.STACK), REVERSE, context), "ENOEXEC");
        assertRefused(controller.refuse(FIRST, "ENOMEM").load(module(FIRST), REVERSE, context), "ENOMEM");
        assertThat(controller.plan(module(FIRST)).isClear()).isFalse();
        assertThat(controller.unload(FIRST, context)).isEqualTo(new AlreadySo());
        controller.load(module(SECOND), REVERSE, context);
        assertRefused(controller.unload(SECOND, context), "EWOULDBLOCK");
        assertThat(names()).containsExactly(SECOND);
    }

    @Test
    void aStalledLoadIsReversedAtTheDeadlineAndLeavesNothingBehind() {
        controller.stall(FIRST, SLEEPER);
        assertThat(controller.load(module(FIRST), REVERSE, context)).isEqualTo(new Reversed(List.of(SLEEPER)));
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plus(MINUTE));
        assertThat(names()).isEmpty();
        assertThat(controller.plan(module(FIRST)).isClear()).isTrue();
        assertThat(listener.events()).contains(new Event.Noted("load first", "sleeper (7) has not switched over."));
        listener.assertWellFormed();
    }

    @Test
    void aStalledDisableIsReversedAtTheDeadline() {
        controller.load(module(FIRST), REVERSE, context);
        List<Livepatch> before = controller.loaded();
        controller.stall(FIRST, SLEEPER);
        assertThat(controller.disable(FIRST, REVERSE, context)).isEqualTo(new Reversed(List.of(SLEEPER)));
        assertThat(controller.loaded()).isEqualTo(before);
    }

    @Test
    void aStalledLoadMayBeLeftRunningAndKeepsOthersOut() {
        controller.stall(FIRST, SLEEPER);
        assertThat(controller.load(module(FIRST), LEAVE, context))
                .isEqualTo(new StillRunning(TransitionDirection.PATCHING, List.of(SLEEPER)));
        assertThat(controller.loaded().get(0).inTransition()).isTrue();
        assertThat(controller.loaded().get(0).protects(KernelObject.VMLINUX)).isFalse();
        assertRefused(controller.load(module(SECOND), REVERSE, context), "EBUSY");
        controller.resume();
        assertThat(controller.loaded().get(0).protects(KernelObject.VMLINUX)).isTrue();
        assertThat(controller.load(module(SECOND), REVERSE, context)).isInstanceOf(Completed.class);
    }

    @Test
    void aLoadThatWasLeftRunningCanBeTakenBack() {
        controller.stall(FIRST, SLEEPER).load(module(FIRST), LEAVE, context);
        assertThat(controller.disable(FIRST, REVERSE, context)).isInstanceOf(Completed.class);
        assertThat(names()).isEmpty();
        assertThat(controller.unload(FIRST, context)).isInstanceOf(Completed.class);
    }

    @Test
    void forceNeedsAPermitThatLastsUntilTheDeadline() {
        controller.stall(FIRST, SLEEPER);
        assertThat(controller.load(module(FIRST), force(MINUTE.minusNanos(1)), context))
                .isInstanceOf(Reversed.class);
        assertThat(controller.load(module(FIRST), force(MINUTE.multipliedBy(2)), context))
                .isEqualTo(new Completed(MINUTE, true, List.of()));
        assertThat(controller.loaded().get(0).protects(KernelObject.VMLINUX)).isTrue();
    }

    @Test
    void whatWasTakenOutByForceIsNeverRemoved() {
        controller.load(module(FIRST), REVERSE, context);
        controller.stall(FIRST, SLEEPER).disable(FIRST, force(MINUTE), context);
        assertThat(names()).isEmpty();
        assertRefused(controller.unload(FIRST, context), "EWOULDBLOCK");
    }

    @Test
    void cancellationBeforeOrDuringATransitionLeavesEverythingAsItWas() {
        CancellationToken token = CancellationToken.create();
        Context impatient = context.with(token).with(event -> {
            listener.on(event);
            if (event instanceof Event.Noted) {
                token.cancel();
            }
        });
        controller.stall(FIRST, SLEEPER);
        assertThat(controller.load(module(FIRST), REVERSE, impatient)).isEqualTo(new Cancelled(List.of(SLEEPER)));
        assertThat(controller.load(module(SECOND), REVERSE, impatient)).isEqualTo(new Cancelled(List.of()));
        assertThat(names()).isEmpty();
        assertThat(listener.events()).contains(new Event.Ended("load first", Event.End.CANCELLED));
        listener.assertWellFormed();
    }

    @Test
    void itNamesWhatNobodyTriedToLoadUnlessItIsRelaxed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> controller.unload(FIRST, context))
                .withMessageContaining("a change of first");
        controller.relaxed();
        assertThat(controller.unload(FIRST, context)).isEqualTo(new AlreadySo());
        assertThat(controller.disable(FIRST, REVERSE, context)).isEqualTo(new AlreadySo());
    }
}
