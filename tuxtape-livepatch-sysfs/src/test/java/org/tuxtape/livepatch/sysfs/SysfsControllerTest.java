package org.tuxtape.livepatch.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.AlreadySo;
import org.tuxtape.core.livepatch.TransitionOutcome.Cancelled;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionOutcome.Refused;
import org.tuxtape.core.livepatch.TransitionOutcome.Reversed;
import org.tuxtape.core.livepatch.TransitionOutcome.StillRunning;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.text.Stanza;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;
import org.tuxtape.livepatch.sysfs.transition.TransitionProgress;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.kernel.KernelError;
import org.tuxtape.testkit.kernel.SimulatedTask;

/** What goes beyond the contract: what is told, who else changes the kernel, and what is done when nothing works. */
class SysfsControllerTest {
    private static final TransitionPolicy PATIENT = new TransitionPolicy.Reverse(Duration.ofMinutes(1));
    private static final TransitionPolicy SHORT = new TransitionPolicy.Reverse(Duration.ofSeconds(3));
    private static final TransitionPolicy LEAVE = new TransitionPolicy.LeaveRunning(Duration.ofSeconds(3));
    private static final SimulatedTask SLEEPER =
            SimulatedTask.kernelThread(311, "kworker/u8:3").sleepingOn("f");
    private static final LivepatchName A = new LivepatchName("livepatch_a");
    private static final LivepatchName B = new LivepatchName("livepatch_b");

    private final SimulatedMachine machine = SimulatedMachine.create();
    private final LivepatchModule module = machine.install("livepatch_a", Replacement.STACK, "f");
    private final Context context = machine.context();

    private static TransitionPolicy force(SimulatedMachine machine) {
        Instant until = machine.clock().instant().plus(Duration.ofDays(1));
        return new TransitionPolicy.Force(
                Duration.ofSeconds(3), new ForcePermit("ada", "a thread\nthat never wakes", until));
    }

    // What is told.

