package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.agent.AgentOutcome.Current;
import org.tuxtape.agent.AgentOutcome.Failed;
import org.tuxtape.agent.AgentOutcome.NotLoaded;
import org.tuxtape.agent.AgentOutcome.Planned;
import org.tuxtape.agent.AgentOutcome.Taken;
import org.tuxtape.agent.AgentOutcome.TurnedDown;
import org.tuxtape.archive.rollout.Health;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.NodeState;
import org.tuxtape.archive.rollout.Offer;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;
import org.tuxtape.livepatch.sysfs.trial.PatchState;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import org.tuxtape.testkit.kernel.SimulatedTask;

/** What an agent does, with a real archive behind a real web server and a simulated kernel. */
class AgentTest {
    private static final HealthProbe ILL = context -> new HealthProbe.Health(false, "The shop is empty.");

    @TempDir
    private Path directory = Path.of("");

    private Scene scene;

    @BeforeEach
    void publish() {
        scene = new Scene(directory);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aPatchOfTheNodesRingIsTakenTriedAcceptedAndReported() {
        PatchRef patch = scene.publish("livepatch_1");
        scene.promote(patch, "canary");
        Machine node = scene.node("web-1", "canary");

        AgentRun run = node.run();

        assertThat(run.outcome())
                .isInstanceOfSatisfying(
                        Taken.class, taken -> assertThat(taken.patch()).isEqualTo(patch));
        assertThat(node.inForce()).containsExactly("livepatch_1");
        assertThat(node.stored()).singleElement().returns(PatchState.ACCEPTED, StoredPatch::state);
        assertThat(node.state().resolve("modules")).doesNotExist();
        assertThat(run.reportFault()).isEmpty();
        assertThat(node.report())
                .isEqualTo(run.report())
                .hasValueSatisfying(report -> assertThat(report)
                        .returns(NodeState.PATCHED, NodeReport::state)
                        .returns(Health.HEALTHY, NodeReport::health)
                        .returns(Scene.KERNEL, NodeReport::kernel)
                        .returns(Optional.of(patch), NodeReport::inForce));
    }

    @Test
    void aSecondRunChangesNothingAndAsksForOneFile() {
        scene.promote(scene.publish("livepatch_1"), "canary");
        Machine node = scene.node("web-1", "canary");
        node.run();
        scene.server.requests();

        assertThat(node.outcome()).isInstanceOf(Current.class);

        assertThat(scene.server.requests()).containsExactly("/metadata/timestamp.json");
        assertThat(node.report())
                .hasValueSatisfying(report -> assertThat(report)
                        .returns(NodeState.PATCHED, NodeReport::state)
                        .returns(Health.HEALTHY, NodeReport::health));
    }

    @Test
    void aPatchThatHasNotReachedTheRingIsLeft() {
        scene.promote(scene.publish("livepatch_1"), "canary");
        Machine node = scene.node("web-2");

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        Current.class, current -> assertThat(current.patch()).isEmpty());

        assertThat(node.inForce()).isEmpty();
        assertThat(node.report())
                .hasValueSatisfying(report -> assertThat(report.state()).isEqualTo(NodeState.UNPATCHED));
    }

