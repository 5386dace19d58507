package org.tuxtape.livepatch.sysfs.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.transition.AuditLog;
import org.tuxtape.testkit.contract.LivepatchControllerContract;
import org.tuxtape.testkit.contract.LivepatchControllerSubject;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Ability;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Stall;

/** The rules of every controller, on the real kernel. */
@Tag("guest")
class ContractTest extends LivepatchControllerContract {
    @TempDir
    private Path folder;

    @Override
    protected LivepatchControllerSubject subject() {
        FifoReader reader = new FifoReader(folder.resolve("fifo"));
        return LivepatchControllerSubject.of(this::controller, Guest::footprint, LabModule.FIFO.module())
                .cumulative(LabModule.LARGE.module(), LabModule.SMALL.module())
                .ofAbsentObject(LabModule.COMPOSITE.module(), () -> Guest.insmod(LabModule.TARGET))
                .refused(LabModule.NO_FUNCTION.module(), "EINVAL")
                .stall(reader)
                .stallOnTheWayBack(reader)
                .lacks(
                        Ability.UNPRIVILEGED,
                        "A process does not get its privileges back; UnprivilegedTest has one of its own.")
                .lacks(Ability.OLDER_KERNEL, "The guest has one kernel.")
                .cleanUp(() -> {
                    reader.end();
                    Guest.cleanUp();
                });
    }

    private SysfsController controller() {
        return SysfsController.builder(KernelFiles.ofThisMachine())
                .audit(AuditLog.toFile(folder.resolve("audit")))
                .build();
    }

    /** Sleeps in the call that opens a FIFO of which nobody opens the other end. */
    private static final class FifoReader implements Stall {
        private final Path fifo;
        private Process process;

        FifoReader(Path fifo) {
            this.fifo = fifo;
        }

        @Override
        public int begin() {
            Guest.run("mkfifo", fifo.toString());
            try {
                process = new ProcessBuilder("cat", fifo.toString()).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String stack = "/proc/" + process.pid() + "/stack";
            Guest.await("the reader sleeps", () -> Guest.tryToRead(stack).matches("(?s).*(fifo_open|open_never).*"));
            return (int) process.pid();
        }

        @Override
        public void end() {
            if (process != null) {
                process.destroyForcibly().onExit().join();
            }
        }
    }
}
