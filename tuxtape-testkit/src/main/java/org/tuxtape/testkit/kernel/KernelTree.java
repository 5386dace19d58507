package org.tuxtape.testkit.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.BlockingTask.Kind;
import org.tuxtape.testkit.internal.files.Node;
import org.tuxtape.testkit.internal.files.Node.Attribute;
import org.tuxtape.testkit.internal.files.Node.Directory;

/** How the kernel shows itself in {@code /sys}, {@code /proc} and {@code /dev}. */
final class KernelTree {
    private static final Map<String, String> ERROR_TEXTS = Map.of(
            "EBUSY", "Device or resource busy", "EINVAL", "Invalid argument", "EPERM", "Operation not permitted");
    private static final String PF_KTHREAD = "2097152";
    private static final int GNU_BUILD_ID = 3;
    private static final String CAPABILITIES = "000001ffffffffff";

    /** A change that the kernel may refuse. */
    private interface Change {
        void apply(boolean on, Instant now) throws KernelError;
    }

    /** What was set up once. */
    record Fixed(
            KernelRelease release,
            String buildId,
            String commandLine,
            String lockdown,
            boolean signaturesEnforced,
            Set<String> without) {}

    /** The parts of the kernel. */
    record Parts(LivepatchCore core, Modules modules, Symbols symbols, TaskList tasks, LogBuffer log) {}

    private final Fixed fixed;
    private final LivepatchCore core;
    private final Modules modules;
    private final Symbols symbols;
    private final TaskList tasks;
    private final LogBuffer log;
    private final Clock clock;
    private final Instant boot;

    KernelTree(Fixed fixed, Parts parts, Clock clock, Instant boot) {
        this.fixed = fixed;
        this.core = parts.core();
        this.modules = parts.modules();
        this.symbols = parts.symbols();
        this.tasks = parts.tasks();
        this.log = parts.log();
        this.clock = clock;
        this.boot = boot;
    }

    Directory root() {
        Node dev = directory(Map.of("kmsg", kmsg()));
        Node modulesOfRelease =
                directory(Map.of("modules", directory(Map.of(fixed.release().text(), moduleFiles()))));
        return directory(Map.of("sys", sys(), "proc", proc(), "dev", dev, "lib", modulesOfRelease));
    }

    private Directory directory(Map<String, Node> entries) {
        return directory(() -> entries);
    }

    private Directory directory(Supplier<Map<String, Node>> entries) {
        return new Directory(() -> {
            Map<String, Node> shown = new LinkedHashMap<>(entries.get());
            shown.keySet().removeAll(fixed.without());
            return shown;
        });
    }

    private <T> Directory directory(Supplier<Collection<T>> things, Function<T, String> name, Function<T, Node> node) {
        return directory(() -> things.get().stream().collect(Collectors.toMap(name, node, (one, other) -> one)));
    }

    private static Attribute file(Supplier<String> text) {
        return Attribute.readOnly(true, () -> text.get() + "\n");
    }

    private static Attribute flag(Supplier<Boolean> value) {
        return file(() -> value.get() ? "1" : "0");
    }

    private Attribute flag(Supplier<Boolean> value, Change change) {
        return Attribute.text(
                true, modules.isPrivileged(), () -> value.get() ? "1\n" : "0\n", text -> change(text, change));
    }

    private void change(String text, Change change) throws IOException {
        try {
            change.apply(parseBool(text), clock.instant());
        } catch (KernelError error) {
            throw new IOException(ERROR_TEXTS.getOrDefault(error.errno(), error.errno()), error);
        }
    }

    /** See kstrtobool. */
    private static boolean parseBool(String text) throws KernelError {
        String lower = text.toLowerCase(Locale.ROOT);
        if (Stream.of("1", "y", "t", "on").anyMatch(lower::startsWith)) {
            return true;
        }
        if (Stream.of("0", "n", "f", "of").anyMatch(lower::startsWith)) {
            return false;
        }
        throw new KernelError("EINVAL", "not a switch");
    }

