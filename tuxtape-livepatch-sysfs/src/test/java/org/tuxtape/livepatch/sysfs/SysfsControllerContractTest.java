package org.tuxtape.livepatch.sysfs;

import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.testkit.contract.LivepatchControllerContract;
import org.tuxtape.testkit.contract.LivepatchControllerSubject;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Stall;
import org.tuxtape.testkit.kernel.KernelError;
import org.tuxtape.testkit.kernel.SimulatedTask;

/** The contract on the simulated kernel; in the lab's guest it holds on a real one. */
class SysfsControllerContractTest extends LivepatchControllerContract {

    @Override
    protected LivepatchControllerSubject subject() {
        SimulatedMachine machine = SimulatedMachine.create();
        LivepatchModule module = machine.install("livepatch_a", Replacement.STACK, "f");
        return LivepatchControllerSubject.of(() -> controller(machine), machine::state, module)
                .context(machine.context())
                .cumulative(
                        machine.install("livepatch_larger", Replacement.REPLACE_ALL, "f", "g"),
                        machine.install("livepatch_smaller", Replacement.REPLACE_ALL, "g"))
                .ofAbsentObject(
                        machine.install("livepatch_waiting", Replacement.STACK, "nfsd/nfsd_dispatch"),
                        () -> loadNfsd(machine))
                .refused(
                        machine.install(
                                "livepatch_old", Replacement.STACK, "6.1.0 SMP mod_unload ", new String[] {"f"}),
                        "ENOEXEC")
                .stall(new Sleeper(machine))
                .stallOnTheWayBack(new Sleeper(machine))
                .unprivileged(() -> {
                    machine.kernel().unprivileged();
                    return controller(machine);
                })
                .older(() -> {
                    SimulatedMachine older =
                            machine.beside(builder -> builder.without("replace", "stack_order", "patched"));
                    older.kernel().offer(module);
                    return controller(older);
                });
    }

    private static LivepatchController controller(SimulatedMachine machine) {
        return machine.builder().audit(entry -> {}).build();
    }

    private static void loadNfsd(SimulatedMachine machine) {
        try {
            machine.kernel().loadObject("nfsd");
        } catch (KernelError error) {
            throw new AssertionError(error);
        }
    }

    /** A thread of the kernel that sleeps in the function that the subject's module patches. */
    private record Sleeper(SimulatedMachine machine) implements Stall {
        private static final SimulatedTask TASK =
                SimulatedTask.kernelThread(311, "kworker/u8:3").sleepingOn("f");

        @Override
        public int begin() {
            machine.kernel().stall(TASK);
            return TASK.tid();
        }

        @Override
        public void end() {
            machine.kernel().resume(TASK);
        }
    }
}
