package org.tuxtape.core.livepatch;

import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.tuxtape.core.internal.Sorted;

/**
 * What loading a module would do, found out without doing it. Functions are spelled as the running kernel spells them,
 * see {@link PatchedFunction#asRunning()}.
 *
 * @param name the module
 * @param patched functions that become patched by it at once and were not before; those of absent objects are not among
 *     them
 * @param kept functions that a livepatch has patched already, and this one patches too
 * @param reverted functions that go back to the original, since a livepatch that it replaces had them
 * @param replaced livepatches that it takes out of force, in the order of their stack
 * @param absent objects that are not loaded now, by the running kernel's names; they are patched when they are loaded
 * @param obstacles what would make the kernel refuse it, the one that it would meet first at the head; empty if nothing
 *     is known to
 * @param remarks what a person should know that is no obstacle, one sentence each
 * @since 0.1
 */
public record LoadPlan(
        LivepatchName name,
        SortedSet<PatchedFunction> patched,
        SortedSet<PatchedFunction> kept,
        SortedSet<PatchedFunction> reverted,
        List<LivepatchName> replaced,
        List<String> absent,
        List<Obstacle> obstacles,
        List<String> remarks) {

    /** Copies the collections. */
    public LoadPlan {
        Objects.requireNonNull(name, "name");
        patched = Sorted.set(patched);
        kept = Sorted.set(kept);
        reverted = Sorted.set(reverted);
        replaced = List.copyOf(replaced);
        absent = List.copyOf(absent);
        obstacles = List.copyOf(obstacles);
        remarks = List.copyOf(remarks);
    }

    /**
     * A reason for which the kernel refuses something.
     *
     * @param cause its class
     * @param errno the error number's name, for example {@code EBUSY}
     * @param reason what it means here and what can be done, in a sentence or two
     */
    public record Obstacle(Cause cause, String errno, String reason) {
        /** Rejects {@code null}. */
        public Obstacle {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(errno, "errno");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The classes of obstacles. Later major versions may add some. */
    public enum Cause {
        /** The caller lacks {@code CAP_SYS_MODULE}, or may not write the file. */
        NOT_PERMITTED,
        /** {@code kernel.modules_disabled} is 1: no module is loaded or removed until the next boot. */
        LOADING_DISABLED,
        /** The kernel is locked down, or accepts signed modules only. */
        SIGNATURE,
        /** A module of this name is there. */
        NAME_TAKEN,
        /** Another transition is running: there is one at a time. */
        TRANSITION_RUNNING,
        /** Something else has its hand on a function: a kprobe, a tracer, another way of patching. */
        FUNCTION_HELD,
        /** {@code kernel.ftrace_enabled} is 0. */
        FTRACE_OFF,
        /** The module was built for another kernel. */
        OTHER_KERNEL,
        /** The file is no module, or a damaged one. */
        BROKEN_FILE,
        /** The module is no livepatch; loading it would run whatever it does. */
        NOT_A_LIVEPATCH,
        /** The kernel has no livepatching, or no consistency model on this architecture. */
        NO_LIVEPATCH_SUPPORT,
        /** The module needs a symbol that the kernel does not offer. */
        UNKNOWN_SYMBOL,
        /** A function that it patches is not there, or not the only one of its name. */
        NO_SUCH_FUNCTION,
        /** It does not get along with the livepatches or modules that are loaded. */
        INCOMPATIBLE,
        /** The module is in use, so it cannot be removed. */
        IN_USE,
        /** Not known more closely; the reason holds what the kernel said. */
        OTHER
    }

    /**
     * Tells whether nothing is known to be in the way.
     *
     * @return whether there are no obstacles
     */
    public boolean isClear() {
        return obstacles.isEmpty();
    }
}
