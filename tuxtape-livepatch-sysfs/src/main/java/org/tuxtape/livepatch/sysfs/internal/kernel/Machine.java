package org.tuxtape.livepatch.sysfs.internal.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.tuxtape.core.elf.BuildIdNote;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.kernel.MachineState.LoadState;
import org.tuxtape.livepatch.sysfs.kernel.MachineState.ModuleState;
import org.tuxtape.livepatch.sysfs.kernel.Taint;

/** A machine's kernel beyond {@code /sys/kernel/livepatch}: its modules, and what it says of itself. */
public final class Machine {
    private static final Map<String, LoadState> LOAD_STATES =
            Map.of("coming", LoadState.COMING, "live", LoadState.LIVE, "going", LoadState.GOING);

    private final Path modules;
    private final Path settings;
    private final Path lockdown;
    private final LivepatchTree tree;

    /**
     * Creates the view.
     *
     * @param files the kernel's files
     * @param tree its livepatches
     */
    public Machine(KernelFiles files, LivepatchTree tree) {
        this.modules = files.sys().resolve("module");
        this.settings = files.proc().resolve("sys").resolve("kernel");
        this.lockdown = files.sys().resolve("kernel").resolve("security").resolve("lockdown");
        this.tree = tree;
    }

    /**
     * Reads everything.
     *
     * @return the machine's state
     * @throws KernelAccessException if one of the files that every kernel has cannot be read
     */
    public MachineState state() {
        // Modules first: one that is loaded in between shows up as a livepatch, never as a leftover.
        Map<LivepatchName, LoadState> seen = new TreeMap<>();
        for (String directory : KernelText.names(modules)) {
            LivepatchTree.name(directory)
                    .filter(name -> isLivepatch(name).orElse(false))
                    .ifPresent(name -> seen.put(name, loadState(name)));
        }
        List<Livepatch> livepatches = tree.loaded();
        Set<LivepatchName> shown = new HashSet<>();
        for (Livepatch livepatch : livepatches) {
            shown.add(livepatch.name());
            seen.computeIfAbsent(livepatch.name(), this::loadState);
        }
        List<ModuleState> found = new ArrayList<>();
        seen.forEach((name, state) -> found.add(new ModuleState(name, state, references(name), shown.contains(name))));
        return new MachineState(release(), taint(), lockdown(), livepatches, found);
    }

    private KernelRelease release() {
        Path file = settings.resolve("osrelease");
        return KernelText.read(file)
                .flatMap(KernelRelease::tryParse)
                .orElseThrow(() -> new KernelAccessException(file, file + " names no kernel release."));
    }

    private Taint taint() {
        Path file = settings.resolve("tainted");
        return KernelText.readNumber(file)
                .map(Taint::new)
                .orElseThrow(() -> new KernelAccessException(file, file + " holds no number."));
    }

    private Optional<String> lockdown() {
        return KernelText.readIfAllowed(lockdown).flatMap(text -> {
            int from = text.indexOf('[');
            int to = text.indexOf(']', from);
            return from < 0 || to < 0
                    ? Optional.empty()
                    : Optional.of(text.substring(from + 1, to).toLowerCase(Locale.ROOT));
        });
    }

    /**
     * Tells whether a module is loaded, or on its way in or out.
     *
     * @param name the module
     * @return whether the kernel knows it
     */
    public boolean hasModule(LivepatchName name) {
        return KernelText.read(module(name).resolve("initstate")).isPresent();
    }

    /**
     * Tells whether a module has put its mark as a livepatch on the kernel.
     *
     * @param name the module
     * @return the answer; empty if it is not there, or the kernel keeps no marks of modules
     */
    public Optional<Boolean> isLivepatch(LivepatchName name) {
        return KernelText.read(module(name).resolve("taint")).map(letters -> letters.indexOf('K') >= 0);
    }

    /**
     * Counts who uses a module.
     *
     * @param name the module
     * @return the count, -1 while it is being removed; empty if it is not there, or the kernel does not count
     */
    public OptionalInt references(LivepatchName name) {
        return KernelText.readNumber(module(name).resolve("refcnt")).stream()
                .mapToInt(Long::intValue)
                .findFirst();
    }

    private LoadState loadState(LivepatchName name) {
        return KernelText.read(module(name).resolve("initstate"))
                .map(state -> LOAD_STATES.getOrDefault(state, LoadState.UNKNOWN))
                .orElse(LoadState.UNKNOWN);
    }

    /**
     * Returns the build id of a module that is loaded.
     *
     * @param name the module
     * @return lower-case hexadecimal digits; empty if there is no such module, or it has none
     */
    public Optional<String> buildId(LivepatchName name) {
        Path note = module(name).resolve("notes").resolve(".note.gnu.build-id");
        return BuildIdNote.find(KernelText.notes(note));
    }

    private Path module(LivepatchName name) {
        return modules.resolve(name.text());
    }
}
