package org.tuxtape.livepatch.sysfs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.kernel.KernelError;
import org.tuxtape.testkit.kernel.SimulatedKernel;

/** A simulated kernel, the way into it, and the time that they share. */
final class SimulatedMachine {
    static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");
    static final CveId CVE = CveId.parse("CVE-2026-1001");

    private final ManualClock clock;
    private final SimulatedKernel kernel;

    private SimulatedMachine(ManualClock clock, UnaryOperator<SimulatedKernel.Builder> setUp) {
        this.clock = clock;
        kernel = setUp.apply(SimulatedKernel.builder(RELEASE).clock(clock)).build();
    }

    static SimulatedMachine create() {
        return with(builder -> builder);
    }

    static SimulatedMachine with(UnaryOperator<SimulatedKernel.Builder> setUp) {
        return with(ManualClock.create(), setUp);
    }

    static SimulatedMachine with(ManualClock clock, UnaryOperator<SimulatedKernel.Builder> setUp) {
        return new SimulatedMachine(clock, setUp);
    }

    /** Creates another machine at the same time. */
    SimulatedMachine beside(UnaryOperator<SimulatedKernel.Builder> setUp) {
        return new SimulatedMachine(clock, setUp);
    }

    SimulatedKernel kernel() {
        return kernel;
    }

    ManualClock clock() {
        return clock;
    }

    Context context() {
        return clock.context();
    }

    Path file(String path) {
        return kernel.root().resolve(path);
    }

    SysfsController.Builder builder() {
        return SysfsController.builder(KernelFiles.under(kernel.root())).loading(before(() -> {}));
    }

    SysfsController controller() {
        return builder().build();
    }

    /** Puts a livepatch into the kernel's file system; functions are {@code name} in the image or {@code module/name}. */
    LivepatchModule install(String name, Replacement replacement, String... functions) {
        return install(name, replacement, kernel.vermagic(), functions);
    }

    LivepatchModule install(String name, Replacement replacement, String vermagic, String[] functions) {
        TreeSet<PatchedFunction> patched = new TreeSet<>();
        for (String function : functions) {
            int slash = function.indexOf('/');
            KernelObject object = slash < 0 ? KernelObject.VMLINUX : KernelObject.module(function.substring(0, slash));
            patched.add(new PatchedFunction(object, function.substring(slash + 1), 0));
        }
        TreeSet<KernelObject> objects =
                new TreeSet<>(patched.stream().map(PatchedFunction::object).toList());
        return kernel.install(new Manifest(
                new LivepatchName(name),
                "0".repeat(64),
                RELEASE,
                vermagic,
                "by hand",
                Optional.empty(),
                replacement,
                new TreeMap<>(Map.of(CVE, new Manifest.FixedBy(List.of(), objects))),
                patched));
    }

    /** What there is, past any controller: the livepatches in force and in transition, and the modules. */
    List<String> state() {
        // What goes by itself has a moment for it.
        clock.advance(Duration.ofSeconds(1));
        MachineState machine = builder().build().machine();
        return Stream.concat(
                        machine.livepatches().stream().map(Object::toString),
                        machine.modules().stream().map(Object::toString))
                .toList();
    }

    /** Returns the way into the kernel, but something happens just before a module is loaded. */
    ModuleLoading before(Runnable happening) {
        return new Loading(happening);
    }

    private final class Loading implements ModuleLoading {
        private final Runnable before;

        Loading(Runnable before) {
            this.before = before;
        }

        @Override
        public void load(Path file) throws KernelRefusal {
            before.run();
            try {
                kernel.insmod(file);
            } catch (KernelError error) {
                throw new KernelRefusal(error.errno(), error.getMessage());
            }
        }

        @Override
        public void unload(LivepatchName name) throws KernelRefusal {
            try {
                kernel.rmmod(name);
            } catch (KernelError error) {
                throw new KernelRefusal(error.errno(), error.getMessage());
            }
        }

        @Override
        public String describe() {
            return "a simulation";
        }
    }
}
