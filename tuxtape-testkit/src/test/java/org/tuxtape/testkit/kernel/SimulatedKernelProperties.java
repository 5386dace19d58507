package org.tuxtape.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.testkit.ManualClock;

final class SimulatedKernelProperties {
    private static final List<LivepatchModule> MODULES = List.of(
            SimulatedKernelTest.module("a", Replacement.STACK, "vmlinux f 0", "btrfs scrub 0"),
            SimulatedKernelTest.module("b", Replacement.REPLACE_ALL, "vmlinux f 0", "vmlinux g 0"),
            SimulatedKernelTest.module("c", Replacement.REPLACE_ALL, "vmlinux g 0"));
    private static final SimulatedTask SLEEPER =
            SimulatedTask.user(900, "reader").sleepingOn("f");

    enum Verb {
        INSMOD,
        RMMOD,
        ENABLE,
        DISABLE,
        FORCE,
        STALL,
        RESUME,
        LOAD_OBJECT,
        UNLOAD_OBJECT
    }

    record Step(Verb verb, int module, int milliseconds) {

        /** What the kernel refuses is refused; what it does not know is an error of this test. */
        void take(SimulatedKernel kernel) throws IOException {
            LivepatchModule subject = MODULES.get(module);
            Path directory = kernel.root()
                    .resolve("sys/kernel/livepatch")
                    .resolve(subject.manifest().name().text());
            try {
                switch (verb) {
                    case INSMOD -> kernel.insmod(subject.file());
                    case RMMOD -> kernel.rmmod(subject.manifest().name());
                    case ENABLE -> write(directory.resolve("enabled"), "1");
                    case DISABLE -> write(directory.resolve("enabled"), "0");
                    case FORCE -> write(directory.resolve("force"), "1");
                    case STALL -> kernel.stall(SLEEPER);
                    case RESUME -> kernel.resumeAll();
                    case LOAD_OBJECT -> kernel.loadObject("btrfs");
                    case UNLOAD_OBJECT -> kernel.unloadObject("btrfs");
                }
            } catch (KernelError refused) {
                assertThat(refused.errno()).isIn("EEXIST", "EBUSY", "ENOENT", "EWOULDBLOCK");
            }
        }

        private static void write(Path file, String text) throws IOException {
            try {
                Files.writeString(file, text);
            } catch (FileSystemException e) {
                assertThat(file.getParent()).doesNotExist();
            } catch (IOException e) {
                assertThat(e.getMessage()).isIn("Invalid argument", "Device or resource busy");
            }
        }
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.integers().between(0, MODULES.size() - 1),
                        Arbitraries.integers().between(0, 3000))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void noSequenceOfCallsLeadsWhereAKernelCannotBe(@ForAll("steps") List<Step> steps) throws IOException {
        ManualClock clock = ManualClock.create();
        SimulatedKernel kernel = SimulatedKernel.builder(KernelRelease.parse("6.12.107"))
                .clock(clock)
                .build();
        MODULES.forEach(kernel::offer);
        for (Step step : steps) {
            step.take(kernel);
            clock.advance(Duration.ofMillis(step.milliseconds()));
            assertPossible(kernel.root());
        }
        kernel.resumeAll();
        clock.advance(Duration.ofSeconds(2));
        assertThat(transitions(kernel.root())).isZero();
    }

    private static void assertPossible(Path root) throws IOException {
        assertThat(transitions(root)).as("transitions").isLessThanOrEqualTo(1);
        List<String> states = transitions(root) == 0 ? List.of("-1") : List.of("0", "1");
        for (Path task : list(root.resolve("proc"))) {
            if (Files.exists(task.resolve("patch_state"))) {
                assertThat(read(task.resolve("patch_state")))
                        .as("state of %s", task)
                        .isIn(states);
            }
        }
        for (Path livepatch : list(root.resolve("sys/kernel/livepatch"))) {
            Path module = root.resolve("sys/module").resolve(livepatch.getFileName());
            assertThat(read(module.resolve("refcnt")))
                    .as("references to %s", module)
                    .isEqualTo("1");
        }
    }

    private static long transitions(Path root) throws IOException {
        long transitions = 0;
        for (Path livepatch : list(root.resolve("sys/kernel/livepatch"))) {
            transitions += Integer.parseInt(read(livepatch.resolve("transition")));
        }
        return transitions;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
