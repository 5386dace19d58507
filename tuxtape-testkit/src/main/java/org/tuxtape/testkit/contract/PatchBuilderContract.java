package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Event;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildOutcome.Built;
import org.tuxtape.core.livepatch.BuildOutcome.Cancelled;
import org.tuxtape.core.livepatch.BuildOutcome.Failed;
import org.tuxtape.core.livepatch.BuildOutcome.NoChange;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.contract.PatchBuilderSubject.Failing;
import org.tuxtape.testkit.contract.PatchBuilderSubject.Hanging;
import org.tuxtape.testkit.contract.PatchBuilderSubject.LogLimit;
import org.tuxtape.testkit.contract.PatchBuilderSubject.Slow;

/**
 * The rules of {@link PatchBuilder} as tests, and as EV-1 the grammar of the {@link Event}s that it tells, if it tells any.
 *
 * <pre>{@code
 * final class MyBuilderTest extends PatchBuilderContract {
 *     @Override
 *     protected PatchBuilderSubject subject() {
 *         return PatchBuilderSubject.of(() -> new MyBuilder(tree, store), REQUEST, OTHER)
 *                 .tree(tree, path -> !path.toString().endsWith(".o"), path -> true)
 *                 .artefacts(store)
 *                 .failing(DOES_NOT_COMPILE, BuildFailure.COMPILE_ERROR)
 *                 .lacks(Ability.SLOW, "It takes all the time that it needs.");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class PatchBuilderContract {
    private @Nullable PatchBuilderSubject tested;

    /** Creates the test. */
    protected PatchBuilderContract() {}

    /**
     * Returns what is to be tested; called by each test anew, after the set-up methods of the subclass.
     *
     * @return the subject
     */
    protected abstract PatchBuilderSubject subject();

    private PatchBuilderSubject given() {
        PatchBuilderSubject subject = subject();
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
    @DisplayName("PB-1 what is built is what was asked for, and whole")
    final void pb1_whatIsBuiltIsWhole() {
        PatchBuilderSubject subject = given();
        Artefacts artefacts = subject.artefactsOrAbort("PB-1");
        LivepatchModule module = Building.built(subject, subject.request());
        Artefacts.assertIs(module, subject.request());
        assertThat(artefacts.visible()).as("visible modules").containsExactly(module.file());
        artefacts.assertWhole();
    }

    @Test
    @DisplayName("PB-1 while it is built nothing half is visible")
    final void pb1_whileItIsBuiltNothingHalfIsVisible() {
        PatchBuilderSubject subject = given();
        Artefacts artefacts = subject.artefactsOrAbort("PB-1");
        Building.of(subject, subject.request(), subject.context().with(artefacts));
        Building.of(subject, subject.other(), subject.context().with(artefacts));
        artefacts.assertWhole();
    }

    @Test
    @DisplayName("PB-1 what failed leaves no artefact")
    final void pb1_whatFailedLeavesNoArtefact() {
        PatchBuilderSubject subject = given();
        Artefacts artefacts = subject.artefactsOrAbort("PB-1");
        Failing failing = subject.failingOrAbort("PB-1");
        assertThat(Building.of(subject, failing.request()))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.diagnosis().failure()).isEqualTo(failing.failure()));
        assertThat(artefacts.visible()).as("visible modules").isEmpty();
    }

    @Test
    @DisplayName("PB-1 what the tool did not finish is no artefact")
    final void pb1_whatTheToolDidNotFinishIsNoArtefact() {
        PatchBuilderSubject subject = given();
        Artefacts artefacts = subject.artefactsOrAbort("PB-1");
        BuildRequest halfWritten = subject.halfWrittenOrAbort("PB-1");
        assertThat(Building.of(subject, halfWritten, subject.context().with(artefacts)))
                .isInstanceOf(Failed.class);
        artefacts.assertWhole();
        assertThat(artefacts.visible()).as("visible modules").isEmpty();
    }

    @Test
    @DisplayName("PB-1 what was cancelled leaves no artefact")
    final void pb1_whatWasCancelledLeavesNoArtefact() {
        PatchBuilderSubject subject = given();
        Artefacts artefacts = subject.artefactsOrAbort("PB-1");
        Hanging hanging = subject.hangingOrAbort("PB-1");
        Building.cancelled(subject, hanging, subject.context());
        assertThat(artefacts.visible()).as("visible modules").isEmpty();
    }

    @Test
    @DisplayName("PB-2 a build leaves the tree as it was")
    final void pb2_aBuildLeavesTheTreeAsItWas() {
        PatchBuilderSubject subject = given();
        TreeState tree = subject.treeOrAbort("PB-2", subject.request());
        Building.of(subject, subject.request());
        tree.assertUnchanged();
    }

    @Test
    @DisplayName("PB-2 a fix without effect leaves the tree as it was")
    final void pb2_aFixWithoutEffectLeavesTheTreeAsItWas() {
        PatchBuilderSubject subject = given();
        BuildRequest noChange = subject.noChangeOrAbort("PB-2");
        TreeState tree = subject.treeOrAbort("PB-2", noChange);
        assertThat(Building.of(subject, noChange)).isInstanceOf(NoChange.class);
        tree.assertUnchanged();
    }

    @Test
    @DisplayName("PB-2 a build that fails leaves the tree as it was")
    final void pb2_aBuildThatFailsLeavesTheTreeAsItWas() {
        PatchBuilderSubject subject = given();
        BuildRequest failing = subject.failingOrAbort("PB-2").request();
        TreeState tree = subject.treeOrAbort("PB-2", failing);
        Building.of(subject, failing);
        tree.assertUnchanged();
    }

    @Test
    @DisplayName("PB-2 a build that is cancelled leaves the tree as it was")
    final void pb2_aBuildThatIsCancelledLeavesTheTreeAsItWas() {
        PatchBuilderSubject subject = given();
        Hanging hanging = subject.hangingOrAbort("PB-2");
        TreeState tree = subject.treeOrAbort("PB-2", hanging.request());
        Building.cancelled(subject, hanging, subject.context());
        tree.assertUnchanged();
    }

    @Test
    @DisplayName("PB-2 a build that takes too long leaves the tree as it was")
    final void pb2_aBuildThatTakesTooLongLeavesTheTreeAsItWas() {
        PatchBuilderSubject subject = given();
        Slow slow = subject.slowOrAbort("PB-2");
        TreeState tree = subject.treeOrAbort("PB-2", slow.request());
        Building.tooLong(subject, slow);
        tree.assertUnchanged();
    }

    @Test
    @DisplayName("PB-2 after a kill the tree is repaired before the next build, and that is right")
    final void pb2_afterAKillTheTreeIsRepaired() {
        PatchBuilderSubject subject = given();
        Runnable kill = subject.killedOrAbort("PB-2");
        TreeState tree = subject.treeOrAbort("PB-2", subject.request(), subject.other());
        kill.run();
        assertThat(Building.of(subject, subject.other())).isInstanceOf(Built.class);
        tree.assertUnchanged();
    }

    @Test
    @DisplayName("PB-3 what is cancelled before it begins does not run")
    final void pb3_whatIsCancelledBeforeItBeginsDoesNotRun() {
        PatchBuilderSubject subject = given();
        CancellationToken token = CancellationToken.create();
        token.cancel();
        assertThat(Building.of(subject, subject.request(), subject.context().with(token)))
                .isEqualTo(new Cancelled());
    }

    @Test
    @DisplayName("PB-3 cancellation ends the processes")
    final void pb3_cancellationEndsTheProcesses() {
        PatchBuilderSubject subject = given();
        LongSupplier processes = subject.processesOrAbort("PB-3");
        Hanging hanging = subject.hangingOrAbort("PB-3");
        assertThat(Building.cancelled(subject, hanging, subject.context())).isEqualTo(new Cancelled());
        assertThat(processes.getAsLong()).as("processes that are left").isZero();
    }

    @Test
    @DisplayName("PB-3 a timeout ends the processes, and is a failure of its own")
    final void pb3_aTimeoutEndsTheProcesses() {
        PatchBuilderSubject subject = given();
        LongSupplier processes = subject.processesOrAbort("PB-3");
        assertThat(Building.tooLong(subject, subject.slowOrAbort("PB-3")))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.diagnosis().failure()).isEqualTo(BuildFailure.TIMEOUT));
        assertThat(processes.getAsLong()).as("processes that are left").isZero();
    }

    @Test
    @DisplayName("PB-4 equal requests have equal keys, in every process")
    final void pb4_equalRequestsHaveEqualKeys() {
        PatchBuilderSubject subject = given();
        BuildRequest request = subject.request();
        BuildRequest equal = new BuildRequest(request.name(), request.kernel(), request.fixes(), request.replacement());
        PatchBuilder builder = subject.builder();
        assertThat(builder.key(request)).isEqualTo(builder.key(equal));
        assertThat(subject.builder().key(equal)).isEqualTo(builder.key(request));
    }

    @Test
    @DisplayName("PB-4 whatever differs in a request, the key differs")
    final void pb4_whateverDiffersInARequestTheKeyDiffers() {
        PatchBuilderSubject subject = given();
        PatchBuilder builder = subject.builder();
        BuildRequest one = subject.request();
        BuildRequest two = subject.other();
        Replacement otherwise = one.replacement() == Replacement.STACK ? Replacement.REPLACE_ALL : Replacement.STACK;
        KernelBuild kernel = one.kernel();
        KernelBuild reconfigured = new KernelBuild(
                kernel.release(),
                kernel.version(),
                kernel.architecture(),
                kernel.compiler(),
                Optional.of("0123456789abcdef".repeat(4)));
        BuildRequest both = new BuildRequest(
                one.name(), kernel, List.of(one.fixes().get(0), two.fixes().get(0)), one.replacement());
        BuildRequest bothReversed = new BuildRequest(
                one.name(), kernel, List.of(two.fixes().get(0), one.fixes().get(0)), one.replacement());
        List<BuildRequest> different = List.of(
                one,
                new BuildRequest(two.name(), kernel, one.fixes(), one.replacement()),
                new BuildRequest(one.name(), kernel, two.fixes(), one.replacement()),
                new BuildRequest(one.name(), kernel, one.fixes(), otherwise),
                new BuildRequest(one.name(), reconfigured, one.fixes(), one.replacement()),
                both,
                bothReversed);
        assertThat(different).extracting(builder::key).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("PB-4 what is built bears its key")
    final void pb4_whatIsBuiltBearsItsKey() {
        PatchBuilderSubject subject = given();
        LivepatchModule module = Building.built(subject, subject.request());
        assertThat(module.manifest().key()).contains(subject.builder().key(subject.request()));
    }

    @Test
    @DisplayName("PB-4 what is stored is not built again")
    final void pb4_whatIsStoredIsNotBuiltAgain() {
        PatchBuilderSubject subject = given();
        LongSupplier runs = subject.toolRunsOrAbort("PB-4");
        LivepatchModule first = Building.built(subject, subject.request());
        long before = runs.getAsLong();
        assertThat(Building.built(subject, subject.request())).isEqualTo(first);
        assertThat(runs.getAsLong()).as("runs of the tool").isEqualTo(before);
    }

    @Test
    @DisplayName("PB-5 two builds at once are both right")
    final void pb5_twoBuildsAtOnceAreBothRight() throws InterruptedException, ExecutionException {
        PatchBuilderSubject subject = given();
        PatchBuilder builder = subject.builder();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<BuildRequest> requests = List.of(subject.request(), subject.other());
            List<Callable<BuildOutcome>> builds = requests.stream()
                    .<Callable<BuildOutcome>>map(request -> () -> builder.build(request, subject.context()))
                    .toList();
            List<Future<BuildOutcome>> outcomes = threads.invokeAll(builds);
            for (int i = 0; i < requests.size(); i++) {
                assertOf(requests.get(i), outcomes.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whether the module is whole is PB-1, whether it bears its key PB-4. */
    private static void assertOf(BuildRequest request, BuildOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Built.class, built -> {
            assertThat(built.module().manifest().name()).isEqualTo(request.name());
            assertThat(built.module().manifest().fixes().keySet())
                    .hasSameElementsAs(request.fixes().stream().map(Fix::cve).toList());
        });
    }

    @Test
    @DisplayName("PB-6 what the tool says is streamed")
    final void pb6_whatTheToolSaysIsStreamed() {
        PatchBuilderSubject subject = given();
        subject.logOrAbort("PB-6");
        RecordingListener listener = new RecordingListener();
        Building.of(subject, subject.request(), subject.context().with(listener));
        assertThat(listener.events()).as("events").hasAtLeastOneElementOfType(Event.Logged.class);
    }

    @Test
    @DisplayName("PB-6 the log of a build is kept")
    final void pb6_theLogOfABuildIsKept() {
        PatchBuilderSubject subject = given();
        subject.logOrAbort("PB-6");
        assertThat(Building.log(Building.of(subject, subject.request())))
                .isPresent()
                .get()
                .satisfies(log -> assertThat(log).isNotEmptyFile());
    }

    @Test
    @DisplayName("PB-6 the log of a build that failed is kept")
    final void pb6_theLogOfABuildThatFailedIsKept() {
        PatchBuilderSubject subject = given();
        subject.logOrAbort("PB-6");
        BuildRequest failing = subject.failingOrAbort("PB-6").request();
        assertThat(Building.log(Building.of(subject, failing)))
                .isPresent()
                .get()
                .satisfies(log -> assertThat(log).isNotEmptyFile());
    }

    @Test
    @DisplayName("PB-6 the kept log is bounded")
    final void pb6_theKeptLogIsBounded() throws IOException {
        PatchBuilderSubject subject = given();
        LogLimit limit = subject.logOrAbort("PB-6");
        Optional<Path> log = Building.log(Building.of(subject, limit.request()));
        if (log.isPresent()) {
            assertThat(Files.size(log.get())).as("size of the log").isLessThanOrEqualTo(limit.bytes());
        }
    }

    @Test
    @DisplayName("EV-1 a build ends as completed")
    final void ev1_aBuildEndsAsCompleted() {
        PatchBuilderSubject subject = given();
        RecordingListener listener = new RecordingListener();
        Building.of(subject, subject.request(), subject.context().with(listener));
        Reading.assertEnd(listener, Event.End.COMPLETED);
    }

    @Test
    @DisplayName("EV-1 a build that fails keeps to the grammar")
    final void ev1_aBuildThatFailsKeepsToTheGrammar() {
        PatchBuilderSubject subject = given();
        RecordingListener listener = new RecordingListener();
        Building.of(
                subject,
                subject.failingOrAbort("EV-1").request(),
                subject.context().with(listener));
        listener.assertWellFormed();
    }

    @Test
    @DisplayName("EV-1 a build that is cancelled ends as cancelled")
    final void ev1_aBuildThatIsCancelledEndsAsCancelled() {
        PatchBuilderSubject subject = given();
        RecordingListener listener = new RecordingListener();
        // That it ends at all is PB-3.
        if (Building.cancelled(
                        subject,
                        subject.hangingOrAbort("EV-1"),
                        subject.context().with(listener))
                instanceof Cancelled) {
            Reading.assertEnd(listener, Event.End.CANCELLED);
        }
    }
}
