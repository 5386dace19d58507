package org.tuxtape.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.testkit.ManualClock;

final class SimulatedKernelTest {
    private static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");
    private static final LivepatchModule FIX = module("fix", Replacement.STACK, "vmlinux sock_init 0", "btrfs scrub 0");
    private static final LivepatchModule ONE = module("one", Replacement.REPLACE_ALL, "vmlinux a 0", "vmlinux b 0");
    private static final LivepatchModule TWO = module("two", Replacement.REPLACE_ALL, "vmlinux b 0", "vmlinux c 0");
    private static final SimulatedTask SLEEPER =
            SimulatedTask.kernelThread(311, "nfsd").sleepingOn("sock_init");

    private final ManualClock clock = ManualClock.create();
    private final SimulatedKernel kernel = boot(SimulatedKernel.builder(RELEASE));

    private SimulatedKernel boot(SimulatedKernel.Builder builder) {
        SimulatedKernel booted = builder.clock(clock).build();
        Stream.of(FIX, ONE, TWO).forEach(booted::offer);
        return booted;
    }

    static LivepatchModule module(String name, Replacement replacement, String... functions) {
        String text = "Format: tuxtape-manifest 1\nName: " + name + "\nSHA-256: " + "0".repeat(64) + "\nRelease: "
                + RELEASE + "\nVermagic: " + RELEASE + " SMP mod_unload\nBuilder: none\nReplacement: " + replacement
                + "\nFunctions:\n " + String.join("\n ", functions) + "\n";
        return new LivepatchModule(Path.of("/modules", name + ".ko"), Manifest.parse(text));
    }

    private void seconds(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    private Path sysfs(String path) {
        return kernel.root().resolve("sys/kernel/livepatch").resolve(path);
    }

    private String read(String path) throws IOException {
        return Files.readString(kernel.root().resolve(path)).strip();
    }

    private String attribute(String path) throws IOException {
        return Files.readString(sysfs(path)).strip();
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(sysfs(path), text);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> log() throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] record = new byte[8192];
        try (InputStream in = Files.newInputStream(kernel.root().resolve("dev/kmsg"))) {
            for (int length = in.read(record); length > 0; length = in.read(record)) {
                String text = new String(record, 0, length, StandardCharsets.UTF_8);
                lines.add(text.substring(text.indexOf(';') + 1).strip());
            }
        }
        return lines;
    }

    private void assertRefused(String errno, ThrowingCall call) {
        assertThatExceptionOfType(KernelError.class)
                .isThrownBy(call::run)
                .satisfies(error -> assertThat(error.errno()).isEqualTo(errno));
    }

    private interface ThrowingCall {
        void run() throws Exception;
    }

