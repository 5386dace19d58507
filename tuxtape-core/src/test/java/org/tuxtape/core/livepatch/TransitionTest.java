package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;

/** What a change of the running kernel is asked with and answered by. */
class TransitionTest {
    private static final ForcePermit PERMIT = new ForcePermit("Ada", "The outage is worse.", Instant.EPOCH);

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S"})
    void aDeadlineLiesAhead(String text) {
        Duration deadline = Duration.parse(text);

        assertThatIllegalArgumentException().isThrownBy(() -> new TransitionPolicy.Reverse(deadline));
        assertThatIllegalArgumentException().isThrownBy(() -> new TransitionPolicy.LeaveRunning(deadline));
        assertThatIllegalArgumentException().isThrownBy(() -> new TransitionPolicy.Force(deadline, PERMIT));
    }

    @Test
    void everyPolicyHasADeadline() {
        Duration deadline = Duration.ofNanos(1);

        assertThat(Stream.<TransitionPolicy>of(
                        new TransitionPolicy.Reverse(deadline),
                        new TransitionPolicy.LeaveRunning(deadline),
                        new TransitionPolicy.Force(deadline, PERMIT)))
                .extracting(TransitionPolicy::deadline)
                .containsOnly(deadline);
    }

    @Test
    void nothingIsForcedWithoutAPermit() {
        assertThatNullPointerException().isThrownBy(() -> new TransitionPolicy.Force(Duration.ofMinutes(1), null));
    }

    @ParameterizedTest
    @CsvSource({"'', why", "' ', why", "who, ''", "who, '  '"})
    void aPermitNamesWhoAskedAndWhy(String who, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ForcePermit(who, why, Instant.EPOCH));
    }

    @Test
    void aPermitEnds() {
        assertThatNullPointerException().isThrownBy(() -> new ForcePermit("who", "why", null));
    }

    @Test
    void aPlanWithoutObstaclesIsClear() {
        assertThat(plan(List.of()).isClear()).isTrue();
        assertThat(plan(List.of(new Obstacle(LoadPlan.Cause.TRANSITION_RUNNING, "EBUSY", "A transition is running.")))
                        .isClear())
                .isFalse();
    }

    @Test
    void blockingTasksAreCopied() {
        List<BlockingTask> tasks = new ArrayList<>();
        tasks.add(new BlockingTask(
                1, 1, "init", BlockingTask.Kind.USER, 'S', List.of("do_epoll_wait"), Optional.empty()));
        TransitionOutcome.Reversed reversed = new TransitionOutcome.Reversed(tasks);
        TransitionOutcome.StillRunning running =
                new TransitionOutcome.StillRunning(TransitionDirection.PATCHING, tasks);
        TransitionOutcome.Cancelled cancelled = new TransitionOutcome.Cancelled(tasks);

        tasks.clear();

        assertThat(reversed.blocking()).hasSize(1);
        assertThat(running.blocking()).hasSize(1);
        assertThat(cancelled.blocking()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> reversed.blocking().clear());
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "' ', 0", "f, -1"})
    void aFunctionHasANameAndAPlaceFromZero(String name, int sympos) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchedFunction(KernelObject.VMLINUX, name, sympos));
    }

    @Test
    void functionsAreOrderedByObjectNameAndPlace() {
        KernelObject module = KernelObject.module("fs/btrfs/btrfs");
        List<PatchedFunction> ordered = List.of(
                new PatchedFunction(KernelObject.VMLINUX, "a", 0),
                new PatchedFunction(KernelObject.VMLINUX, "b", 1),
                new PatchedFunction(KernelObject.VMLINUX, "b", 2),
                new PatchedFunction(module, "a", 0));

        assertThat(new TreeSet<>(List.of(ordered.get(3), ordered.get(2), ordered.get(0), ordered.get(1))))
                .containsExactlyElementsOf(ordered);
    }

    private static LoadPlan plan(List<Obstacle> obstacles) {
        return new LoadPlan(
                new LivepatchName("a"),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                List.of(),
                obstacles,
                List.of());
    }
}
