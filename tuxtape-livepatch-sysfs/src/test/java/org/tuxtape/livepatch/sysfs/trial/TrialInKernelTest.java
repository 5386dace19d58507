package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.Passed;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.TurnedDown;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.kernel.KernelError;
import org.tuxtape.testkit.kernel.SimulatedKernel;

/** Trials with the controller, the log and a kernel whose transitions take their time. */
class TrialInKernelTest {
    private static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");
    private static final TransitionPolicy REVERSE = new TransitionPolicy.Reverse(Duration.ofMinutes(1));
    private static final TrialPolicy SHORT =
            new TrialPolicy(REVERSE, Duration.ofSeconds(1), Duration.ofMillis(500), true, true, false);

    @TempDir
    private Path directory = Path.of("");

    private ManualClock clock = ManualClock.create();
    private SimulatedKernel kernel = boot();

    @BeforeEach
    void beginAnew() {
        clock = ManualClock.create();
        kernel = boot();
    }

    private SimulatedKernel boot() {
        clock.advance(Duration.ofMinutes(1));
        kernel = SimulatedKernel.builder(RELEASE).clock(clock).build();
        return kernel;
    }

    private LivepatchModule install(String name) {
        return kernel.install(new Manifest(
                new LivepatchName(name),
                "0".repeat(64),
                RELEASE,
                kernel.vermagic(),
                "by hand",
                Optional.empty(),
                Replacement.STACK,
                new TreeMap<>(),
                new TreeSet<>(List.of(new PatchedFunction(KernelObject.VMLINUX, name + "_function", 1)))));
    }

    /** The kernel knows a module by the place where it was installed. */
    private final class Insertion implements ModuleLoading {
        @Override
        public void load(Path file) throws KernelRefusal {
            try {
                kernel.insmod(kernel.root()
                        .resolve("lib/modules/" + RELEASE)
                        .resolve(file.getFileName().toString()));
            } catch (KernelError e) {
                throw new KernelRefusal(e.errno(), e.getMessage());
            }
        }

        @Override
        public void unload(LivepatchName name) throws KernelRefusal {
            try {
                kernel.rmmod(name);
            } catch (KernelError e) {
                throw new KernelRefusal(e.errno(), e.getMessage());
            }
        }

        @Override
        public String describe() {
            return "system calls";
        }
    }

    private KernelFiles files() {
        return KernelFiles.under(kernel.root());
    }

    private LivepatchController controller() {
        return SysfsController.builder(files()).loading(new Insertion()).build();
    }

    private PatchStore store(Path store, Disk disk) {
        return PatchStore.open(store, files(), clock.context(), disk);
    }

    private PatchStore store() {
        return store(directory.resolve("tuxtape"), Disk.REAL);
    }

    private Trial trial() {
        return Trial.of(controller(), store(), () -> KernelLog.open(files())).with(SHORT);
    }

    private List<String> inForce() {
        return controller().loaded().stream()
                .filter(Livepatch::enabled)
                .map(livepatch -> livepatch.name().text())
                .toList();
    }

    @Test
    void aTrialThatPassesIsAcceptedAndComesBackAtTheNextBoot() {
        TrialOutcome outcome = trial().run(install("livepatch_a"), "operator", clock.context());
        assertThat(outcome).isInstanceOf(Passed.class);
        store().accept(outcome.patch(), "operator", "It does well.");

        boot();
        install("livepatch_a");
        BootReport report = BootLoad.of(controller(), store()).load(REVERSE, clock.context());

        assertThat(report.isComplete()).isTrue();
        assertThat(inForce()).containsExactly("livepatch_a");
    }

    @Test
    void aLivepatchThatWarnsIsTurnedDownAndStaysOutAfterABoot() {
        LivepatchModule module = install("livepatch_a");
        TrialOutcome outcome = trial().probing("event", asked -> {
                    kernel.print(4, "------------[ cut here ]------------");
                    kernel.print(4, "WARNING: CPU: 1 PID: 70 at main.c:7 bad_function+0x1a/0x40 [livepatch_a]");
                    kernel.print(4, "RIP: 0010:bad_function+0x1a/0x40 [livepatch_a]");
                    kernel.print(4, "Call Trace:");
                    kernel.print(4, " bad_function+0x1a/0x40 [livepatch_a]");
                    kernel.print(4, " do_syscall_64+0x5c/0x90");
                    kernel.print(4, "---[ end trace 0000000000000000 ]---");
                    return new Health(true, "");
                })
                .run(module, "operator", clock.context());

        assertThat(outcome).isInstanceOfSatisfying(TurnedDown.class, turnedDown -> {
            assertThat(turnedDown.reason()).startsWith("The kernel reported trouble in livepatch_a: \"WARNING");
            assertThat(turnedDown.takenBack().isClean()).isTrue();
        });
        assertThat(controller().loaded()).isEmpty();
        boot();
        install("livepatch_a");
        BootLoad.of(controller(), store()).load(REVERSE, clock.context());
        assertThat(inForce()).isEmpty();
    }

    /** The fault: the process is killed at every step, also while it waits for the kernel. */
    @Test
    void whoeverGoesOnSeesTheTrueState() {
        for (boolean isIll : new boolean[] {false, true}) {
            boolean survived = false;
            for (int step = 0; !survived; step++) {
                clock = ManualClock.create();
                boot();
                LivepatchModule module = install("livepatch_a");
                Life life = Life.of(step);
                Path place = directory.resolve(isIll + "-" + step);
                HealthProbe probe = asked -> new Health(!isIll, "as it is");
                int[] naps = new int[1];
                Context mortal = clock.context().sleepingBy(nap -> {
                    if (naps[0]++ % 10 == 0) {
                        life.step();
                    }
                    clock.sleep(nap);
                });
                try {
                    Trial.of(life.asking(controller()), store(place, life.disk()), () -> KernelLog.open(files()))
                            .with(SHORT)
                            .probing("health", probe)
                            .run(module, "operator", mortal);
                    survived = true;
                } catch (Life.Killed e) {
                    assertThat(life.isOver()).isTrue();
                }

                PatchStore store = store(place, Disk.REAL);
                Trial next = Trial.of(controller(), store, () -> KernelLog.open(files()))
                        .with(SHORT)
                        .probing("health", probe);
                next.goOn(clock.context());
                TrialOutcome outcome = next.run(module, "operator", clock.context());
                assertThat(outcome.patch().state())
                        .as("killed at step %d", step)
                        .isEqualTo(isIll ? PatchState.TURNED_DOWN : PatchState.PASSED);
                assertThat(outcome.patch().marked()).isFalse();
                assertThat(inForce()).isEqualTo(isIll ? List.of() : List.of("livepatch_a"));
                assertThat(controller().plan(module).isClear()).isEqualTo(isIll);
            }
        }
    }
}
