package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.livepatch.sysfs.SysfsController;

/** Prints a figure; nothing is asserted of it. */
@Tag("guest")
class OverheadTest {
    private static final int TIMES = 10;

    private final SysfsController controller = SysfsController.ofThisMachine();
    private final LivepatchModule plain = LabModule.PLAIN.module();
    private final LivepatchName name = plain.manifest().name();

    @AfterEach
    void leavesNothing() {
        Guest.cleanUp();
    }

    @Test
    void fromTheRequestToTheOutcomeAgainstAShellThatLoadsAndPolls() {
        String shell = String.join(
                "\n",
                "start=$(date +%s%N)",
                "insmod " + plain.file(),
                "while [ \"$(cat /sys/kernel/livepatch/" + name + "/transition)\" = 1 ]; do sleep 0.01; done",
                "echo $(( $(date +%s%N) - start ))");
        List<Duration> ours = new ArrayList<>();
        List<Duration> plans = new ArrayList<>();
        List<Duration> theirs = new ArrayList<>();
        for (int i = 0; i <= TIMES; i++) {
            long start = System.nanoTime();
            controller.plan(plain);
            plans.add(Duration.ofNanos(System.nanoTime() - start));
            assertThat(controller.load(plain, Guest.PATIENT, Context.standard()))
                    .isInstanceOfSatisfying(TransitionOutcome.Completed.class, done -> ours.add(done.took()));
            takeBack();
            theirs.add(Duration.ofNanos(Long.parseLong(Guest.run("sh", "-c", shell))));
            takeBack();
        }

        System.out.printf(
                "Load, from the request to the outcome, median of %d: controller %d ms (of it the plan %d ms), shell %d ms,"
                        + " ratio %.2f%n",
                TIMES,
                median(ours).toMillis(),
                median(plans).toMillis(),
                median(theirs).toMillis(),
                (double) median(ours).toNanos() / median(theirs).toNanos());
    }

    private void takeBack() {
        controller.disable(name, Guest.PATIENT, Context.standard());
        controller.unload(name, Context.standard());
    }

    /** The first one warms up and does not count. */
    private static Duration median(List<Duration> durations) {
        return durations.stream().skip(1).sorted().toList().get(durations.size() / 2);
    }
}