    private Node kmsg() {
        Optional<String> refusal =
                modules.isPrivileged() ? Optional.empty() : Optional.of(ERROR_TEXTS.getOrDefault("EPERM", "EPERM"));
        return new Node.Log(refusal, log);
    }

    private Directory moduleFiles() {
        return directory(
                () -> modules.images().entrySet(),
                Map.Entry::getKey,
                image -> new Attribute(true, false, image::getValue, text -> {}));
    }

    private Directory sys() {
        Node livepatches = directory(core::shown, Patch::name, this::livepatch);
        Node lockdown = file(() -> Stream.of("none", "integrity", "confidentiality")
                .map(level -> level.equals(fixed.lockdown()) ? "[" + level + "]" : level)
                .collect(Collectors.joining(" ")));
        Node notes = new Attribute(true, false, this::notes, text -> {});
        Node kernel = directory(
                Map.of("livepatch", livepatches, "notes", notes, "security", directory(Map.of("lockdown", lockdown))));
        return directory(Map.of("kernel", kernel, "module", directory(this::moduleDirectories)));
    }

    /** One ELF note, in the byte order of this machine. */
    private byte[] notes() {
        byte[] name = {'G', 'N', 'U', 0};
        byte[] buildId = HexFormat.of().parseHex(fixed.buildId());
        return ByteBuffer.allocate(3 * Integer.BYTES + name.length + buildId.length)
                .order(ByteOrder.nativeOrder())
                .putInt(name.length)
                .putInt(buildId.length)
                .putInt(GNU_BUILD_ID)
                .put(name)
                .put(buildId)
                .array();
    }

    private Directory livepatch(Patch patch) {
        return directory(() -> {
            Map<String, Node> entries = new LinkedHashMap<>();
            if (!patch.isFreed()) {
                patch.objects().keySet().forEach(object -> entries.put(object, object(patch, object)));
            }
            entries.put("enabled", flag(() -> patch.enabled, (on, now) -> core.store(patch, on, now)));
            entries.put("transition", flag(() -> core.isInTransition(patch)));
            entries.put("replace", flag(patch::isReplacing));
            entries.put("stack_order", file(() -> String.valueOf(core.stackOrder(patch))));
            entries.put("force", force(patch));
            return entries;
        });
    }

    private Attribute force(Patch patch) {
        return Attribute.text(
                false,
                modules.isPrivileged(),
                () -> "",
                text -> change(text, (on, now) -> {
                    if (on) {
                        core.force(patch, now);
                    }
                }));
    }

    private Directory object(Patch patch, String object) {
        return directory(() -> {
            Map<String, Node> entries = new LinkedHashMap<>();
            patch.functions(object)
                    .forEach(function -> entries.put(function.name() + "," + function.sympos(), directory(Map.of())));
            entries.put("patched", flag(() -> patch.patched().contains(object)));
            return entries;
        });
    }

    private Map<String, Node> moduleDirectories() {
        Map<String, Node> directories = new LinkedHashMap<>();
        directories.put(
                "module",
                directory(Map.of(
                        "parameters",
                        directory(Map.of("sig_enforce", file(() -> fixed.signaturesEnforced() ? "Y" : "N"))))));
        modules.loaded().forEach(module -> directories.put(module.name(), module(module)));
        return directories;
    }

    private Directory module(Modules.Module module) {
        return directory(Map.of(
                "initstate", file(() -> "live"),
                "refcnt", file(() -> String.valueOf(modules.references(module, clock.instant()))),
                "taint", file(() -> module.patch() == null ? "" : "OK")));
    }

