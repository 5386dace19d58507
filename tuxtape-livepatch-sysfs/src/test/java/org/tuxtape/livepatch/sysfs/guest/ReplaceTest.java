package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.livepatch.sysfs.SysfsController;

@Tag("guest")
class ReplaceTest {
    private static final LivepatchName SMALL = LabModule.SMALL.livepatchName();
    private static final LivepatchName LARGE = LabModule.LARGE.livepatchName();

    private final SysfsController controller = SysfsController.ofThisMachine();

    @AfterEach
    void leavesNothing() {
        Guest.cleanUp();
    }

    @Test
    void aLargerOneTakesOverAndASmallerOneGivesBackAndThePlanHadToldBoth() {
        String originalVersion = Guest.read("/proc/version");
        loadAsPlanned(LabModule.SMALL);
        assertThat(Guest.read("/proc/loadavg")).doesNotContain("patched");

        LoadPlan up = loadAsPlanned(LabModule.LARGE);
        assertThat(names(up.patched())).containsExactly("fifo_open", "loadavg_proc_show");
        assertThat(names(up.kept())).containsExactly("cmdline_proc_show", "version_proc_show");
        assertThat(up.reverted()).isEmpty();
        assertThat(up.replaced()).containsExactly(SMALL);
        assertThat(Guest.read("/proc/loadavg")).isEqualTo("patched by tuxtape_large");
        assertThat(Guest.read("/proc/version")).isEqualTo("patched by tuxtape_large");
        assertLeftoverIsRemoved(SMALL);

        LoadPlan down = loadAsPlanned(LabModule.SMALL);
        assertThat(down.patched()).isEmpty();
        assertThat(names(down.kept())).containsExactly("cmdline_proc_show", "version_proc_show");
        assertThat(names(down.reverted())).containsExactly("fifo_open", "loadavg_proc_show");
        assertThat(down.replaced()).containsExactly(LARGE);
        assertThat(Guest.read("/proc/loadavg")).doesNotContain("patched");
        assertThat(Guest.read("/proc/version")).isEqualTo("patched by tuxtape_small");
        assertLeftoverIsRemoved(LARGE);

        controller.disable(SMALL, Guest.PATIENT, Context.standard());
        assertThat(Guest.read("/proc/version")).isEqualTo(originalVersion);
    }

    @Test
    void replacesThoseThatAreStackedToo() {
        loadAsPlanned(LabModule.PLAIN);
        loadAsPlanned(LabModule.STATEFUL);
        assertThat(controller.loaded()).hasSize(2);
        controller.disable(LabModule.STATEFUL.livepatchName(), Guest.PATIENT, Context.standard());

        LoadPlan plan = loadAsPlanned(LabModule.SMALL);

        assertThat(plan.replaced()).containsExactly(LabModule.PLAIN.livepatchName());
        assertThat(controller.removeLeftovers(Context.standard()))
                .containsOnlyKeys(LabModule.PLAIN.livepatchName(), LabModule.STATEFUL.livepatchName());
    }

    @Test
    void theNameOfALeftoverIsTakenUntilItIsRemoved() {
        loadAsPlanned(LabModule.SMALL);
        loadAsPlanned(LabModule.LARGE);

        assertThat(controller.plan(LabModule.SMALL.module()).obstacles())
                .first()
                .extracting(LoadPlan.Obstacle::cause, LoadPlan.Obstacle::errno)
                .containsExactly(Cause.NAME_TAKEN, "EEXIST");
        assertThat(controller.load(LabModule.SMALL.module(), Guest.PATIENT, Context.standard()))
                .isInstanceOfSatisfying(TransitionOutcome.Refused.class, refused -> {
                    assertThat(refused.obstacle().cause()).isEqualTo(Cause.NAME_TAKEN);
                    assertThat(refused.obstacle().errno()).isEqualTo("EEXIST");
                });
    }

    /** Loads it, and holds the plan against what the kernel shows before and after, function by function. */
    private LoadPlan loadAsPlanned(LabModule module) {
        SortedSet<PatchedFunction> before = patchedNow();
        List<LivepatchName> there =
                controller.loaded().stream().map(Livepatch::name).toList();
        LoadPlan plan = controller.plan(module.module());
        assertThat(plan.isClear()).as("%s", plan).isTrue();

        assertThat(controller.load(module.module(), Guest.PATIENT, Context.standard()))
                .isInstanceOf(TransitionOutcome.Completed.class);

        SortedSet<PatchedFunction> after = patchedNow();
        assertThat(plan.patched()).isEqualTo(without(after, before));
        assertThat(plan.reverted()).isEqualTo(without(before, after));
        SortedSet<PatchedFunction> kept = new TreeSet<>(module.functionsAsRunning());
        kept.retainAll(before);
        assertThat(plan.kept()).isEqualTo(kept);
        List<LivepatchName> gone = new ArrayList<>(there);
        controller.loaded().forEach(livepatch -> gone.remove(livepatch.name()));
        assertThat(plan.replaced()).isEqualTo(gone);
        return plan;
    }

    private void assertLeftoverIsRemoved(LivepatchName name) {
        assertThat(controller.machine().leftovers()).containsExactly(name);
        assertThat(controller.removeLeftovers(Context.standard()))
                .containsOnlyKeys(name)
                .extractingByKey(name)
                .isInstanceOf(TransitionOutcome.Completed.class);
        assertThat(controller.machine().leftovers()).isEmpty();
    }

    private SortedSet<PatchedFunction> patchedNow() {
        SortedSet<PatchedFunction> functions = new TreeSet<>();
        controller.loaded().stream()
                .filter(Livepatch::enabled)
                .flatMap(livepatch -> livepatch.objects().stream())
                .forEach(object -> object.functions().forEach(function -> functions.add(function.asRunning())));
        return functions;
    }

    private static SortedSet<PatchedFunction> without(
            SortedSet<PatchedFunction> functions, SortedSet<PatchedFunction> others) {
        SortedSet<PatchedFunction> left = new TreeSet<>(functions);
        left.removeAll(others);
        return left;
    }

    private static List<String> names(SortedSet<PatchedFunction> functions) {
        return functions.stream().map(PatchedFunction::name).toList();
    }
}
