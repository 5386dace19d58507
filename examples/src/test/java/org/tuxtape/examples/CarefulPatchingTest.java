package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.testkit.ManualClock;

class CarefulPatchingTest {
    @TempDir
    private Path directory;

    private SimulatedMachine machine = new SimulatedMachine(Path.of(""));

    @BeforeEach
    void boot() {
        machine = new SimulatedMachine(directory);
    }

    @Test
    void whereTheErrorRateStaysLowTheLivepatchStays() throws IOException {
        assertThat(patch(() -> 0.001)).isEqualTo("It is in force, and is loaded at every boot.");
        assertThat(machine.run("list").out()).contains("livepatch_a: in force");
    }

    @Test
    void whereTheErrorRateRisesTheLivepatchIsTakenBack() throws IOException {
        DoubleSupplier risingAfterAMinute =
                () -> machine.clock().instant().isBefore(ManualClock.START.plusSeconds(60)) ? 0.001 : 0.2;

        assertThat(patch(risingAfterAMinute)).isEqualTo("It was taken back: error rate: 20 % of the requests fail.");
        assertThat(machine.run("list").lines()).contains("No livepatch is in force.");
    }

    @Test
    void whereTheKernelWarnsTheLivepatchIsTakenBack() throws IOException {
        DoubleSupplier fine = () -> {
            machine.kernel()
                    .print(4, "WARNING: CPU: 0 PID: 77 at net/core/sock.c:10 sock_work+0x1/0x2 [livepatch_a]")
                    .print(4, "---[ end trace 0000000000000000 ]---");
            return 0;
        };

        assertThat(patch(fine)).startsWith("It was taken back: ").contains("sock_work");
    }

    private String patch(DoubleSupplier errorRate) throws IOException {
        LivepatchModule module = machine.write("livepatch_a", Replacement.REPLACE_ALL, "tcp_v4_rcv");
        PatchStore store = PatchStore.open(
                directory.resolve("store"), machine.files(), machine.clock().context());
        SysfsController controller =
                SysfsController.builder(machine.files()).loading(machine).build();
        return new CarefulPatching(controller, store, machine.files(), errorRate)
                .patch(module, machine.clock().context());
    }
}
