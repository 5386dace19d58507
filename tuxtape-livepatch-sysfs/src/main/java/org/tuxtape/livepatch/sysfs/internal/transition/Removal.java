package org.tuxtape.livepatch.sysfs.internal.transition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.internal.kernel.LivepatchTree;
import org.tuxtape.livepatch.sysfs.internal.kernel.Machine;
import org.tuxtape.livepatch.sysfs.internal.kernel.Phase;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;

/**
 * What comes after a transition: the kernel takes a livepatch out of sysfs, then lets go of its module, each a moment
 * later and without telling.
 *
 * @param tree the livepatches
 * @param machine the modules
 * @param patience how long a module that is to be removed may be in use
 */
public record Removal(LivepatchTree tree, Machine machine, Duration patience) {
    private static final Set<String> IN_USE = Set.of("EWOULDBLOCK", "EAGAIN", "EBUSY");
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /**
     * Removes a module as soon as nobody refers to it.
     *
     * @param name the module
     * @param way the way out of the kernel
     * @param context its clock
     * @param pause waits
     * @return why it could not be removed; empty if it is gone
     */
    public Optional<KernelRefusal> remove(
            LivepatchName name, ModuleLoading way, Context context, Consumer<Duration> pause) {
        Instant from = context.clock().instant();
        while (true) {
            boolean isLast = hasPassed(patience, from, context);
            if (isLast || machine.references(name).orElse(0) <= 0) {
                try {
                    way.unload(name);
                    return Optional.empty();
                } catch (KernelRefusal refusal) {
                    if (refusal.errno().equals("ENOENT")) {
                        return Optional.empty();
                    }
                    if (isLast || !IN_USE.contains(refusal.errno())) {
                        return Optional.of(refusal);
                    }
                }
            }
            pause.accept(Transition.POLL);
        }
    }

    /**
     * Waits until livepatches that are out of force are no longer shown; a kernel before Linux 5.1 goes on to show them.
     *
     * @param names the livepatches
     * @param context the caller's, whose wish to stop is not heeded
     */
    public void awaitGone(List<LivepatchName> names, Context context) {
        Instant from = context.clock().instant();
        try (Undisturbed waits = new Undisturbed(context)) {
            while (names.stream().anyMatch(name -> tree.phase(name) == Phase.OUT_OF_FORCE)
                    && !hasPassed(SETTLING, from, context)) {
                waits.pause(Transition.POLL);
            }
        }
    }

    private static boolean hasPassed(Duration duration, Instant from, Context context) {
        return Duration.between(from, context.clock().instant()).compareTo(duration) >= 0;
    }
}
