package org.tuxtape.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Review.Decision;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.examples.livepatch.Machine;
import org.tuxtape.kpatch.store.ArtefactStore;

/** Somebody who builds, reviews and publishes for the kernel of a simulated machine, by the command line. */
final class ArchiveScene {
    static final KernelIdentity KERNEL = new KernelIdentity(KernelRelease.parse("6.12.107"), "x86_64", "5f".repeat(20));
    static final String KERNEL_TEXT = "x86_64/6.12.107/" + "5f".repeat(20);
    static final BuildKey KEY = new BuildKey("ab".repeat(32));

    /** Nothing soaks, and one node is enough. */
    static final String QUICK_POLICY = """
            Format: tuxtape-rollout-policy 1
            Salt: fleet

            Ring: canary
            Members: tag canary
            Soak: PT0S
            Failures: 0
            Failure-Share: 0%
            Unpatched-Share: 0%
            Least-Patched: 1
            Silence: PT1H

            Ring: all
            Members: share 100%
            Soak: PT0S
            Failures: 0
            Failure-Share: 0%
            Unpatched-Share: 0%
            Least-Patched: 0
            Silence: PT1H
            """;

    private final Path home;
    private final SimulatedMachine machine;

    ArchiveScene(Path home) {
        this.home = home;
        this.machine = new SimulatedMachine(home);
    }

    Path home() {
        return home;
    }

    Path archive() {
        return home.resolve("archive");
    }

    Path key(String name) {
        return home.resolve(name + ".pem");
    }

    Machine machine() {
        return machine.machine();
    }

    SimulatedMachine simulated() {
        return machine;
    }

    CommandLineRun run(String... arguments) {
        String[] all = Stream.concat(Stream.of("archive"), Stream.of(arguments)).toArray(String[]::new);
        return CommandLineRun.on(machine.machine(), all);
    }

    /** A command that changes the archive, with the online key. */
    CommandLineRun change(String command, String... more) {
        Stream<String> ours = Stream.of(
                command,
                "--archive",
                archive().toString(),
                "--key",
                key("online").toString());
        return run(Stream.concat(ours, Stream.of(more)).toArray(String[]::new));
    }

    /** Makes a root key and an online key. */
    void makeKeys() {
        for (String name : List.of("root", "online")) {
            run("key", "--out", key(name).toString());
        }
    }

    CommandLineRun init(String... more) {
        makeKeys();
        return change(
                "init",
                Stream.concat(Stream.of("--root-key", key("root").toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    Path root() {
        return archive().resolve("metadata").resolve("1.root.json");
    }

    Path quickPolicy() throws IOException {
        return Files.writeString(home.resolve("quick.policy"), QUICK_POLICY);
    }

    /** Writes a module, its manifest, and its approval beside it. */
    Path approvedModule(String name, String function) throws IOException {
        LivepatchModule module = machine.write(name, Replacement.REPLACE_ALL, function);
        Reviews reviews = Reviews.none()
                .with(new Review(
                        Decision.APPROVED,
                        "Ada",
                        "read line by line",
                        machine.clock().instant(),
                        module.manifest().sha256()));
        Files.writeString(Reviews.beside(module.file()), reviews.toText());
        return module.file();
    }

    CommandLineRun publish(String name, String function) throws IOException {
        return change(
                "publish",
                "--kernel",
                KERNEL_TEXT,
                "--module",
                approvedModule(name, function).toString());
    }

    /** Puts a build into a store that nobody has decided about. */
    Path store() throws IOException {
        LivepatchModule module = machine.write("livepatch_a", Replacement.REPLACE_ALL, "f");
        Manifest made = module.manifest();
        Manifest manifest = new Manifest(
                made.name(),
                made.sha256(),
                made.release(),
                made.vermagic(),
                made.builder(),
                Optional.of(KEY),
                made.replacement(),
                made.fixes(),
                made.functions());
        Path store = home.resolve("store");
        ArtefactStore.open(store, machine.machine().context())
                .put(new LivepatchModule(module.file(), manifest), Optional.empty());
        return store;
    }

    /** An x86_64 ELF file with the banner and the build id of the kernel. */
    Path vmlinux() throws IOException {
        byte[] rodata = "Linux version 6.12.107 (me)\0".getBytes(StandardCharsets.US_ASCII);
        byte[] names = "\0.rodata\0.notes\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);
        int size = 20;
        int end = 64 + rodata.length + 16 + size + names.length;
        ByteBuffer file = ByteBuffer.allocate(end + 4 * 64).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x464c457f).put((byte) 2).put((byte) 1).position(16);
        file.putShort((short) 2).putShort((short) 62).putInt(1);
        file.putLong(40, end).putShort(58, (short) 64).putShort(60, (short) 4).putShort(62, (short) 3);
        file.position(64).put(rodata);
        file.putInt(4).putInt(size).putInt(3).put("GNU\0".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < size; i++) {
            file.put((byte) 0x5f);
        }
        file.put(names);
        section(file.position(end + 64), 1, 1, 64, rodata.length);
        section(file.position(end + 128), 9, 7, 64 + rodata.length, 16 + size);
        section(file.position(end + 192), 16, 3, end - names.length, names.length);
        return Files.write(home.resolve("vmlinux"), file.array());
    }

    private static void section(ByteBuffer file, int name, int type, int offset, int size) {
        file.putInt(name).putInt(type).putLong(0).putLong(0).putLong(offset).putLong(size);
    }
}
