package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.text.Stanza;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.transition.AuditLog;
import org.tuxtape.livepatch.sysfs.transition.TransitionProgress;

/**
 * A kernel thread and the reader of a file really sleep inside the functions that are to be patched: tuxtape_target lets
 * them do so while its gate is closed.
 */
@Tag("guest")
class StallTest {
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Path GATE = Path.of("/proc/tuxtape_target/gate");

    private final List<TransitionProgress> seen = new ArrayList<>();
    private final LivepatchModule drowsy = LabModule.DROWSY.module();
    private final LivepatchName name = drowsy.manifest().name();

    private Process reader;
    private SysfsController controller;
    private String before;

    @TempDir
    private Path folder;

    @BeforeEach
    void putsTwoTasksToSleep() throws IOException {
        Guest.insmod(LabModule.TARGET);
        Guest.write(GATE.toString(), "close");
        reader = new ProcessBuilder("cat", GATE.toString()).start();
        Guest.await("the reader sleeps", () -> isIn("/proc/" + reader.pid() + "/stack", "tuxtape_target_wait"));
        Guest.await(
                "the thread sleeps",
                () -> threadOf("tuxtape_napper")
                        .filter(task -> isIn(task + "/stack", "tuxtape_target_nap"))
                        .isPresent());
        controller = SysfsController.builder(KernelFiles.ofThisMachine())
                .observer(seen::add)
                .audit(AuditLog.toFile(folder.resolve("audit")))
                .build();
        before = Guest.footprint();
    }

    @AfterEach
    void leavesNothing() throws InterruptedException {
        Guest.cleanUp();
        assertThat(reader.waitFor()).isZero();
    }

    @Test
    void namesTheTasksAndTheirFunctionsAndReversesAtItsDeadlineAndAllIsAsBefore() {
        TransitionOutcome outcome = controller.load(drowsy, new TransitionPolicy.Reverse(SHORT), Context.standard());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Reversed.class, reversed -> assertSleepers(reversed.blocking()));
        assertThat(seen).anySatisfy(progress -> {
            assertThat(progress.direction()).isEqualTo(TransitionDirection.PATCHING);
            assertSleepers(progress.blocking());
        });
        assertThat(Guest.footprint()).isEqualTo(before);
        assertThat(isIn("/proc/" + reader.pid() + "/stack", "tuxtape_target_wait"))
                .as("the reader sleeps on, undisturbed")
                .isTrue();
    }

    @Test
    void forcesWithAPermitAndWritesDownWhoAndWhy() throws IOException {
        ForcePermit permit = new ForcePermit(
                "operator", "the napper never wakes", Instant.now().plusSeconds(600));

        TransitionOutcome outcome =
                controller.load(drowsy, new TransitionPolicy.Force(SHORT, permit), Context.standard());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Completed.class,
                        completed -> assertThat(completed.forced()).isTrue());
        assertThat(Stanza.parseAll(Files.readString(folder.resolve("audit"))))
                .singleElement()
                .asString()
                .contains("operator", "the napper never wakes", name.text(), "tuxtape_napper");
        assertThat(controller.loaded()).singleElement().satisfies(livepatch -> {
            assertThat(livepatch.enabled()).isTrue();
            assertThat(livepatch.inTransition()).isFalse();
        });
        assertThat(Guest.read(GATE.toString())).isEqualTo("patched by tuxtape_drowsy");
    }

    @Test
    void reversesWhereThePermitHasEnded() {
        ForcePermit ended =
                new ForcePermit("operator", "yesterday's reason", Instant.now().minusSeconds(1));

        TransitionOutcome outcome =
                controller.load(drowsy, new TransitionPolicy.Force(SHORT, ended), Context.standard());

        assertThat(outcome).isInstanceOf(TransitionOutcome.Reversed.class);
        assertThat(Guest.footprint()).isEqualTo(before);
    }

    @Test
    void leavesTheTransitionRunningIfThatIsWantedAndAnotherControllerSeesItThrough() {
        TransitionOutcome outcome =
                controller.load(drowsy, new TransitionPolicy.LeaveRunning(SHORT), Context.standard());
        assertThat(outcome).isInstanceOfSatisfying(TransitionOutcome.StillRunning.class, running -> {
            assertThat(running.direction()).isEqualTo(TransitionDirection.PATCHING);
            assertSleepers(running.blocking());
        });

        SysfsController another = SysfsController.ofThisMachine();
        assertThat(another.machine().transition()).map(Livepatch::name).contains(name);
        assertThat(another.watch(new TransitionPolicy.Reverse(SHORT), Context.standard()))
                .isInstanceOfSatisfying(
                        TransitionOutcome.Reversed.class, reversed -> assertSleepers(reversed.blocking()));

        assertThat(Guest.footprint()).isEqualTo(before);
    }

    @Test
    void endsByItselfWhenTheTasksWakeUp() {
        controller.load(drowsy, new TransitionPolicy.LeaveRunning(SHORT), Context.standard());

        Guest.write(GATE.toString(), "open");

        assertThat(controller.watch(Guest.PATIENT, Context.standard())).isInstanceOf(TransitionOutcome.Completed.class);
        assertThat(Guest.read(GATE.toString())).isEqualTo("patched by tuxtape_drowsy");
    }

    @Test
    void theKernelsSignalGetsTheReaderThroughAndNotTheKernelThread() {
        TransitionOutcome outcome =
                controller.load(drowsy, new TransitionPolicy.Reverse(Duration.ofSeconds(25)), Context.standard());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Reversed.class,
                        reversed -> assertThat(reversed.blocking())
                                .extracting(BlockingTask::name)
                                .containsExactly("tuxtape_napper"));
        assertThat(seen).anySatisfy(progress -> assertThat(progress.signals()).isPositive());
        assertThat(Guest.footprint()).isEqualTo(before);
    }

    @Test
    void whoeverWantsToStopGetsTheStateOfBefore() {
        CancellationToken wish = CancellationToken.create();
        SysfsController observed = SysfsController.builder(KernelFiles.ofThisMachine())
                .observer(progress -> {
                    if (!progress.blocking().isEmpty()) {
                        wish.cancel();
                    }
                })
                .build();

        TransitionOutcome outcome =
                observed.load(drowsy, Guest.PATIENT, Context.standard().with(wish));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Cancelled.class, cancelled -> assertSleepers(cancelled.blocking()));
        assertThat(Guest.footprint()).isEqualTo(before);
    }

    private void assertSleepers(List<BlockingTask> blocking) {
        assertThat(blocking).anySatisfy(task -> {
            assertThat(task.name()).isEqualTo("tuxtape_napper");
            assertThat(task.kind()).isEqualTo(BlockingTask.Kind.KERNEL_THREAD);
            assertThat(task.sleepsOn()).contains("tuxtape_target_nap");
            assertThat(task.stack()).contains("tuxtape_target_nap [tuxtape_target]");
        });
        assertThat(blocking).anySatisfy(task -> {
            assertThat(task.name()).isEqualTo("cat");
            assertThat(task.pid()).isEqualTo((int) reader.pid());
            assertThat(task.kind()).isEqualTo(BlockingTask.Kind.USER);
            assertThat(task.state()).isEqualTo('S');
            assertThat(task.sleepsOn()).contains("tuxtape_target_wait");
        });
    }

    private static boolean isIn(String stack, String function) {
        return Guest.read(stack).contains(function);
    }

    private static Optional<Path> threadOf(String name) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> Guest.tryToRead(process + "/comm").equals(name))
                    .findFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
