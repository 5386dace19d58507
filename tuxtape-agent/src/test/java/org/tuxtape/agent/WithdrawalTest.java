package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.agent.AgentOutcome.Current;
import org.tuxtape.agent.AgentOutcome.Taken;
import org.tuxtape.agent.AgentOutcome.TakenBack;
import org.tuxtape.archive.rollout.NodeState;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.livepatch.sysfs.trial.PatchState;

/** What an agent does about a patch that was withdrawn. */
class WithdrawalTest {
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
    void aWithdrawnPatchIsReplacedByTheOlderOneThatIsGoodAndNeitherAtBoot() {
        PatchRef good = scene.publish("livepatch_1");
        scene.promote(good, "all");
        Machine node = scene.node("web-2");
        node.run();
        PatchRef bad = scene.publish("livepatch_2");
        scene.promote(bad, "all");
        node.run();
        scene.withdraw(bad);

        assertThat(node.outcome()).isInstanceOfSatisfying(Taken.class, taken -> {
            assertThat(taken.patch()).isEqualTo(good);
            assertThat(taken.withdrawn()).hasValue(bad);
        });
        assertThat(node.inForce()).containsExactly("livepatch_1");
        assertThat(node.controller().machine().leftovers()).isEmpty();
        assertThat(node.stored())
                .filteredOn(patch -> patch.manifest().sha256().equals(bad.sha256()))
                .singleElement()
                .satisfies(patch -> {
                    assertThat(patch.state()).isEqualTo(PatchState.TURNED_DOWN);
                    assertThat(patch.why()).contains("It makes the fans loud.");
                    assertThat(patch.marked()).isFalse();
                });

        node.boot("quiet");
        node.loadAtBoot();
        assertThat(node.inForce()).containsExactly("livepatch_1");
    }

    @Test
    void aWithdrawnPatchIsUnloadedWhereThereIsNoOther() {
        PatchRef bad = scene.publish("livepatch_1");
        scene.promote(bad, "all");
        Machine node = scene.node("web-2");
        node.run();
        scene.withdraw(bad);

        assertThat(node.outcome()).isInstanceOf(TakenBack.class);

        assertThat(node.inForce()).isEmpty();
        assertThat(node.controller().machine().modules()).isEmpty();
        assertThat(node.report())
                .hasValueSatisfying(report -> assertThat(report.state()).isEqualTo(NodeState.UNPATCHED));
        assertThat(node.outcome()).isInstanceOf(Current.class);
    }

    /** The fault: the older patch cannot be fetched when the newer one has to go. */
    @Test
    void aWithdrawnPatchGoesAlsoWhereTheOtherOneCannotBeHad() {
        PatchRef good = scene.publish("livepatch_1");
        PatchRef bad = scene.publish("livepatch_2");
        scene.promote(bad, "all");
        Machine node = scene.node("web-2");
        node.run();
        scene.promote(good, "all");
        scene.withdraw(bad);
        scene.server.vanishAt("livepatch_1.ko");

        assertThat(node.outcome()).isInstanceOf(TakenBack.class);
        assertThat(node.inForce()).isEmpty();

        scene.server.vanishAt("");
        assertThat(node.outcome()).isInstanceOf(Taken.class);
    }

    @Test
    void aWithdrawnPatchThatIsNotInForceIsNotLoadedAtTheNextBoot() {
        PatchRef bad = scene.publish("livepatch_1");
        scene.promote(bad, "all");
        Machine node = scene.node("web-2");
        node.run();
        scene.withdraw(bad);
        node.boot("quiet");

        assertThat(node.outcome()).isInstanceOf(Current.class);
        node.boot("quiet");
        node.loadAtBoot();
        assertThat(node.inForce()).isEmpty();
    }
}
