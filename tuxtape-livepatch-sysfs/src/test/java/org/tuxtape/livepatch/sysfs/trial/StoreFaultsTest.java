package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.StoreException.Fault;

/** A full disk, other processes, and processes that are really killed. */
@Timeout(120)
class StoreFaultsTest {
    @TempDir
    private Path root = Path.of("");

    private Machine machine;

    @BeforeEach
    void bootMachine() {
        machine = new Machine(root);
    }

    /** The fault: a file system of 64 KiB, on which everything is used up. */
    @Test
    void aFullDiskLeavesTheStoreAsItWas() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(machine.directory());
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k,mode=755", "none", disk.toString()) == 0,
                "this user may not mount a file system");
        try {
            PatchStore store = machine.store();
            StoredPatch patch = store.add(machine.patch("livepatch_a"), "operator");
            LivepatchModule large = machine.patch("large", Replacement.STACK, Machine.RELEASE, "x".repeat(100_000));

            assertFull(() -> store.add(large, "operator"));
            assertThat(store.contents()).isEqualTo(new PatchStore.Contents(List.of(patch), List.of()));

            fill(disk.resolve("filler"));
            assertFull(() -> store.turnDown(patch, "operator", "y".repeat(1000)));
            assertThat(store.contents()).isEqualTo(new PatchStore.Contents(List.of(patch), List.of()));

            Files.delete(disk.resolve("filler"));
            store.add(machine.patch("livepatch_b"), "operator");
            assertThat(store.turnDown(patch, "operator", "bad").state()).isEqualTo(PatchState.TURNED_DOWN);
            assertThat(disk.resolve("patches")).isDirectoryNotContaining("glob:**.unfinished");
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void assertFull(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .withMessageContaining("No space left on device")
                .extracting(StoreException::fault)
                .isEqualTo(Fault.IO);
    }

    private static void fill(Path file) {
        byte[] page = new byte[4096];
        try (var filler = Files.newOutputStream(file)) {
            while (true) {
                filler.write(page);
            }
        } catch (IOException full) {
            // That is what it is for.
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The fault: a full disk on which a livepatch turns out to be bad. */
    @Test
    void aBadLivepatchIsTakenBackEvenIfThatCannotBeWrittenDown() {
        boolean[] full = new boolean[1];
        Disk disk = new Disk() {
            @Override
            public void write(Path file, InputStream content) throws IOException {
                if (full[0]) {
                    throw new IOException("No space left on device");
                }
                Disk.REAL.write(file, content);
            }
        };
        Trial trial = Trial.of(machine.controller, machine.store(disk), machine.log::read)
                .probing("health", asked -> {
                    full[0] = true;
                    return new Health(false, "ill");
                });
        LivepatchModule module = machine.patch("livepatch_a");

        assertFull(() -> trial.run(module, "operator", machine.clock.context()));
        assertThat(machine.inForce()).isEmpty();
        assertThat(machine.controller.plan(module).isClear()).isTrue();
        machine.boot("");
        assertThat(machine.store().contents().patches())
                .singleElement()
                .returns(PatchState.TURNED_DOWN, StoredPatch::state);
    }

    /** The fault: a real process that ends itself without any of Java's ways out, before each of its steps. */
    @Test
    void aProcessThatIsGoneLeavesTheStoreReadableAndUnlocked() throws IOException, InterruptedException {
        StoredPatch patch = machine.store().add(machine.patch("livepatch_a"), "operator");
        int step = 0;
        for (int status = StoreProcess.HALTED; status == StoreProcess.HALTED; step++) {
            Process process = StoreProcess.start("turn-down", root, Integer.toString(step));
            status = process.waitFor();
            assertThat(status).isIn(0, StoreProcess.HALTED);
            assertThat(machine.store().contents().faults()).isEmpty();
            assertThat(machine.store().refresh(patch).state()).isIn(PatchState.ADDED, PatchState.TURNED_DOWN);
        }
        assertThat(step).isEqualTo(5);
        assertThat(machine.store().refresh(patch).why()).isEqualTo("in step 4");
    }

    /** The fault: another process holds the lock, and is then killed. */
    @Test
    void anotherProcessIsNamedAndItsLockDiesWithIt() throws IOException, InterruptedException {
        machine.store().add(machine.patch("livepatch_a"), "operator");
        Process process = StoreProcess.start("hold", root, "0");
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> machine.store().add(machine.patch("livepatch_b"), "operator"))
                    .withMessage(machine.directory().resolve("lock") + " is held by process " + process.pid()
                            + ", to hold the lock.")
                    .extracting(StoreException::fault)
                    .isEqualTo(Fault.LOCKED);
            assertThat(machine.store().contents().patches()).hasSize(1);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(machine.store().add(machine.patch("livepatch_b"), "operator").state())
                .isEqualTo(PatchState.ADDED);
    }
}
