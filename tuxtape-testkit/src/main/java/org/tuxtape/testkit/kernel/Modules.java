package org.tuxtape.testkit.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;

/** What {@code kernel/module/main.c} does: the modules, and the checks before one is let in or out. */
final class Modules {
    private static final long TAINT_OUT_OF_TREE = 1L << 12;
    private static final long TAINT_LIVEPATCH = 1L << 15;

    /** How the kernel was set up. */
    record Rules(KernelRelease release, boolean signaturesEnforced, String lockdown, Duration untilUnreferenced) {}

    /** A reason to refuse a module that a test has made up. */
    private record Refusal(String errno, String line) {}

    /** A module; ordinary ones have no livepatch. */
    record Module(String name, @Nullable Patch patch) {}

    private final Rules rules;
    private final LogBuffer log;
    private final LivepatchCore core;
    private final Symbols symbols;
    private final Map<Path, Manifest> files = new HashMap<>();
    private final Map<String, byte[]> images = new TreeMap<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private final Map<String, Module> loaded = new TreeMap<>();
    private long taints;
    private boolean privileged = true;
    private boolean disabled;

    Modules(Rules rules, LogBuffer log, LivepatchCore core, Symbols symbols) {
        this.rules = rules;
        this.log = log;
        this.core = core;
        this.symbols = symbols;
    }

    void offer(LivepatchModule module) {
        files.put(key(module.file()), module.manifest());
    }

    /** Keeps a file for the directory of modules. */
    void keep(String fileName, byte[] image) {
        images.put(fileName, image);
    }

    /** Returns the files in the directory of modules. */
    Map<String, byte[]> images() {
        return images;
    }

    String vermagic() {
        return rules.release() + " SMP mod_unload ";
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }

    void refuse(LivepatchName name, String errno, String line) {
        refusals.put(name.text(), new Refusal(errno, line));
    }

    void dropPrivilege() {
        privileged = false;
    }

    boolean isPrivileged() {
        return privileged;
    }

    void disable() {
        disabled = true;
    }

    boolean isDisabled() {
        return disabled;
    }

    long taints() {
        return taints;
    }

    Collection<Module> loaded() {
        return List.copyOf(loaded.values());
    }

    int references(Module module, Instant now) {
        Patch patch = module.patch();
        boolean held = patch != null && (patch.forced || !patch.isFreedSince(now.minus(rules.untilUnreferenced())));
        return held ? 1 : 0;
    }

    void insert(Path file, Instant now) throws KernelError {
        requirePermission();
        requireSignature(now);
        Manifest manifest = files.get(key(file));
        if (manifest == null) {
            print(now, LogBuffer.ERROR, "Invalid ELF header magic: != \u007fELF");
            throw new KernelError("ENOEXEC", file.toString());
        }
        String name = manifest.name().text();
        if (!manifest.vermagic().split(" ", -1)[0].equals(rules.release().text())) {
            print(
                    now,
                    LogBuffer.ERROR,
                    name + ": version magic '" + manifest.vermagic() + "' should be '" + vermagic() + "'");
            throw new KernelError("ENOEXEC", name);
        }
        if (loaded.containsKey(name)) {
            throw new KernelError("EEXIST", name);
        }
        taint(name, TAINT_LIVEPATCH, ": tainting kernel with TAINT_LIVEPATCH", now);
        taint(name, TAINT_OUT_OF_TREE, ": loading out-of-tree module taints kernel.", now);
        Refusal refusal = refusals.get(name);
        if (refusal != null) {
            print(now, LogBuffer.ERROR, refusal.line());
            throw new KernelError(refusal.errno(), name);
        }
        Patch patch = new Patch(manifest);
        core.enable(patch, now);
        loaded.put(name, new Module(name, patch));
    }

    private void requirePermission() throws KernelError {
        if (!privileged || disabled) {
            throw new KernelError("EPERM", "modules");
        }
    }

    private void requireSignature(Instant now) throws KernelError {
        if (rules.signaturesEnforced()) {
            print(now, LogBuffer.NOTICE, "Loading of unsigned module is rejected");
            throw new KernelError("EKEYREJECTED", "unsigned module");
        }
        if (!rules.lockdown().equals("none")) {
            print(
                    now,
                    LogBuffer.NOTICE,
                    "Lockdown: java: unsigned module loading is restricted; see man kernel_lockdown.7");
            throw new KernelError("EPERM", "unsigned module");
        }
    }

    private void taint(String name, long bit, String line, Instant now) {
        if ((taints & bit) == 0) {
            print(now, LogBuffer.WARNING, name + line);
            taints |= bit;
        }
    }

    void insertOrdinary(String name, List<String> functions, Instant now) throws KernelError {
        if (loaded.containsKey(name)) {
            throw new KernelError("EEXIST", name);
        }
        symbols.load(name, functions);
        try {
            core.moduleComing(name, now);
        } catch (KernelError error) {
            symbols.unload(name);
            throw error;
        }
        loaded.put(name, new Module(name, null));
    }

    void remove(String name, Instant now) throws KernelError {
        requirePermission();
        Module module = loaded.get(name);
        if (module == null) {
            throw new KernelError("ENOENT", name);
        }
        if (references(module, now) > 0) {
            throw new KernelError("EWOULDBLOCK", name);
        }
        loaded.remove(name);
    }

    void removeOrdinary(String name, Instant now) throws KernelError {
        if (!symbols.modules().contains(name)) {
            throw new KernelError("ENOENT", name);
        }
        core.moduleGoing(name, now);
        symbols.unload(name);
        loaded.remove(name);
    }

    private void print(Instant now, int level, String text) {
        log.print(now, level, text);
    }
}
