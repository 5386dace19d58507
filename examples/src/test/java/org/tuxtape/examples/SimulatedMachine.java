package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Manifest.FixedBy;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.examples.livepatch.Machine;
import org.tuxtape.livepatch.sysfs.ModuleFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.kernel.KernelError;
import org.tuxtape.testkit.kernel.SimulatedKernel;
import org.tuxtape.testkit.sample.ElfModule;

/** A simulated kernel for the command line, and modules for it. Waiting takes no time. */
final class SimulatedMachine implements ModuleLoading {
    private static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");
    private static final CveId FIXED = CveId.parse("CVE-2024-57903");

    private final ManualClock clock = ManualClock.create();
    private final SimulatedKernel kernel =
            SimulatedKernel.builder(RELEASE).clock(clock).build();
    private final Map<String, Path> offered = new HashMap<>();
    private final Path directory;

    SimulatedMachine(Path directory) {
        this.directory = directory;
    }

    SimulatedKernel kernel() {
        return kernel;
    }

    ManualClock clock() {
        return clock;
    }

    KernelFiles files() {
        return KernelFiles.under(kernel.root());
    }

    Machine machine() {
        return new Machine(files(), this, clock.context());
    }

    CommandLineRun run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "livepatch";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandLineRun.on(machine(), all);
    }

    /** Writes as {@link #write} does, and returns the module's path. */
    String module(String name, Replacement replacement, String... functions) throws IOException {
        return write(name, replacement, functions).file().toString();
    }

    /** Writes a module that fixes a CVE, and its manifest beside it. A function may have its object before a slash. */
    LivepatchModule write(String name, Replacement replacement, String... functions) throws IOException {
        ElfModule elf = ElfModule.livepatch(name);
        for (String function : functions) {
            String[] words = function.split("/", 2);
            elf.kpatch(words.length < 2 ? "vmlinux" : words[0], words[words.length - 1], 1);
        }
        Path file = elf.writeTo(directory);
        Manifest said = ModuleFiles.describe(file).manifest();
        SortedMap<CveId, FixedBy> fixes = new TreeMap<>(Map.of(FIXED, new FixedBy(List.of(), said.objects())));
        Manifest manifest = new Manifest(
                said.name(),
                said.sha256(),
                said.release(),
                said.vermagic(),
                said.builder(),
                said.key(),
                replacement,
                fixes,
                said.functions());
        Files.writeString(file.resolveSibling(file.getFileName() + ".manifest"), manifest.toText());
        LivepatchModule module = new LivepatchModule(file, manifest);
        kernel.offer(module);
        offered.put(manifest.sha256(), file);
        return module;
    }

    @Override
    public void load(Path file) throws KernelRefusal {
        // The simulated kernel knows a module by its path, and a store loads a copy.
        Path original = offered.get(ModuleFiles.describe(file).manifest().sha256());
        try {
            kernel.insmod(original == null ? file : original);
        } catch (KernelError e) {
            throw new KernelRefusal(e.errno(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void unload(LivepatchName name) throws KernelRefusal {
        try {
            kernel.rmmod(name);
        } catch (KernelError e) {
            throw new KernelRefusal(e.errno(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String describe() {
        return "simulated calls";
    }
}
