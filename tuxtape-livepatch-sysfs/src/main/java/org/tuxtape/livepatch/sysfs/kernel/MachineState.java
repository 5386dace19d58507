package org.tuxtape.livepatch.sysfs.kernel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.SysfsController;

/**
 * What a machine says of itself that matters to live patching, read at one time but not in one moment.
 * {@link org.tuxtape.core.livepatch.CveProtection#of} tells which CVEs its livepatches fix.
 *
 * @param release the kernel that runs
 * @param taint what has happened to it since it booted
 * @param lockdown {@code none}, {@code integrity} or {@code confidentiality}; empty if the kernel has no lockdown, or it
 *     may not be read
 * @param livepatches what the kernel shows, as {@link SysfsController#loaded()} has it
 * @param modules the modules of livepatches, by name
 * @since 0.1
 */
public record MachineState(
        KernelRelease release,
        Taint taint,
        Optional<String> lockdown,
        List<Livepatch> livepatches,
        List<ModuleState> modules) {

    /** Copies the lists. */
    public MachineState {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(taint, "taint");
        Objects.requireNonNull(lockdown, "lockdown");
        livepatches = List.copyOf(livepatches);
        modules = List.copyOf(modules);
    }

    /**
     * A livepatch's module.
     *
     * @param name its name
     * @param state how far it is loaded
     * @param references how often it is in use; empty if the kernel does not tell
     * @param shown whether the kernel shows a livepatch of this name
     */
    public record ModuleState(LivepatchName name, LoadState state, OptionalInt references, boolean shown) {
        /** Rejects {@code null}. */
        public ModuleState {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(references, "references");
        }

        /**
         * Tells whether it is of no use any more: its livepatch was disabled or replaced, and it is still loaded.
         *
         * @return whether it can be removed as soon as nobody refers to it
         */
        public boolean isLeftover() {
            return state == LoadState.LIVE && !shown;
        }
    }

    /** How far a module is loaded. */
    public enum LoadState {
        /** It is being loaded. */
        COMING,
        /** It is loaded. */
        LIVE,
        /** It is being removed. */
        GOING,
        /** The kernel does not say, or says something new. */
        UNKNOWN
    }

    /**
     * Returns the modules of livepatches that were disabled or replaced.
     *
     * @return those still loaded, by name
     */
    public List<LivepatchName> leftovers() {
        return modules.stream()
                .filter(ModuleState::isLeftover)
                .map(ModuleState::name)
                .toList();
    }

    /**
     * Returns the livepatch whose transition is running.
     *
     * @return the livepatch; empty if no transition is running
     */
    public Optional<Livepatch> transition() {
        return livepatches.stream().filter(Livepatch::inTransition).findFirst();
    }
}