    private Directory proc() {
        return directory(() -> {
            Map<String, Node> entries = new LinkedHashMap<>();
            entries.put("sys", directory(Map.of("kernel", settings())));
            entries.put("self", directory(Map.of("status", file(this::status))));
            entries.put("kallsyms", Attribute.readOnly(true, () -> symbols.kallsyms(modules.isPrivileged())));
            entries.put("modules", Attribute.readOnly(true, this::procModules));
            entries.put(
                    "version",
                    file(() -> "Linux version " + fixed.release() + " (testkit) #1 SMP Thu Jan 1 00:00:00 UTC 2026"));
            entries.put("cmdline", file(fixed::commandLine));
            entries.put("uptime", file(() -> {
                Duration up = Duration.between(boot, clock.instant());
                return String.format(Locale.ROOT, "%d.%02d 0.00", up.toSeconds(), up.toMillisPart() / 10);
            }));
            for (SimulatedTask task : tasks.all()) {
                entries.computeIfAbsent(String.valueOf(task.pid()), pid -> process(task));
            }
            return entries;
        });
    }

    private Directory settings() {
        return directory(Map.of(
                "osrelease", file(fixed.release()::text),
                "ostype", file(() -> "Linux"),
                "arch", file(() -> "x86_64"),
                "tainted", file(() -> String.valueOf(modules.taints())),
                "dmesg_restrict", file(() -> "1"),
                "random", directory(Map.of("boot_id", file(this::bootId))),
                "modules_disabled",
                        flag(modules::isDisabled, (on, now) -> {
                            if (!on) {
                                throw new KernelError("EINVAL", "until the next boot");
                            }
                            modules.disable();
                        }),
                "ftrace_enabled", flag(() -> !core.isFtraceOff(), (on, now) -> core.turnFtrace(on))));
    }

    private String bootId() {
        return String.format("%08x-0000-4000-8000-%012x", boot.getNano(), boot.getEpochSecond());
    }

    private String status() {
        String capabilities = modules.isPrivileged() ? CAPABILITIES : "0".repeat(CAPABILITIES.length());
        int uid = modules.isPrivileged() ? 0 : 1000;
        return "Name:\tjava\nState:\tR (running)\nUid:\t" + uid + "\t" + uid + "\t" + uid + "\t" + uid + "\nCapEff:\t"
                + capabilities;
    }

    private String procModules() {
        return modules.loaded().stream()
                .map(module -> module.name() + " 16384 " + modules.references(module, clock.instant())
                        + " - Live 0x0000000000000000" + (module.patch() == null ? "" : " (OK)") + "\n")
                .collect(Collectors.joining());
    }

    private Directory process(SimulatedTask first) {
        return directory(() -> {
            List<SimulatedTask> threads = tasks.all().stream()
                    .filter(task -> task.pid() == first.pid())
                    .toList();
            Map<String, Node> entries = new LinkedHashMap<>(files(first));
            entries.put(
                    "task",
                    directory(() -> threads, task -> String.valueOf(task.tid()), task -> directory(files(task))));
            return entries;
        });
    }

    private Map<String, Node> files(SimulatedTask task) {
        boolean privileged = modules.isPrivileged();
        return Map.of(
                "comm", file(task::name),
                "stat", file(() -> stat(task)),
                "stack", Attribute.readOnly(privileged, () -> stack(task)),
                "patch_state", Attribute.readOnly(privileged, () -> tasks.state(task.tid(), clock.instant()) + "\n"));
    }

    private static String stat(SimulatedTask task) {
        boolean user = task.kind() == Kind.USER;
        return task.tid() + " (" + task.name() + ") " + task.state() + (user ? " 1" : " 2") + " 0 0 0 -1 "
                + (user ? "4194304" : PF_KTHREAD) + " 0".repeat(43);
    }

    private static String stack(SimulatedTask task) {
        return task.stack().stream()
                .map(frame -> {
                    String[] functionAndModule = frame.split(" ", 2);
                    return "[<0>] " + functionAndModule[0] + "+0x24/0x80"
                            + (functionAndModule.length > 1 ? " " + functionAndModule[1] : "") + "\n";
                })
                .collect(Collectors.joining());
    }
}
