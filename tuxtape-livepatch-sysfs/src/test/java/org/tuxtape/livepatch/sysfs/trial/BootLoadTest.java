package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.trial.BootReport.Failed;
import org.tuxtape.livepatch.sysfs.trial.BootReport.LeftOut;
import org.tuxtape.livepatch.sysfs.trial.BootReport.Tried;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;

class BootLoadTest {
    @TempDir
    private Path root = Path.of("");

    private Machine machine;

    @BeforeEach
    void bootMachine() {
        machine = new Machine(root);
    }

    private LivepatchModule accepted(LivepatchModule module) {
        machine.clock.advance(Duration.ofHours(1));
        machine.accept(module);
        return module;
    }

    private static <T extends BootReport.Entry> List<T> entries(BootReport report, Class<T> kind) {
        return report.entries().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Test
    void whatIsAcceptedComesBackInItsOrder() {
        accepted(machine.patch("livepatch_b"));
        accepted(machine.patch("livepatch_a"));

        BootReport report = machine.boot("").bootLoad();

        assertThat(machine.inForce()).containsExactly("livepatch_b", "livepatch_a");
        assertThat(report.isComplete()).isTrue();
        assertThat(entries(report, Tried.class))
                .hasSize(2)
                .allMatch(entry -> entry.patch().marked());
    }

    @Test
    void whatIsNotAcceptedDoesNot() {
        machine.store().add(machine.patch("added"), "operator");
        machine.trial().run(machine.patch("passed"), "operator", machine.clock.context());
        machine.trial()
                .probing("health", asked -> new Health(false, "ill"))
                .run(machine.patch("bad"), "operator", machine.clock.context());

        BootReport report = machine.boot("").bootLoad();

        assertThat(machine.inForce()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        assertThat(entries(report, LeftOut.class))
                .hasSize(3)
                .anySatisfy(entry -> assertThat(entry.reason())
                        .startsWith("It is not accepted: bad (")
                        .endsWith("by operator: health: ill"));
    }

    @Test
    void whatWasMadeForAnotherKernelDoesNot() throws IOException {
        KernelRelease other = KernelRelease.parse("6.12.108");
        LivepatchModule module = machine.patch("livepatch_a", Replacement.STACK, other, "a");
        StoredPatch patch = machine.store().add(module, "operator");
        Path state = patch.file().resolveSibling("state");
        Files.writeString(state, Files.readString(state).replace("ADDED", "ACCEPTED"));

        assertThat(machine.bootLoad().entries())
                .containsExactly(new LeftOut(machine.store().refresh(patch), "It was made for 6.12.108."));
    }

    @Test
    void theNewestThatReplacesAllIsEnough() {
        accepted(machine.patch("before"));
        accepted(machine.cumulative("cumulative_1"));
        accepted(machine.cumulative("cumulative_2"));
        accepted(machine.patch("after"));

        BootReport report = machine.boot("").bootLoad();

        assertThat(machine.inForce()).containsExactly("cumulative_2", "after");
        assertThat(entries(report, LeftOut.class))
                .extracting(LeftOut::reason)
                .containsOnly("cumulative_2 replaces it.");
    }

    @Test
    void whatCannotBeLoadedIsAsIfItHadNotBeenAccepted() {
        accepted(machine.cumulative("cumulative_1"));
        accepted(machine.patch("between"));
        LivepatchModule newest = accepted(machine.cumulative("cumulative_2"));
        machine.boot("").controller.refuse(newest.manifest().name(), "ENOMEM");

        BootReport report = machine.bootLoad();

        assertThat(machine.inForce()).containsExactly("cumulative_1", "between");
        assertThat(report.isComplete()).isFalse();
        assertThat(entries(report, Tried.class).get(0).patch())
                .returns(PatchState.ACCEPTED, StoredPatch::state)
                .returns(false, StoredPatch::marked);
    }

    @Test
    void oneBadPatchDoesNotKeepTheOthersOut() throws IOException {
        LivepatchModule changed = accepted(machine.patch("changed"));
        LivepatchModule damaged = accepted(machine.patch("damaged"));
        accepted(machine.patch("good"));
        Files.writeString(machine.folder(changed).resolve("changed.ko"), "something else");
        machine.damage(damaged);

        BootReport report = machine.boot("").bootLoad();

        assertThat(machine.inForce()).containsExactly("good");
        assertThat(report.isComplete()).isFalse();
        assertThat(entries(report, Failed.class))
                .extracting(entry -> ((StoreException) entry.failure()).fault())
                .containsExactlyInAnyOrder(StoreException.Fault.DAMAGED, StoreException.Fault.OTHER_CONTENT);
    }

    @Test
    void aWordOnTheKernelsCommandLineKeepsEverythingOut() {
        accepted(machine.patch("livepatch_a"));

        BootReport report = machine.boot("quiet notuxtape").bootLoad();

        assertThat(machine.inForce()).isEmpty();
        assertThat(entries(report, LeftOut.class))
                .extracting(LeftOut::reason)
                .containsExactly("The kernel was booted with notuxtape.");
        machine.boot("notuxtape=0").bootLoad();
        assertThat(machine.inForce()).containsExactly("livepatch_a");
    }

    @Test
    void aMachineThatGoesDownBeforeItHasSettledDoesNotLoadThemAgain() {
        StoredPatch patch = machine.accept(machine.patch("livepatch_a"));
        machine.boot("").bootLoad();
        machine.boot("").bootLoad();

        assertThat(machine.inForce()).isEmpty();
        assertThat(machine.store().refresh(patch))
                .returns(PatchState.TURNED_DOWN, StoredPatch::state)
                .returns("the load marker", StoredPatch::by);
        machine.boot("").bootLoad();
        assertThat(machine.inForce()).isEmpty();
        machine.store().allow(patch, "Ada", "It was the power.");
        assertThat(machine.accept(machine.patch("livepatch_a")).state()).isEqualTo(PatchState.ACCEPTED);
    }

    @Test
    void aMachineThatHasSettledMayGoDown() {
        StoredPatch patch = machine.accept(machine.patch("livepatch_a"));
        machine.boot("").bootLoad();
        machine.store().settled();

        assertThat(machine.store().refresh(patch)).isEqualTo(patch);
        machine.boot("").bootLoad();
        assertThat(machine.inForce()).containsExactly("livepatch_a");
    }

    @Test
    void aShutdownInGoodOrderIsHeldAgainstNobody() {
        machine.accept(machine.patch("livepatch_a"));
        machine.boot("").bootLoad();
        machine.trial()
                .probing("shutdown", asked -> {
                    machine.store().goingDown();
                    return new Health(true, "");
                })
                .run(machine.patch("livepatch_b"), "operator", machine.clock.context());
        machine.boot("").bootLoad();

        assertThat(machine.inForce()).containsExactly("livepatch_a");
        assertThat(machine.store().contents().patches())
                .extracting(StoredPatch::state)
                .containsExactly(PatchState.ACCEPTED, PatchState.ADDED);
    }

    @Test
    void whatIsInForceAndHasSettledIsLeftAlone() {
        StoredPatch patch = machine.accept(machine.patch("livepatch_a"));

        assertThat(machine.bootLoad().isComplete()).isTrue();
        assertThat(machine.store().refresh(patch)).isEqualTo(patch);
    }
}