    @Test
    void theNewestPatchReplacesTheOneBeforeAndLeavesNoModuleBehind() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.run();
        PatchRef newer = scene.publish("livepatch_2");
        scene.promote(newer, "all");

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        Taken.class, taken -> assertThat(taken.patch()).isEqualTo(newer));

        assertThat(node.inForce()).containsExactly("livepatch_2");
        assertThat(node.controller().machine().leftovers()).isEmpty();
    }

    /** The attack: a patch for a kernel of the same release that was built another time. */
    @Test
    void aPatchForAnotherBuildOfTheSameReleaseIsNotTaken() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2").ofBuild("a0".repeat(20));

        assertThat(node.outcome()).isInstanceOf(Current.class);
        assertThat(node.inForce()).isEmpty();
    }

    @Test
    void aPatchThatDoesHarmIsTakenBackAndNotTriedAgain() {
        PatchRef patch = scene.publish("livepatch_1");
        scene.promote(patch, "canary");
        Machine node = scene.node("web-1", "canary").with(options -> options.probing("shop", ILL));

        assertThat(node.outcome()).isInstanceOfSatisfying(TurnedDown.class, down -> {
            assertThat(down.isClean()).isTrue();
            assertThat(down.reason()).contains("The shop is empty.");
        });
        assertThat(node.inForce()).isEmpty();
        assertThat(node.report()).hasValueSatisfying(report -> {
            assertThat(report.state()).isEqualTo(NodeState.TURNED_DOWN);
            assertThat(report.subject()).hasValue(patch);
            assertThat(report.error())
                    .hasValueSatisfying(error -> assertThat(error).contains("The shop is empty."));
        });

        node.with(options -> options);
        assertThat(node.outcome()).isInstanceOf(TurnedDown.class);
        assertThat(node.inForce()).isEmpty();
    }

    @Test
    void aPatchThatDoesHarmGivesWayToTheOneBeforeIt() {
        scene.promote(scene.publish("livepatch_1"), "canary");
        Machine node = scene.node("web-1", "canary");
        node.run();
        scene.promote(scene.publish("livepatch_2"), "canary");

        assertThat(node.with(options -> options.probing("shop", ILL)).outcome()).isInstanceOf(TurnedDown.class);

        assertThat(node.inForce()).containsExactly("livepatch_1");
    }

    @Test
    void aMachineThatGoesDownWithAPatchOnTrialTellsSoAndDoesNotTryItAgain() {
        scene.promote(scene.publish("livepatch_1"), "canary");
        Machine node = scene.node("web-1", "canary");
        Life life = Life.untilTheEnd();
        HealthProbe powerCut = context -> {
            life.end();
            return new HealthProbe.Health(true, "");
        };
        Agent agent = node.with(options -> options.probing("power", powerCut)).agent(life.asking(node.controller()));

        assertThatThrownBy(() -> agent.run(node.context())).isInstanceOf(Life.Killed.class);
        assertThat(node.report())
                .hasValueSatisfying(report ->
                        assertThat(report.state()).as("said before the load").isEqualTo(NodeState.TRYING));
        node.boot("quiet");

        assertThat(node.with(options -> options).outcome()).isInstanceOf(TurnedDown.class);
        assertThat(node.inForce()).isEmpty();
        assertThat(node.report())
                .hasValueSatisfying(report -> assertThat(report.state()).isEqualTo(NodeState.TURNED_DOWN));
    }

    @Test
    void aRehearsalSaysWhatWouldBeDoneAndDoesNothing() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");

        assertThat(node.rehearse()).isInstanceOfSatisfying(Planned.class, planned -> {
            assertThat(planned.offer()).isInstanceOf(Offer.Take.class);
            assertThat(planned.plan())
                    .hasValueSatisfying(plan -> assertThat(plan).matches(LoadPlan::isClear));
        });

        assertThat(node.inForce()).isEmpty();
        assertThat(node.stored()).isEmpty();
        assertThat(node.report()).isEmpty();
        assertThat(node.state().resolve("modules")).doesNotExist();
    }

    @Test
    void whatDidNotComeThroughTheStoreIsLeftAlone() throws Exception {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.kernel.insmod(node.kernel.install(Scene.manifest("vendor_patch")).file());

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        AgentOutcome.Foreign.class,
                        foreign ->
                                assertThat(foreign.livepatches()).containsExactly(new LivepatchName("vendor_patch")));
        assertThat(node.inForce()).containsExactly("vendor_patch");
    }

    @Test
    void aTaskThatDoesNotSwitchOverKeepsThePatchOutUntilTheNextRun() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.kernel.stall(SimulatedTask.kernelThread(311, "nfsd").sleepingOn("common_function"));

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        NotLoaded.class, not -> assertThat(not.reason()).contains("nfsd"));
        assertThat(node.inForce()).isEmpty();
        assertThat(node.report())
                .hasValueSatisfying(report -> assertThat(report.state()).isEqualTo(NodeState.NOT_LOADED));

        node.kernel.resumeAll();
        assertThat(node.outcome()).isInstanceOf(Taken.class);
    }

    @Test
    void whatTheKernelWouldRefuseIsNotTried() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.kernel.unprivileged();

        assertThat(node.outcome()).isInstanceOf(NotLoaded.class);
        assertThat(node.stored()).isEmpty();
    }

    @Test
    void aPatchThatMakesTroubleLaterIsReportedAsUnhealthy() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.run();
        for (String line : List.of(
                "------------[ cut here ]------------",
                "WARNING: CPU: 1 PID: 70 at main.c:7 bad_function+0x1a/0x40 [livepatch_1]",
                "RIP: 0010:bad_function+0x1a/0x40 [livepatch_1]",
                "Call Trace:",
                " bad_function+0x1a/0x40 [livepatch_1]",
                "---[ end trace 0000000000000000 ]---")) {
            node.kernel.print(4, line);
        }

        assertThat(node.outcome()).isInstanceOf(Current.class);
        assertThat(node.report()).hasValueSatisfying(report -> {
            assertThat(report.health()).isEqualTo(Health.UNHEALTHY);
            assertThat(report.error())
                    .hasValueSatisfying(error -> assertThat(error).contains("WARNING"));
        });
    }

    /** The fault: there is no room for a report, or no way to where it belongs. */
    @Test
    void aReportThatCannotBeSentChangesNothing() throws IOException {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        Files.delete(directory.resolve("reports"));

        AgentRun run = node.run();

        assertThat(run.outcome()).isInstanceOf(Taken.class);
        assertThat(run.reportFault()).isPresent();
    }

    @Test
    void anArchiveThatCannotBeReachedLeavesEverythingAsItIs() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.run();
        scene.server.close();

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.step()).isEqualTo(AgentStep.UPDATE));
        assertThat(node.inForce()).containsExactly("livepatch_1");
        assertThat(node.report()).hasValueSatisfying(report -> {
            assertThat(report.state()).isEqualTo(NodeState.FAILED);
            assertThat(report.inForce()).isPresent();
        });
    }

    @Test
    void everyNodeWaitsItsOwnPartOfTheJitter() {
        Duration hour = Duration.ofHours(1);
        assertThat(Agent.wait("web-1", hour))
                .isEqualTo(Agent.wait("web-1", hour))
                .isBetween(Duration.ZERO, hour);
        assertThat(Agent.wait("web-1", hour)).isNotEqualTo(Agent.wait("web-2", hour));
        assertThat(Agent.wait("web-1", Duration.ZERO)).isZero();
        double mean = IntStream.range(0, 1000)
                .mapToLong(number -> Agent.wait("node-" + number, hour).toSeconds())
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(1700.0, 1900.0);
    }
}