    @Test
    void the_end_is_seen_within_a_tenth_of_a_second() {
        // The kernel looks once a second whether every task has gone over, so its transition ends after one.
        TransitionOutcome outcome = machine.controller().load(module, PATIENT, context);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed ->
                                assertThat(completed.took()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100)));
    }

    @Test
    void the_observer_learns_who_blocks_and_on_what() {
        List<TransitionProgress> seen = new ArrayList<>();
        machine.kernel().stall(SLEEPER);

        machine.builder().observer(seen::add).build().load(module, LEAVE, context);

        TransitionProgress last = seen.get(seen.size() - 1);
        assertThat(last.name()).isEqualTo(A);
        assertThat(last.direction()).isEqualTo(TransitionDirection.PATCHING);
        assertThat(last.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(last.tasks()).hasValue(7);
        assertThat(last.blocking()).singleElement().satisfies(task -> {
            assertThat(task.describe()).isEqualTo("kworker/u8:3 (311, kernel thread, S) sleeps on f");
            assertThat(task.stack()).startsWith("schedule_timeout", "f");
        });
    }

    @Test
    void the_tasks_are_looked_at_once_a_second() {
        List<TransitionProgress> seen = new ArrayList<>();
        machine.kernel().stall(SLEEPER);

        machine.builder().observer(seen::add).build().load(module, LEAVE, context);

        assertThat(seen).hasSizeBetween(4, 5);
    }

    @Test
    void an_observer_that_throws_disturbs_nothing() {
        SysfsController controller = machine.builder()
                .observer(progress -> {
                    throw new IllegalStateException("injected");
                })
                .build();

        assertThat(controller.load(module, PATIENT, context)).isInstanceOf(Completed.class);
    }

    @Test
    void the_events_tell_of_the_progress_of_who_blocks_and_of_the_kernels_signals() {
        RecordingListener listener = new RecordingListener();
        machine.kernel().stall(SLEEPER);

        machine.controller().load(module, new TransitionPolicy.Reverse(Duration.ofSeconds(20)), context.with(listener));

        listener.assertWellFormed();
        assertThat(listener.events())
                .startsWith(new Event.Started("load livepatch_a", OptionalLong.of(7), "tasks"))
                .contains(
                        new Event.Advanced("load livepatch_a", 6),
                        new Event.Noted(
                                "load livepatch_a",
                                "kworker/u8:3 (311, kernel thread, S) sleeps on f has not switched over."),
                        new Event.Noted(
                                "load livepatch_a", "The kernel signals the tasks that have not switched over."));
    }

    @Test
    void who_may_not_see_the_tasks_watches_without_them() {
        machine.kernel().stall(SLEEPER);
        machine.controller().load(module, LEAVE, context);
        List<TransitionProgress> seen = new ArrayList<>();
        machine.kernel().unprivileged();

        TransitionOutcome outcome =
                machine.builder().observer(seen::add).build().watch(LEAVE, context);

        assertThat(outcome).isEqualTo(new StillRunning(TransitionDirection.PATCHING, List.of()));
        assertThat(seen).isNotEmpty().allMatch(progress -> progress.tasks().isEmpty());
    }

    @Test
    void the_remarks_say_how_it_was_loaded_what_it_waits_for_and_what_it_left() {
        machine.controller().load(module, PATIENT, context);
        LivepatchModule larger = machine.install("livepatch_b", Replacement.REPLACE_ALL, "f", "nfsd/g");

        assertThat(machine.controller().load(larger, PATIENT, context))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.remarks())
                                .containsExactly(
                                        "The module was loaded by a simulation.",
                                        "nfsd is not loaded; it is patched when it is.",
                                        "livepatch_a was replaced; its module is still loaded and can be removed."));
    }

    // What is never asked of the kernel.

    @Test
    void a_file_that_is_not_what_its_manifest_says_is_not_handed_to_the_kernel() throws IOException {
        byte[] content = Files.readAllBytes(module.file());
        content[content.length - 1]++;
        Path other = Files.createTempFile("livepatch_a", ".ko");
        Files.write(other, content);
        Handed handed = new Handed();

        TransitionOutcome outcome = machine.builder()
                .loading(handed)
                .build()
                .load(new LivepatchModule(other, module.manifest()), PATIENT, context);

        Files.delete(other);
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(handed.asked).isFalse();
    }

    @Test
    void a_file_that_may_not_be_read_is_not_handed_to_the_kernel() {
        Handed handed = new Handed();
        // Root may read every file of a real system, and this one of the simulated system only.
        machine.kernel().unprivileged();

        TransitionOutcome outcome = machine.builder()
                .loading(handed)
                .build()
                .load(new LivepatchModule(machine.file("proc/1/stack"), module.manifest()), PATIENT, context);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.obstacle().errno()).isEqualTo("EACCES"));
        assertThat(handed.asked).isFalse();
    }

    @Test
    void a_module_that_is_no_livepatch_is_not_removed() throws KernelError {
        machine.kernel().loadObject("nfsd");

        TransitionOutcome outcome = machine.controller().unload(new LivepatchName("nfsd"), context);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.obstacle().cause()).isEqualTo(Cause.NOT_A_LIVEPATCH));
        assertThat(Files.isDirectory(machine.file("sys/module/nfsd"))).isTrue();
    }

    @Test
    void without_a_way_of_loading_nothing_is_loaded() {
        SysfsController reader = SysfsController.builder(
                        KernelFiles.under(machine.kernel().root()))
                .build();

        assertThatThrownBy(() -> reader.load(module, PATIENT, context)).isInstanceOf(IllegalStateException.class);
        assertThat(reader.loaded()).isEmpty();
    }

    // Others who change the same kernel.

    @Test
    void a_transition_that_somebody_begins_after_the_plan_is_the_kernels_refusal() {
        machine.kernel().stall(SLEEPER);
        LivepatchModule other = machine.install("livepatch_b", Replacement.STACK, "f");
        SysfsController controller =
                machine.builder().loading(machine.before(() -> insmod(other))).build();

        assertThat(controller.load(module, PATIENT, context)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.obstacle().errno()).isEqualTo("EBUSY");
            assertThat(refused.obstacle().cause()).isEqualTo(Cause.TRANSITION_RUNNING);
        });
    }

    @Test
    void a_load_that_somebody_else_turns_around_leaves_no_module() {
        machine.kernel().stall(SLEEPER);
        List<String> before = machine.state();

        TransitionOutcome outcome =
                machine.controller().load(module, PATIENT, atFirstPause(() -> write("livepatch_a/enabled", "0")));

        assertThat(outcome).isInstanceOf(Reversed.class);
        assertThat(machine.state()).isEqualTo(before);
    }

    @Test
    void a_disabling_that_somebody_else_turns_around_is_reversed() {
        machine.controller().load(module, PATIENT, context);
        machine.kernel().stall(SLEEPER);

        TransitionOutcome outcome =
                machine.controller().disable(A, PATIENT, atFirstPause(() -> write("livepatch_a/enabled", "1")));

        assertThat(outcome).isInstanceOf(Reversed.class);
        assertThat(machine.controller().loaded()).singleElement().matches(Livepatch::enabled);
    }

    @Test
    void what_somebody_disables_already_is_watched_to_its_end() {
        machine.controller().load(module, PATIENT, context);
        write("livepatch_a/enabled", "0");

        assertThat(machine.controller().disable(A, PATIENT, context)).isInstanceOf(Completed.class);
        assertThat(machine.controller().disable(A, PATIENT, context)).isEqualTo(new AlreadySo());
    }

    @Test
    void who_stops_waiting_for_what_somebody_else_disables_changes_nothing() {
        machine.controller().load(module, PATIENT, context);
        machine.kernel().stall(SLEEPER);
        write("livepatch_a/enabled", "0");
        CancellationToken token = CancellationToken.create();

        TransitionOutcome outcome = machine.controller()
                .disable(A, PATIENT, atFirstPause(token::cancel).with(token));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        StillRunning.class,
                        running -> assertThat(running.direction()).isEqualTo(TransitionDirection.UNPATCHING));
        assertThat(machine.controller().loaded()).singleElement().matches(livepatch -> !livepatch.enabled());
    }

    @Test
    void files_that_vanish_while_they_are_read_leave_a_livepatch_out_and_nothing_else() {
        machine.controller().load(module, PATIENT, context);
        machine.controller().load(machine.install("livepatch_b", Replacement.STACK, "g"), PATIENT, context);
        machine.kernel().vanishWhileRead(machine.file("sys/kernel/livepatch/livepatch_a/enabled"));

        machine.kernel().vanishWhileRead(machine.file("sys/kernel/livepatch/livepatch_b/vmlinux/patched"));

        assertThat(machine.controller().loaded()).singleElement().satisfies(livepatch -> {
            assertThat(livepatch.name()).isEqualTo(B);
            assertThat(livepatch.objects().get(0).patched()).isEmpty();
        });
    }

    // The way back.

    @Test
    void a_way_back_that_does_not_end_either_is_still_running() {
        machine.kernel().stall(SLEEPER);
        SimulatedTask patchedBefore = SimulatedTask.user(700, "sshd").sleepingOn("f");
        Instant late = machine.clock().instant().plus(Duration.ofSeconds(2));
        AtomicBoolean asleep = new AtomicBoolean();
        Context context = machine.context().sleepingBy(duration -> {
            machine.clock().sleep(duration);
            if (machine.clock().instant().isAfter(late) && !asleep.getAndSet(true)) {
                machine.kernel().stall(patchedBefore);
            }
        });

        TransitionOutcome outcome =
                machine.builder().grace(Duration.ofSeconds(5)).build().load(module, SHORT, context);

        assertThat(outcome).isInstanceOfSatisfying(StillRunning.class, running -> {
            assertThat(running.direction()).isEqualTo(TransitionDirection.UNPATCHING);
            assertThat(running.blocking()).extracting(BlockingTask::tid).containsExactly(700);
        });
    }

    @Test
    void an_interrupt_is_a_wish_to_stop_and_is_handed_on() {
        machine.kernel().stall(SLEEPER);
        List<String> before = machine.state();

        TransitionOutcome outcome = machine.controller()
                .load(module, PATIENT, atFirstPause(() -> Thread.currentThread().interrupt()));

        assertThat(Thread.interrupted()).as("interrupted").isTrue();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Cancelled.class,
                        cancelled -> assertThat(cancelled.blocking())
                                .extracting(BlockingTask::tid)
                                .contains(311));
        assertThat(machine.state()).isEqualTo(before);
    }

    @Test
    void an_error_while_the_tasks_switch_over_leaves_nothing_behind() {
        machine.kernel().stall(SLEEPER);
        List<String> before = machine.state();
        SysfsController controller = machine.builder()
                .observer(progress -> {
                    throw new AssertionError("injected");
                })
                .build();

        assertThatThrownBy(() -> controller.load(module, PATIENT, context)).hasMessage("injected");
        assertThat(machine.state()).isEqualTo(before);
    }

    @Test
    void a_tool_that_does_not_end_after_the_kernel_has_taken_the_module_leaves_nothing_behind() {
        machine.kernel().stall(SLEEPER);
        List<String> before = machine.state();
        SysfsController controller = machine.builder()
                .loading(new Meddled(machine.before(() -> {})) {
                    @Override
                    public void load(Path file) throws KernelRefusal {
                        super.load(file);
                        throw new KernelAccessException(Path.of("insmod"), "injected: it did not end in time.");
                    }
                })
                .build();

        assertThatThrownBy(() -> controller.load(module, PATIENT, context)).isInstanceOf(KernelAccessException.class);
        assertThat(machine.state()).isEqualTo(before);
    }

    @Test
    void what_cannot_be_taken_back_is_told_with_the_error() {
        machine.kernel().stall(SLEEPER);
        SysfsController controller = machine.builder()
                .loading(new Meddled(machine.before(() -> {})) {
                    @Override
                    public void unload(LivepatchName name) throws KernelRefusal {
                        throw new KernelRefusal("EPERM", "injected");
                    }
                })
                .observer(progress -> {
                    throw new AssertionError("the first error");
                })
                .build();

        assertThatThrownBy(() -> controller.load(module, PATIENT, context))
                .hasMessage("the first error")
                .satisfies(thrown ->
                        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(KernelRefusal.class));
    }

    @Test
    void one_read_that_fails_does_not_end_the_watch(@TempDir Path root) {
        KernelDirectory kernel =
                KernelDirectory.in(root).livepatch("livepatch_a", true, true).module("livepatch_a", "live", 1, "OK");
        Path transition = root.resolve("sys/kernel/livepatch/livepatch_a/transition");
        // A directory in the place of a file can be opened and not be read.
        Iterator<Runnable> faults = List.<Runnable>of(
                        () -> replaceByDirectory(transition),
                        () -> delete(transition),
                        () -> kernel.livepatch("livepatch_a", true, false))
                .iterator();

        TransitionOutcome outcome = SysfsController.builder(kernel.files())
                .loading(new Handed())
                .build()
                .watch(PATIENT, context.sleepingBy(duration -> {
                    machine.clock().sleep(duration);
                    faults.next().run();
                    if (!Files.exists(transition)) {
                        kernel.livepatch("livepatch_a", true, true);
                    }
                }));

        assertThat(outcome).isInstanceOf(Completed.class);
        assertThat(faults).isExhausted();
    }

    private static void replaceByDirectory(Path file) {
        delete(file);
        try {
            Files.createDirectory(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_module_that_stays_after_a_reversal_is_a_leftover_and_no_transition() {
        machine.kernel().stall(SLEEPER);
        RecordingListener listener = new RecordingListener();
        SysfsController controller = machine.builder()
                .loading(new Meddled(machine.before(() -> {})) {
                    @Override
                    public void unload(LivepatchName name) throws KernelRefusal {
                        throw new KernelRefusal("EBUSY", "injected");
                    }
                })
                .build();

        assertThat(controller.load(module, SHORT, context.with(listener)))
                .isInstanceOfSatisfying(
                        Reversed.class,
                        reversed -> assertThat(reversed.blocking())
                                .extracting(BlockingTask::tid)
                                .containsExactly(311));
        assertThat(listener.events())
                .contains(new Event.Noted(
                        "load livepatch_a",
                        "The module of livepatch_a is left over, since it cannot be removed: injected"));
        assertThat(machine.controller().machine().leftovers()).containsExactly(A);
    }

    // A transition that ends as it is to be turned around. The kernel ends one after a second.

    private static final TransitionPolicy ALMOST = new TransitionPolicy.Reverse(Duration.ofMillis(900));

    @Test
    void a_listener_that_takes_its_time_does_not_come_between_the_look_and_the_write() {
        machine.controller().load(module, PATIENT, context);
        LivepatchModule larger = machine.install("livepatch_b", Replacement.REPLACE_ALL, "f", "g");
        List<String> before = machine.state();

        TransitionOutcome outcome = machine.controller().load(larger, ALMOST, context.with(event -> {
            if (event instanceof Event.Noted) {
                machine.clock().advance(Duration.ofSeconds(1));
            }
        }));

        assertThat(outcome).isInstanceOf(Reversed.class);
        assertThat(machine.state()).isEqualTo(before);
    }

    @Test
    void what_has_replaced_others_in_that_moment_stays_in_force() {
        SimulatedMachine racing = racing();
        racing.controller().load(racing.install("livepatch_a", Replacement.STACK, "f"), PATIENT, racing.context());
        LivepatchModule larger = racing.install("livepatch_b", Replacement.REPLACE_ALL, "f", "g");

        assertThat(racing.controller().load(larger, ALMOST, racing.context()))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.remarks())
                                .contains(
                                        "It was about to be turned around when its transition ended, so it was left in"
                                                + " force."));
        assertThat(racing.controller().loaded())
                .singleElement()
                .matches(livepatch -> livepatch.name().equals(B) && livepatch.enabled() && !livepatch.inTransition());
    }

    @Test
    void what_has_replaced_nothing_in_that_moment_is_taken_out_again() {
        SimulatedMachine racing = racing();
        LivepatchModule only = racing.install("livepatch_a", Replacement.STACK, "f");
        List<String> before = racing.state();

        assertThat(racing.controller().load(only, ALMOST, racing.context())).isInstanceOf(Reversed.class);
        assertThat(racing.state()).isEqualTo(before);
    }

    /** A machine on which every transition ends in the moment before 0 is written. */
    private static SimulatedMachine racing() {
        ManualClock clock = ManualClock.create();
        return SimulatedMachine.with(
                clock,
                builder -> builder.clock(new Clock() {
                    private boolean late;

                    @Override
                    public Instant instant() {
                        boolean writes = StackWalker.getInstance()
                                .walk(frames -> frames.anyMatch(
                                        frame -> frame.getClassName().endsWith("LivepatchTree")
                                                && frame.getMethodName().equals("enable")));
                        if (writes && !late) {
                            late = true;
                            clock.advance(Duration.ofSeconds(1));
                        }
                        return clock.instant();
                    }

                    @Override
                    public ZoneId getZone() {
                        return clock.getZone();
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        throw new UnsupportedOperationException();
                    }
                }));
    }

    // Forcing.

    @Test
    void forcing_is_written_down_before_it_is_done() {
        machine.kernel().stall(SLEEPER);
        List<Stanza> written = new ArrayList<>();
        SysfsController controller = machine.builder()
                .audit(entry -> {
                    assertThat(machine.controller().machine().transition()).isPresent();
                    written.add(entry);
                })
                .build();

        TransitionOutcome outcome = controller.load(module, force(machine), context);

        assertThat(outcome).isInstanceOfSatisfying(Completed.class, completed -> {
            assertThat(completed.forced()).isTrue();
            assertThat(completed.remarks())
                    .contains("It was forced for ada: tasks may run old and new functions side by side.")
                    .noneMatch(remark -> remark.contains("cannot be removed"));
        });
        assertThat(written).singleElement().satisfies(entry -> {
            assertThat(entry.required("Livepatch")).isEqualTo("livepatch_a");
            assertThat(entry.required("Who")).isEqualTo("ada");
            assertThat(entry.required("Why")).isEqualTo("a thread?that never wakes");
            assertThat(entry.lines("Blocking")).containsExactly("kworker/u8:3 (311, kernel thread, S) sleeps on f");
        });
    }

    @Test
    void nothing_is_forced_that_cannot_be_written_down() {
        machine.kernel().stall(SLEEPER);
        List<String> before = machine.state();
        SysfsController controller = machine.builder()
                .audit(entry -> {
                    throw new IOException("injected: the disk is full");
                })
                .build();

        assertThat(controller.load(module, force(machine), context)).isInstanceOf(Reversed.class);
        assertThat(machine.state()).isEqualTo(before);
    }

    @Test
    void without_an_audit_log_a_policy_that_forces_is_an_error_of_the_caller() {
        assertThatThrownBy(() -> machine.controller().load(module, force(machine), context))
                .isInstanceOf(IllegalStateException.class);
        assertThat(machine.controller().loaded()).isEmpty();
    }

    @Test
    void what_was_taken_out_by_force_stays_in_use() {
        SysfsController controller = machine.builder().audit(entry -> {}).build();
        controller.load(module, PATIENT, context);
        machine.kernel().stall(SLEEPER);

        assertThat(controller.disable(A, force(machine), context))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.remarks())
                                .contains("Its module cannot be removed until the next boot."));
        assertThat(controller.unload(A, context))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.obstacle().cause()).isEqualTo(Cause.IN_USE));
    }

    // Leftovers, and transitions of others.

    @Test
    void leftovers_are_removed_once_the_kernel_lets_go_of_them() {
        machine.controller().load(module, PATIENT, context);
        machine.controller().load(machine.install("livepatch_b", Replacement.REPLACE_ALL, "f"), PATIENT, context);
        assertThat(machine.controller().machine().leftovers()).containsExactly(A);

        assertThat(machine.controller().removeLeftovers(context))
                .hasEntrySatisfying(A, outcome -> assertThat(outcome).isInstanceOf(Completed.class))
                .hasSize(1);
        assertThat(machine.controller().machine().leftovers()).isEmpty();
    }

    @Test
    void a_new_controller_sees_the_transition_through_that_another_has_begun() {
        machine.kernel().stall(SLEEPER);
        machine.controller().load(module, LEAVE, context);

        TransitionOutcome outcome = machine.controller()
                .watch(PATIENT, atFirstPause(() -> machine.kernel().resume(SLEEPER)));

        assertThat(outcome).isInstanceOf(Completed.class);
        assertThat(machine.controller().watch(PATIENT, context)).isEqualTo(new AlreadySo());
    }

    @Test
    void a_watched_transition_that_is_turned_around_leaves_no_module() {
        List<String> before = machine.state();
        machine.kernel().stall(SLEEPER);
        machine.controller().load(module, LEAVE, context);

        assertThat(machine.controller().watch(SHORT, context)).isInstanceOf(Reversed.class);
        assertThat(machine.state()).isEqualTo(before);
    }

    @Test
    void who_stops_watching_changes_nothing() {
        machine.kernel().stall(SLEEPER);
        machine.controller().load(module, LEAVE, context);
        CancellationToken token = CancellationToken.create();

        TransitionOutcome outcome =
                machine.controller().watch(PATIENT, atFirstPause(token::cancel).with(token));

        assertThat(outcome).isInstanceOf(StillRunning.class);
        assertThat(machine.controller().machine().transition()).isPresent();
    }

    // One change at a time.

    @Test
    void a_change_from_within_a_change_is_an_error_of_the_caller() {
        SysfsController controller = machine.controller();
        List<Throwable> thrown = new ArrayList<>();
        Context meddling = context.with(event -> {
            try {
                controller.disable(A, PATIENT, context);
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });

        assertThat(controller.load(module, PATIENT, meddling)).isInstanceOf(Completed.class);
        assertThat(thrown).isNotEmpty();
    }

    @Test
    void who_waits_for_the_change_of_another_thread_may_stop_waiting() {
        SysfsController controller = machine.controller();
        List<TransitionOutcome> others = new ArrayList<>();
        CancellationToken token = CancellationToken.create();
        token.cancel();

        controller.load(module, PATIENT, atFirstPause(() -> {
            Thread other = new Thread(() -> others.add(controller.disable(A, PATIENT, context.with(token))));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));

        assertThat(others).containsExactly(new Cancelled(List.of()));
    }

    /** Returns a context in which something happens the first time that somebody waits. */
    private Context atFirstPause(Runnable happening) {
        AtomicBoolean happened = new AtomicBoolean();
        return context.sleepingBy(duration -> {
            machine.clock().sleep(duration);
            if (!happened.getAndSet(true)) {
                happening.run();
            }
        });
    }

    private void write(String attribute, String text) {
        try {
            Files.writeString(machine.file("sys/kernel/livepatch/" + attribute), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void insmod(LivepatchModule other) {
        try {
            machine.kernel().insmod(other.file());
        } catch (KernelError e) {
            throw new AssertionError(e);
        }
    }

    /** The way into the simulated kernel, for faults to be put into. */
    private static class Meddled implements ModuleLoading {
        private final ModuleLoading way;

        Meddled(ModuleLoading way) {
            this.way = way;
        }

        @Override
        public void load(Path file) throws KernelRefusal {
            way.load(file);
        }

        @Override
        public void unload(LivepatchName name) throws KernelRefusal {
            way.unload(name);
        }

        @Override
        public String describe() {
            return way.describe();
        }
    }

    private static final class Handed implements ModuleLoading {
        private boolean asked;

        @Override
        public void load(Path file) {
            asked = true;
        }

        @Override
        public void unload(LivepatchName name) {
            asked = true;
        }

        @Override
        public String describe() {
            return "system calls";
        }
    }
}
