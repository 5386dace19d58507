package org.tuxtape.livepatch.sysfs.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.fake.FakeLivepatchController;

/** A machine with a disk that outlives its kernel, and a kernel that forgets everything when it is booted. */
final class Machine {
    static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");

    final ManualClock clock = ManualClock.create();
    final FakeLog log = new FakeLog();
    FakeLivepatchController controller = FakeLivepatchController.of(RELEASE);
    private final Path root;
    private int boots;

    Machine(Path root) {
        this.root = root;
        boot("root=/dev/vda1 quiet");
    }

    /** Boots it, in good order or not: what stays is on the disk. */
    Machine boot(String commandLine) {
        boots++;
        write("proc/sys/kernel/random/boot_id", UUID.nameUUIDFromBytes(new byte[] {(byte) boots}) + "\n");
        write("proc/sys/kernel/osrelease", RELEASE + "\n");
        write("proc/cmdline", commandLine + "\n");
        controller = FakeLivepatchController.of(RELEASE).relaxed();
        return this;
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return root.resolve("tuxtape");
    }

    Path folder(LivepatchModule module) {
        return directory().resolve("patches").resolve(module.manifest().sha256());
    }

    PatchStore store() {
        return store(Disk.REAL);
    }

    PatchStore store(Disk disk) {
        return PatchStore.open(directory(), KernelFiles.under(root), clock.context(), disk);
    }

    Trial trial() {
        return Trial.of(controller, store(), log::read);
    }

    BootReport bootLoad() {
        return BootLoad.of(controller, store()).load(TrialPolicy.standard().transition(), clock.context());
    }

    /** Tries a patch and accepts it. */
    StoredPatch accept(LivepatchModule module) {
        TrialOutcome outcome = trial().run(module, "operator", clock.context());
        return store().accept(outcome.patch(), "operator", "It does well.");
    }

    /** Cuts a state file off in its middle. */
    void damage(LivepatchModule module) {
        try {
            Path state = folder(module).resolve("state");
            Files.writeString(state, Files.readString(state).substring(0, 100));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> inForce() {
        return controller.loaded().stream()
                .filter(Livepatch::enabled)
                .map(livepatch -> livepatch.name().text())
                .toList();
    }

    LivepatchModule patch(String name) {
        return patch(name, Replacement.STACK, RELEASE, name);
    }

    LivepatchModule cumulative(String name) {
        return patch(name, Replacement.REPLACE_ALL, RELEASE, name);
    }

    LivepatchModule patch(String name, Replacement replacement, KernelRelease release, String content) {
        write("build/" + name + ".ko", content);
        Manifest manifest = new Manifest(
                new LivepatchName(name),
                sha256(content),
                release,
                release + " SMP mod_unload",
                "by hand",
                Optional.empty(),
                replacement,
                new TreeMap<>(),
                new TreeSet<>(List.of(new PatchedFunction(KernelObject.VMLINUX, name + "_function", 0))));
        return new LivepatchModule(root.resolve("build/" + name + ".ko"), manifest);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
