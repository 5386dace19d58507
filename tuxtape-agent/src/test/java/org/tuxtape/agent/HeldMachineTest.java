package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.agent.AgentOutcome.Held;
import org.tuxtape.agent.AgentOutcome.Taken;
import org.tuxtape.agent.AgentOutcome.TakenBack;
import org.tuxtape.archive.rollout.NodeState;
import org.tuxtape.archive.rollout.PatchRef;

/** What keeps a machine as it is: a freeze, the kernel's parameter, a window that is not open. */
class HeldMachineTest {
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
    void aFrozenMachineStaysAsItIsAndSaysWhatItWouldTake() throws IOException {
        PatchRef patch = scene.publish("livepatch_1");
        scene.promote(patch, "all");
        Machine node = scene.node("web-2");
        Files.createDirectories(node.state());
        Files.writeString(node.state().resolve("freeze"), "The auditors are here.\n");

        assertThat(node.outcome()).isInstanceOfSatisfying(Held.class, held -> {
            assertThat(held.wanted()).hasValue(patch);
            assertThat(held.reason()).contains("The auditors are here.");
        });
        assertThat(node.inForce()).isEmpty();
        assertThat(node.report()).hasValueSatisfying(report -> {
            assertThat(report.state()).isEqualTo(NodeState.FROZEN);
            assertThat(report.subject()).hasValue(patch);
        });

        Files.delete(node.state().resolve("freeze"));
        assertThat(node.outcome()).isInstanceOf(Taken.class);
    }

    @Test
    void aFrozenMachineKeepsAlsoWhatIsWithdrawn() throws IOException {
        PatchRef patch = scene.publish("livepatch_1");
        scene.promote(patch, "all");
        Machine node = scene.node("web-2");
        node.run();
        scene.withdraw(patch);
        Files.createFile(node.state().resolve("freeze"));

        assertThat(node.outcome()).isInstanceOf(Held.class);
        assertThat(node.inForce()).containsExactly("livepatch_1");
    }

    /** The fault: the freeze is a directory, of which nothing can be read. */
    @Test
    void whateverHasTheNameOfTheFreezeFreezes() throws IOException {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        Files.createDirectories(node.state().resolve("freeze"));

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        Held.class,
                        held -> assertThat(held.reason())
                                .isEqualTo("It is frozen by " + node.state().resolve("freeze") + "."));
        assertThat(node.inForce()).isEmpty();
    }

    @Test
    void theKernelsParameterKeepsTheMachineUnpatched() {
        scene.promote(scene.publish("livepatch_1"), "all");
        Machine node = scene.node("web-2");
        node.boot("root=/dev/vda1 notuxtape quiet");

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        Held.class, held -> assertThat(held.reason()).contains("notuxtape"));
        assertThat(node.inForce()).isEmpty();
    }

    @Test
    void outsideItsWindowAMachineTakesNothingAndGivesBackWhatIsWithdrawn() {
        PatchRef patch = scene.publish("livepatch_1");
        scene.promote(patch, "all");
        Machine node = scene.node("web-2")
                .with(options -> options.within(MaintenanceWindow.parse("02:00-03:00", ZoneOffset.UTC)));

        assertThat(node.outcome())
                .isInstanceOfSatisfying(
                        Held.class,
                        held -> assertThat(held.until())
                                .hasValueSatisfying(until -> assertThat(until).isAfter(scene.now())));
        scene.clock.advance(Duration.ofMinutes(130));
        assertThat(node.outcome()).isInstanceOf(Taken.class);
        scene.clock.advance(Duration.ofHours(3));
        scene.withdraw(patch);
        assertThat(node.outcome()).isInstanceOf(TakenBack.class);
    }
}
