package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.trial.StoreException.Fault;

class PatchStoreTest {
    @TempDir
    private Path root = Path.of("");

    private Machine machine;
    private PatchStore store;
    private LivepatchModule module;

    @BeforeEach
    void openStore() {
        machine = new Machine(root);
        store = machine.store();
        module = machine.patch("livepatch_a");
    }

    private static void assertFault(Fault fault, Path file, ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class).isThrownBy(call).satisfies(thrown -> {
            assertThat(thrown.fault()).isEqualTo(fault);
            assertThat(thrown.file()).isEqualTo(file.toString());
            assertThat(thrown).hasMessageContaining(file.toString());
        });
    }

    private static void assertWrongState(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .extracting(StoreException::fault)
                .isEqualTo(Fault.WRONG_STATE);
    }

    @Test
    void aPatchIsKeptWithACopyOfItsModuleAndItsManifest() throws IOException {
        StoredPatch patch = store.add(module, "operator");
        Files.delete(module.file());

        assertThat(machine.store().contents().patches()).containsExactly(patch);
        assertThat(patch.state()).isEqualTo(PatchState.ADDED);
        assertThat(patch.manifest()).isEqualTo(module.manifest());
        assertThat(patch.file()).hasContent("livepatch_a").hasParent(machine.folder(module));
        assertThat(Manifest.parse(Files.readString(machine.folder(module).resolve("manifest"))))
                .isEqualTo(module.manifest());
    }

    @Test
    void aStateFileIsReadableByPeople() {
        store.turnDown(store.add(module, "operator"), "Ada", "The load of the machine doubled.");

        assertThat(machine.folder(module).resolve("state"))
                .hasContent("""
                        Format: tuxtape-livepatch-state 1
                        Name: livepatch_a
                        SHA-256: %s
                        Release: 6.12.107
                        State: TURNED_DOWN
                        Marker: none
                        Since: 2026-01-01T00:00:00Z
                        By: Ada
                        Why: The load of the machine doubled.
                        """.formatted(module.manifest().sha256()));
    }

    @Test
    void theSameNameWithOtherContentIsAnotherPatch() {
        store.turnDown(store.add(module, "operator"), "operator", "bad");
        LivepatchModule other = machine.patch("livepatch_a", Replacement.STACK, Machine.RELEASE, "rebuilt");

        assertThat(store.add(other, "operator").state()).isEqualTo(PatchState.ADDED);
        assertThat(store.contents().patches()).hasSize(2);
    }

    @Test
    void whatIsThereStaysAsItIs() {
        StoredPatch patch = store.turnDown(store.add(module, "operator"), "operator", "bad");

        assertThat(store.add(module, "somebody else")).isEqualTo(patch);
    }

    @Test
    void onlyWhatHasPassedItsTrialIsAccepted() {
        StoredPatch added = store.add(module, "operator");

        assertWrongState(() -> store.accept(added, "operator", "I feel lucky."));
        store.begin(added, "operator");
        assertWrongState(() -> store.accept(added, "operator", "I am in a hurry."));
        store.end(added, PatchState.PASSED, "operator", "All was well.");
        assertThat(store.accept(added, "operator", "It does well."))
                .returns(PatchState.ACCEPTED, StoredPatch::state)
                .returns("It does well.", StoredPatch::why);
    }

    @Test
    void whatWasTurnedDownIsAllowedAgainBySomebodyWithAReason() {
        StoredPatch patch = store.turnDown(store.add(module, "operator"), "operator", "bad");

        assertWrongState(() -> store.begin(patch, "operator"));
        assertWrongState(() -> store.forget(patch));
        assertThatIllegalArgumentException().isThrownBy(() -> store.allow(patch, "operator", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> store.allow(patch, "", "It was the disk."));
        assertThat(store.refresh(patch).state()).isEqualTo(PatchState.TURNED_DOWN);
        assertThat(store.allow(patch, "Ada", "It was the disk."))
                .returns(PatchState.ADDED, StoredPatch::state)
                .returns("Ada", StoredPatch::by);
    }

    @Test
    void whatIsForgottenIsGone() {
        StoredPatch patch = store.add(module, "operator");
        store.forget(patch);

        assertThat(store.contents().patches()).isEmpty();
        assertThat(directory("patches")).isEmpty();
        assertFault(Fault.MISSING, machine.folder(module).resolve("manifest"), () -> store.refresh(patch));
        assertThat(store.add(module, "operator").state()).isEqualTo(PatchState.ADDED);
    }

    private List<String> directory(String name) {
        try (Stream<Path> files = Files.list(machine.directory().resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aModuleThatIsNotTheOneOfItsManifestIsNotKept() throws IOException {
        Files.writeString(module.file(), "something else");

        assertFault(Fault.OTHER_CONTENT, module.file(), () -> store.add(module, "operator"));
        assertThat(store.contents().patches()).isEmpty();
        LivepatchModule absent = new LivepatchModule(root.resolve("nowhere.ko"), module.manifest());
        assertFault(Fault.MISSING, absent.file(), () -> store.add(absent, "operator"));
    }

    @Test
    void aModuleThatWasChangedInTheStoreIsNotLoaded() throws IOException {
        StoredPatch patch = store.add(module, "operator");
        Files.writeString(patch.file(), "something else");

        assertFault(Fault.OTHER_CONTENT, patch.file(), () -> store.begin(patch, "operator"));
        assertThat(store.refresh(patch).state()).isEqualTo(PatchState.ADDED);
    }

    @Test
    void whatPeopleSayStaysOnItsLine() {
        StoredPatch patch = store.add(module, "Ada\nState: ACCEPTED");
        StoredPatch turnedDown = store.turnDown(patch, "\u001b[31mAda", "x".repeat(5000) + "\r\n.");

        assertThat(patch.by()).isEqualTo("Ada State: ACCEPTED");
        assertThat(turnedDown.by()).isEqualTo("[31mAda");
        assertThat(turnedDown.why()).isEqualTo("x".repeat(1000));
        assertThat(store.refresh(patch)).isEqualTo(turnedDown);
    }

    @Test
    void aStoreOfALaterVersionIsLeftAlone() throws IOException {
        StoredPatch patch = store.add(module, "operator");
        Path state = machine.folder(module).resolve("state");
        Files.writeString(state, Files.readString(state).replace("state 1", "state 2"));

        assertFault(Fault.NEWER_FORMAT, state, () -> store.begin(patch, "operator"));
        assertFault(Fault.NEWER_FORMAT, state, () -> store.add(module, "operator"));
        assertThat(store.contents().patches()).isEmpty();
        assertThat(store.contents().faults()).singleElement().isInstanceOf(StoreException.class);
    }

    @Test
    void aStateThatLiesInAnothersFolderIsDamage() throws IOException {
        StoredPatch patch = store.add(module, "operator");
        LivepatchModule other = machine.patch("livepatch_b");
        store.turnDown(store.add(other, "operator"), "operator", "bad");
        Path state = machine.folder(other).resolve("state");
        Files.copy(patch.file().resolveSibling("state"), state, StandardCopyOption.REPLACE_EXISTING);

        assertFault(Fault.DAMAGED, state, () -> store.add(other, "operator"));
    }

    @Test
    void readingCreatesNothing() {
        assertThat(store.contents()).isEqualTo(new PatchStore.Contents(List.of(), List.of()));
        store.settled();
        store.goingDown();
        assertThat(machine.directory()).doesNotExist();
    }

    @Test
    void aStoreThatOthersMayWriteIsNotTrusted() throws IOException {
        store.add(module, "operator");
        Files.setPosixFilePermissions(machine.directory(), PosixFilePermissions.fromString("rwxrwxr-x"));

        assertFault(Fault.NOT_SAFE, machine.directory(), machine::store);
        assertFault(Fault.NOT_SAFE, machine.directory(), () -> store.add(machine.patch("livepatch_b"), "operator"));
    }

    @Test
    void anInterruptDoesNotKeepAStateFromBeingWritten() {
        Thread.currentThread().interrupt();
        StoredPatch patch = store.add(module, "operator");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.contents().patches()).containsExactly(patch);
    }

    @Test
    void twoWhoLoadExcludeEachOtherAndAreNamed() {
        StoreLock lock = store.lockLoading("which tries things out");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> machine.store().lockLoading("too"))
                .withMessage(machine.directory().resolve("load.lock") + " is held by process "
                        + ProcessHandle.current().pid() + ", which tries things out.");
        assertThat(machine.store().add(module, "operator").state()).isEqualTo(PatchState.ADDED);
        lock.close();
        machine.store().lockLoading("now").close();
    }

    @Test
    void aStoreOfAnotherUserIsNotTrusted() throws IOException {
        StoredPatch patch = store.add(module, "operator");
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(root, "unix:uid")), "only root may give files away");
        Path folder = machine.folder(module);
        Files.setAttribute(folder, "unix:uid", 12345);
        assertFault(Fault.NOT_SAFE, folder, () -> store.begin(patch, "operator"));
        assertThat(store.contents().faults()).hasSize(1);

        Files.setAttribute(machine.directory(), "unix:uid", 12345);
        assertFault(Fault.NOT_SAFE, machine.directory(), machine::store);
    }

    @Test
    void nobodyElseMayEvenReadALock() throws IOException {
        store.add(module, "operator");
        Path lock = machine.directory().resolve("lock");
        assertThat(Files.getPosixFilePermissions(lock)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        store.add(machine.patch("livepatch_b"), "operator");
        assertThat(Files.getPosixFilePermissions(lock)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aStoreByTwoPathsIsOneStore() throws IOException {
        StoreLock lock = store.lockLoading("which tries things out");
        Path other = Files.createSymbolicLink(root.resolve("other"), machine.directory());

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () -> StoreLock.take(other.resolve("load.lock"), "too", Duration.ZERO, machine.clock.context()))
                .extracting(StoreException::fault)
                .isEqualTo(Fault.LOCKED);
        lock.close();
    }

    @Test
    void onlyARegularFileOfSomeSizeIsAModule() throws IOException {
        LivepatchModule device = new LivepatchModule(Path.of("/dev/zero"), module.manifest());
        assertFault(Fault.OTHER_CONTENT, device.file(), () -> store.add(device, "operator"));

        Path link = Files.createSymbolicLink(root.resolve("link.ko"), module.file());
        assertFault(
                Fault.OTHER_CONTENT, link, () -> store.add(new LivepatchModule(link, module.manifest()), "operator"));

        try (FileChannel channel = FileChannel.open(module.file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), ModuleFile.LARGEST);
        }
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.add(module, "operator"))
                .withMessage(module.file() + " is longer than 64 MiB.");
    }

    @Test
    void aWrongStateIsSaidInWords() {
        StoredPatch added = store.add(module, "operator");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.accept(added, "operator", "I feel lucky."))
                .withMessage("livepatch_a is ADDED. Only one that has PASSED its trial can be accepted.");
    }
}
