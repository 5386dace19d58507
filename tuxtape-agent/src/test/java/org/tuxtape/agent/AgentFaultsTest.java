package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.agent.AgentOutcome.Current;
import org.tuxtape.agent.AgentOutcome.Failed;
import org.tuxtape.agent.AgentOutcome.Taken;
import org.tuxtape.archive.ArchiveLocation;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.NodeState;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.core.Context;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;
import org.tuxtape.livepatch.sysfs.trial.PatchState;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;

/** Agents that are killed, meet each other, or find the world broken. */
class AgentFaultsTest {
    @TempDir
    private Path directory = Path.of("");

    private final List<Scene> scenes = new ArrayList<>();

    private Scene scene(String name) {
        try {
            Scene scene = new Scene(Files.createDirectories(directory.resolve(name)));
            scenes.add(scene);
            return scene;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        scenes.forEach(Scene::close);
    }

    /**
     * The fault: the agent is killed before each of its steps, of its questions to the kernel and of its naps, one after
     * the other until it lives to the end. Then another one runs, on the machine as it is or after a boot. Each step has
     * a machine of its own; what is published is the same for all of them.
     */
    private int dieAtEveryStep(boolean boots, Consumer<Scene> before, Consumer<Scene> change, Consumer<Machine> after) {
        Scene scene = scene("publisher");
        before.accept(scene);
        ArchiveLocation unchanged = scene.copied();
        change.accept(scene);
        for (int step = 0; ; step++) {
            Machine node = scene.node("web-" + step, "canary");
            node.location = unchanged;
            node.run();
            node.location = scene.mounted();
            Life life = Life.of(step);
            int[] naps = new int[1];
            Context mortal = node.context().sleepingBy(nap -> {
                if (naps[0]++ % 10 == 0) {
                    life.step();
                }
                scene.clock.sleep(nap);
            });
            try {
                node.agent(life.asking(node.controller()))
                        .watchedBy(begun -> life.step())
                        .run(mortal);
            } catch (Life.Killed e) {
                assertThat(life.isOver()).isTrue();
            }
            if (boots) {
                node.boot("quiet");
                node.loadAtBoot();
            }
            node.run();
            node.store().settled();
            after.accept(node);
            assertThat(node.controller().machine().leftovers())
                    .as("step %d", step)
                    .isEmpty();
            assertThat(node.stored()).as("step %d", step).noneMatch(StoredPatch::marked);
            if (!life.isOver()) {
                return step;
            }
        }
    }

    @Test
    void whoeverComesAfterAKilledAgentBringsThePatchIn() {
        int steps = dieAtEveryStep(
                false, scene -> {}, scene -> scene.promote(scene.publish("livepatch_1"), "canary"), node -> {
                    assertThat(node.inForce()).containsExactly("livepatch_1");
                    assertThat(node.report())
                            .hasValueSatisfying(
                                    report -> assertThat(report.state()).isEqualTo(NodeState.PATCHED));
                });
        assertThat(steps).isGreaterThan(10);
    }

    @Test
    void whoeverComesAfterAKilledAgentBringsTheNewerPatchIn() {
        dieAtEveryStep(
                false,
                scene -> scene.promote(scene.publish("livepatch_1"), "canary"),
                scene -> scene.promote(scene.publish("livepatch_2"), "canary"),
                node -> assertThat(node.inForce()).containsExactly("livepatch_2"));
    }

    @Test
    void whoeverComesAfterAKilledAgentBringsTheOlderPatchBack() {
        int steps = dieAtEveryStep(
                false,
                scene -> {
                    scene.promote(scene.publish("livepatch_1"), "all");
                    scene.promote(scene.publish("livepatch_2"), "canary");
                },
                scene -> scene.withdraw(scene.newest()),
                node -> {
                    assertThat(node.inForce()).containsExactly("livepatch_1");
                    assertThat(node.stored())
                            .filteredOn(patch -> patch.manifest().name().text().equals("livepatch_2"))
                            .singleElement()
                            .returns(PatchState.TURNED_DOWN, StoredPatch::state);
                });
        assertThat(steps).isGreaterThan(10);
    }

    @Test
    void whoeverComesAfterAKilledAgentTakesOutWhatIsWithdrawn() {
        dieAtEveryStep(
                false,
                scene -> scene.promote(scene.publish("livepatch_1"), "canary"),
                scene -> scene.withdraw(scene.newest()),
                node -> assertThat(node.inForce()).isEmpty());
    }

    /** A machine that went down while the patch was on trial never loads it again; before that, it does. */
    @Test
    void aMachineThatGoesDownUnderAnAgentComesToRest() {
        dieAtEveryStep(true, scene -> {}, scene -> scene.promote(scene.publish("livepatch_1"), "canary"), node -> {
            List<PatchState> states =
                    node.stored().stream().map(StoredPatch::state).toList();
            if (states.equals(List.of(PatchState.TURNED_DOWN))) {
                assertThat(node.inForce()).isEmpty();
                assertThat(node.report())
                        .hasValueSatisfying(report -> assertThat(report.state()).isEqualTo(NodeState.TURNED_DOWN));
            } else {
                assertThat(states).containsExactly(PatchState.ACCEPTED);
                assertThat(node.inForce()).containsExactly("livepatch_1");
            }
        });
    }

    @Test
    void aMachineThatGoesDownWhileAPatchIsWithdrawnComesBackWithTheOlderOne() {
        dieAtEveryStep(
                true,
                scene -> {
                    scene.promote(scene.publish("livepatch_1"), "all");
                    scene.promote(scene.publish("livepatch_2"), "canary");
                },
                scene -> scene.withdraw(scene.newest()),
                node -> {
                    boolean isTurnedDown = node.stored().stream()
                            .filter(patch -> patch.manifest().name().text().equals("livepatch_1"))
                            .anyMatch(patch -> patch.state() == PatchState.TURNED_DOWN);
                    // It is where the machine went down while that was on trial again.
                    assertThat(node.inForce()).isEqualTo(isTurnedDown ? List.of() : List.of("livepatch_1"));
                });
    }

    /** The fault: two agents at once, the second one while the first has a patch on trial. */
    @Test
    void ofTwoAgentsAtOnceOneDoesNothingAndSaysSo() {
        Scene scene = scene("two");
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        List<AgentRun> others = new ArrayList<>();
        HealthProbe meanwhile = context -> {
            others.add(node.run());
            return new HealthProbe.Health(true, "");
        };

        AgentRun first = node.with(options -> options.probing("other", meanwhile))
                .agent()
                .run(node.context());

        assertThat(first.outcome()).isInstanceOf(Taken.class);
        assertThat(others).isNotEmpty().allSatisfy(run -> {
            assertThat(run.outcome()).isInstanceOf(AgentOutcome.Busy.class);
            assertThat(run.report()).isEmpty();
        });
    }

    /** The fault: the server vanishes in the middle of a file, whichever it is. */
    @Test
    void aServerThatVanishesLeavesTheMachineAsItIs() {
        for (String file :
                List.of("timestamp.json", "snapshot.json", "targets.json", "policy", "index", ".ko", ".manifest")) {
            Scene scene = scene("vanishes-" + file);
            scene.promote(scene.publish("livepatch_1"), "all");
            Machine node = scene.node("web-2");
            scene.server.vanishAt(file);

            assertThat(node.outcome()).as(file).isInstanceOf(Failed.class);
            assertThat(node.inForce()).as(file).isEmpty();
            assertThat(node.report())
                    .hasValueSatisfying(
                            report -> assertThat(report).as(file).returns(NodeState.FAILED, NodeReport::state));

            scene.server.vanishAt("");
            assertThat(node.outcome()).as(file).isInstanceOf(Taken.class);
        }
    }

    /** The attack: what is served is not what was signed. */
    @Test
    void aManifestThatLiesIsRefused() throws IOException {
        Scene scene = scene("lies");
        PatchRef patch = scene.publish("livepatch_1");
        scene.promote(patch, "all");
        Path served;
        try (var files = Files.walk(scene.directory.resolve("archive/targets"))) {
            served = files.filter(file -> file.toString().endsWith(".ko.manifest"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(served, Files.readString(served).replace("common_function", "another_function"));
        Machine node = scene.node("web-2");

        assertThat(node.outcome()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.step()).isEqualTo(AgentStep.FETCH);
            assertThat(failed.failure()).isInstanceOf(ArchiveException.class);
        });
        assertThat(node.inForce()).isEmpty();
        assertThat(node.stored()).isEmpty();
    }

    /** The fault: the clock jumps by years, in both directions. */
    @Test
    void aClockThatJumpsTakesNothingAwayAndNothingOld() {
        Scene scene = scene("clock");
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.run();

        assertThat(at(node, Duration.ofDays(2000)))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        ArchiveException.class,
                                        expired ->
                                                assertThat(expired.fault()).isEqualTo(ArchiveException.Fault.EXPIRED)));
        assertThat(node.inForce()).containsExactly("livepatch_1");

        assertThat(at(node, Duration.ZERO)).isInstanceOf(Current.class);
        assertThat(at(node, Duration.ofDays(-300))).isInstanceOf(Current.class);
        assertThat(node.inForce()).containsExactly("livepatch_1");
    }

    private static AgentOutcome at(Machine node, Duration off) {
        Context context = node.context();
        return node.agent()
                .run(context.with(Clock.offset(context.clock(), off)))
                .outcome();
    }

    /** The fault: the agent's directory, which is somebody's file, cannot be used. */
    @Test
    void aDirectoryThatCannotBeUsedIsSaid() throws IOException {
        Scene scene = scene("directory");
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        Files.writeString(node.state(), "a file");

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(AgentException.class));
    }

    @Test
    void aDirectoryServesAsWellAsAServer() {
        Scene scene = scene("mounted");
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.location = scene.mounted();

        assertThat(node.outcome()).isInstanceOf(Taken.class);
        assertThat(scene.server.requests()).isEmpty();
    }
}