    private void assertWriteRefused(String path, String text, String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> write(path, text))
                .withMessage(message);
    }

    @Test
    void aTransitionGoesTaskByTaskAndTheKernelSeesItsEndAtItsNextLook() throws Exception {
        kernel.insmod(FIX.file());
        assertThat(attribute("fix/transition")).isEqualTo("1");
        assertThat(attribute("fix/enabled")).isEqualTo("1");
        assertThat(read("proc/1/patch_state")).isEqualTo("1");
        assertThat(read("proc/800/task/801/patch_state")).isEqualTo("0");
        clock.advance(Duration.ofMillis(300));
        assertThat(read("proc/800/task/801/patch_state")).isEqualTo("1");
        assertThat(attribute("fix/transition")).isEqualTo("1");
        clock.advance(Duration.ofMillis(700));
        assertThat(attribute("fix/transition")).isEqualTo("0");
        assertThat(read("proc/1/patch_state")).isEqualTo("-1");
        assertThat(names(sysfs("fix")))
                .containsExactly("btrfs", "enabled", "force", "replace", "stack_order", "transition", "vmlinux");
        assertThat(names(sysfs("fix/vmlinux"))).containsExactly("patched", "sock_init,1");
        assertThat(attribute("fix/vmlinux/patched")).isEqualTo("1");
        assertThat(attribute("fix/btrfs/patched")).isEqualTo("0");
        assertThat(log())
                .containsSubsequence(
                        "livepatch: enabling patch 'fix'",
                        "livepatch: 'fix': starting patching transition",
                        "livepatch: 'fix': patching complete");
    }

    @Test
    void onAnIdleMachineTheTransitionHasEndedWhenTheModuleIsLoaded() throws Exception {
        SimulatedKernel idle = boot(SimulatedKernel.builder(RELEASE).pace(Duration.ZERO));
        idle.insmod(FIX.file());
        assertThat(Files.readString(idle.root().resolve("sys/kernel/livepatch/fix/transition")))
                .isEqualTo("0\n");
    }

    @Test
    void aStalledTaskKeepsTheTransitionUntilItGoesOn() throws Exception {
        kernel.stall(SLEEPER).insmod(FIX.file());
        seconds(14);
        assertThat(log()).doesNotContain("livepatch: signaling remaining tasks");
        seconds(20);
        assertThat(log()).containsOnlyOnce("livepatch: signaling remaining tasks");
        assertThat(attribute("fix/transition")).isEqualTo("1");
        assertThat(read("proc/311/patch_state")).isEqualTo("0");
        assertThat(read("proc/311/comm")).isEqualTo("nfsd");
        assertThat(read("proc/311/stat")).startsWith("311 (nfsd) S 2 0 0 0 -1 2097152 ");
        assertThat(read("proc/311/stack")).contains("[<0>] sock_init+0x24/0x80");
        kernel.resume(SLEEPER);
        seconds(1);
        assertThat(attribute("fix/transition")).isEqualTo("0");
    }

    @Test
    void aTaskThatSleepsElsewhereHindersNobody() throws Exception {
        kernel.stall(SLEEPER).insmod(ONE.file());
        seconds(1);
        assertThat(attribute("one/transition")).isEqualTo("0");
    }

    @Test
    void theOppositeValueTurnsATransitionAroundAndOnlyTheModuleStays() throws Exception {
        kernel.stall(SLEEPER).insmod(FIX.file());
        seconds(3);
        write("fix/enabled", "0");
        assertThat(attribute("fix/transition")).isEqualTo("1");
        assertThat(attribute("fix/enabled")).isEqualTo("0");
        assertRefused("EWOULDBLOCK", () -> kernel.rmmod(FIX.manifest().name()));
        seconds(1);
        assertThat(attribute("fix/transition")).isEqualTo("0");
        assertThat(names(sysfs("fix"))).doesNotContain("vmlinux");
        seconds(1);
        assertThat(names(sysfs(""))).isEmpty();
        assertThat(read("sys/module/fix/refcnt")).isEqualTo("0");
        kernel.rmmod(FIX.manifest().name());
        assertThat(names(kernel.root().resolve("sys/module"))).containsExactly("module");
    }

    @Test
    void whatTheKernelDoesNotDoIsAnErrorOfTheWrite() throws Exception {
        kernel.insmod(FIX.file());
        seconds(1);
        assertWriteRefused("fix/enabled", "1", "Invalid argument");
        assertWriteRefused("fix/enabled", "maybe", "Invalid argument");
        assertWriteRefused("fix/force", "1", "Invalid argument");
        kernel.stall(SimulatedTask.user(900, "reader").sleepingOn("a")).insmod(ONE.file());
        assertWriteRefused("fix/enabled", "0", "Device or resource busy");
        assertRefused("EBUSY", () -> kernel.insmod(TWO.file()));
        assertThat(names(sysfs(""))).containsExactly("fix", "one");
        assertThat(names(kernel.root().resolve("sys/module"))).containsExactly("fix", "module", "one");
    }

    @Test
    void whatWasDisabledIsNotEnabledAgainWhileItsDirectoryLingers() throws Exception {
        kernel.insmod(FIX.file());
        seconds(1);
        write("fix/enabled", "0");
        seconds(1);
        assertThat(attribute("fix/enabled")).isEqualTo("0");
        assertWriteRefused("fix/enabled", "1", "Invalid argument");
        assertWriteRefused("fix/enabled", "0", "Invalid argument");
        clock.advance(Duration.ofMillis(30));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> attribute("fix/enabled"));
        assertThat(read("sys/module/fix/refcnt")).isEqualTo("1");
        clock.advance(Duration.ofMillis(70));
        assertThat(read("sys/module/fix/refcnt")).isEqualTo("0");
        assertRefused("EEXIST", () -> kernel.insmod(FIX.file()));
    }

    @Test
    void aReplacedLivepatchLeavesItsModule() throws Exception {
        kernel.insmod(ONE.file());
        seconds(2);
        kernel.insmod(TWO.file());
        assertThat(names(sysfs("two/vmlinux"))).containsExactly("a,1", "b,1", "c,1", "patched");
        assertThat(attribute("two/stack_order")).isEqualTo("2");
        seconds(2);
        assertThat(names(sysfs(""))).containsExactly("two");
        assertThat(names(sysfs("two/vmlinux"))).containsExactly("b,1", "c,1", "patched");
        assertThat(attribute("two/stack_order")).isEqualTo("1");
        assertThat(read("sys/module/one/refcnt")).isEqualTo("0");
        assertThat(read("sys/module/one/initstate")).isEqualTo("live");
        kernel.rmmod(ONE.manifest().name());
    }

    @Test
    void whatIsTakenOutByForceIsNeverRemoved() throws Exception {
        kernel.insmod(ONE.file());
        seconds(2);
        kernel.stall(SimulatedTask.user(900, "reader").sleepingOn("b")).insmod(TWO.file());
        write("two/force", "1");
        seconds(60);
        assertThat(attribute("two/transition")).isEqualTo("0");
        assertThat(names(sysfs(""))).containsExactly("two");
        assertRefused("EWOULDBLOCK", () -> kernel.rmmod(ONE.manifest().name()));
        write("two/enabled", "0");
        write("two/force", "1");
        seconds(60);
        assertThat(names(sysfs(""))).isEmpty();
        assertRefused("EWOULDBLOCK", () -> kernel.rmmod(TWO.manifest().name()));
    }

    @Test
    void anObjectIsPatchedWhenItComes() throws Exception {
        kernel.insmod(FIX.file());
        seconds(1);
        kernel.loadObject("btrfs");
        assertThat(attribute("fix/btrfs/patched")).isEqualTo("1");
        assertThat(read("sys/module/btrfs/taint")).isEmpty();
        kernel.unloadObject("btrfs");
        assertThat(attribute("fix/btrfs/patched")).isEqualTo("0");
    }

    @Test
    void anObjectThatCannotBePatchedIsRefused() throws Exception {
        kernel.insmod(FIX.file());
        seconds(1);
        assertRefused("EINVAL", () -> kernel.loadObject("btrfs", "scrub_more"));
        assertThat(log()).contains("livepatch: patch 'fix' failed for module 'btrfs', refusing to load module 'btrfs'");
        assertThat(attribute("fix/btrfs/patched")).isEqualTo("0");
        assertThat(names(kernel.root().resolve("sys/module"))).doesNotContain("btrfs");
    }

    @Test
    void aModuleThatCannotBeLoadedLeavesOnlyALine() throws Exception {
        LivepatchModule foreign = module("foreign", Replacement.STACK, "vmlinux nowhere 0");
        SimulatedKernel small = boot(SimulatedKernel.builder(RELEASE).symbols("a", "twice", "twice"))
                .offer(foreign)
                .offer(module("third", Replacement.STACK, "vmlinux twice 3"))
                .offer(module("ambiguous", Replacement.STACK, "vmlinux twice 0"))
                .offer(module("second", Replacement.STACK, "vmlinux twice 2"))
                .refuse(new LivepatchName("one"), "ENOMEM", "vmalloc: out of memory");
        assertRefused("EINVAL", () -> small.insmod(foreign.file()));
        assertRefused("EINVAL", () -> small.insmod(Path.of("/modules/third.ko")));
        assertRefused("EINVAL", () -> small.insmod(Path.of("/modules/ambiguous.ko")));
        assertRefused("ENOMEM", () -> small.insmod(ONE.file()));
        assertRefused("ENOEXEC", () -> small.insmod(Path.of("/modules/other.ko")));
        assertRefused("ENOENT", () -> small.rmmod(new LivepatchName("foreign")));
        small.insmod(Path.of("/modules/second.ko"));
        assertThat(Files.readString(small.root().resolve("proc/kallsyms")).lines())
                .hasSize(3)
                .allMatch(line -> line.matches("[0-9a-f]{16} t (a|twice)"));
    }

    @Test
    void settingsOfTheKernelKeepModulesOut() throws Exception {
        assertRefused(
                "EKEYREJECTED",
                () -> boot(SimulatedKernel.builder(RELEASE).signaturesEnforced())
                        .insmod(FIX.file()));
        assertRefused(
                "EPERM",
                () -> boot(SimulatedKernel.builder(RELEASE).lockdown("integrity"))
                        .insmod(FIX.file()));
        Path settings = kernel.root().resolve("proc/sys/kernel");
        Files.writeString(settings.resolve("ftrace_enabled"), "0");
        assertRefused("EBUSY", () -> kernel.insmod(FIX.file()));
        assertThat(log()).contains("livepatch: failed to register ftrace handler for function 'sock_init' (-16)");
        Files.writeString(settings.resolve("modules_disabled"), "1");
        assertRefused("EPERM", () -> kernel.insmod(FIX.file()));
        assertThat(names(sysfs(""))).isEmpty();
    }

    @Test
    void anOrdinaryUserReadsMostAndChangesNothing() throws Exception {
        kernel.stall(SLEEPER).insmod(FIX.file());
        kernel.unprivileged();
        assertThat(attribute("fix/enabled")).isEqualTo("1");
        assertThat(read("proc/311/comm")).isEqualTo("nfsd");
        assertThat(read("proc/self/status")).contains("CapEff:\t0000000000000000");
        for (String secret : List.of("proc/311/stack", "proc/311/patch_state", "sys/kernel/livepatch/fix/force")) {
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> read(secret));
        }
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> write("fix/enabled", "0"));
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(this::log)
                .withMessage("/dev/kmsg: Operation not permitted");
        assertThat(Files.isWritable(sysfs("fix/enabled"))).isFalse();
        assertRefused("EPERM", () -> kernel.insmod(ONE.file()));
        assertRefused("EPERM", () -> kernel.rmmod(FIX.manifest().name()));
    }

    @Test
    void anOlderKernelLacksAttributes() throws Exception {
        SimulatedKernel older =
                boot(SimulatedKernel.builder(RELEASE).without("replace", "stack_order", "patched", "lockdown"));
        older.insmod(FIX.file());
        Path fix = older.root().resolve("sys/kernel/livepatch/fix");
        assertThat(names(fix)).containsExactly("btrfs", "enabled", "force", "transition", "vmlinux");
        assertThat(names(fix.resolve("vmlinux"))).containsExactly("sock_init,1");
    }

    @Test
    void aFileMayVanishOnceItIsOpen() throws Exception {
        kernel.insmod(FIX.file());
        kernel.vanishWhileRead(sysfs("fix/enabled"))
                .vanishWhileRead(kernel.root().resolve("proc/1/comm"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> attribute("fix/enabled"))
                .withMessage("No such device");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> attribute("fix/enabled"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read("proc/1/comm"))
                .withMessage("No such process");
        seconds(1);
        write("fix/force", "0");
        assertThat(names(sysfs("fix"))).doesNotContain("enabled");
    }

    @Test
    void theLogGivesOneRecordForEachReadAndTellsWhatWasLost() throws Exception {
        SimulatedKernel quiet = boot(SimulatedKernel.builder(RELEASE).logCapacity(2));
        try (InputStream in = Files.newInputStream(quiet.root().resolve("dev/kmsg"))) {
            byte[] record = new byte[8192];
            assertThat(in.read(record)).isPositive();
            assertThat(in.read(record)).isEqualTo(-1);
            seconds(1);
            quiet.print(4, "a\tb").print(4, "c").print(4, "d");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> in.read(record))
                    .withMessage("Broken pipe");
            int length = in.read(record);
            assertThat(new String(record, 0, length, StandardCharsets.US_ASCII)).isEqualTo("4,2,101000000,-;c\n");
        }
    }

    @Test
    void theFilesAreOpenedAsOnARealMachine() throws Exception {
        kernel.insmod(FIX.file());
        Path enabled = sysfs("fix/enabled");
        assertThat(Files.isDirectory(sysfs("fix"))).isTrue();
        assertThat(Files.isRegularFile(enabled)).isTrue();
        assertThat(Files.exists(sysfs("fix/nothing"))).isFalse();
        assertThat(sysfs("fix").relativize(enabled)).hasToString("enabled");
        assertThat(sysfs("fix/vmlinux/../enabled").toRealPath()).isEqualTo(enabled);
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> Files.writeString(sysfs("fix/nothing"), "1"));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Files.writeString(sysfs("fix/nothing"), "1", StandardOpenOption.WRITE));
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> write("fix/transition", "0"));
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Files.readString(sysfs("fix")))
                .withMessageEndingWith("Is a directory");
        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> names(enabled));
        assertThatExceptionOfType(ReadOnlyFileSystemException.class)
                .isThrownBy(() -> Files.createDirectory(sysfs("new")));
    }

    @Test
    void anInstalledModuleIsAFileThatSaysWhatItsManifestSays() throws Exception {
        LivepatchModule installed = kernel.install(FIX.manifest());
        byte[] content = Files.readAllBytes(installed.file());
        ModuleFile file = ModuleFile.parse(ByteBuffer.wrap(content));
        assertThat(file.name()).isEqualTo("fix");
        assertThat(file.vermagic()).contains(kernel.vermagic().strip());
        assertThat(file.livepatch()).isTrue();
        assertThat(file.machine()).isEqualTo(read("proc/sys/kernel/arch"));
        assertThat(installed.manifest().sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        kernel.insmod(installed.file());
        assertThat(names(sysfs(""))).containsExactly("fix");
    }

    @Test
    void functionsAreShownAsTheKernelSpellsThem() throws Exception {
        LivepatchModule module = module("deep", Replacement.STACK, "fs/ext-4/ext-4 write 2");
        kernel.offer(module).insmod(module.file());
        assertThat(new PatchedFunction(new KernelObject("fs/ext-4/ext-4"), "write", 2).asRunning())
                .isEqualTo(new PatchedFunction(new KernelObject("ext_4"), "write", 2));
        assertThat(names(sysfs("deep/ext_4"))).containsExactly("patched", "write,2");
    }
}
